# Shared by the verbs: messages, settings, Docker. Sourced from the repository's root; runs on bash 3.2 as macOS ships it.
# shellcheck shell=bash

readonly EXIT_FAILED=1 EXIT_USAGE=2 EXIT_LACKS=3
readonly OFFLINE_ENV=.stack/offline.env
readonly MODE_FILE=.stack/images
# Another file than .env is for tests, which must not see a person's settings.
readonly ENV_FILE=${MONITORING_ENV_FILE:-.env}
# shellcheck disable=SC2034  # not every verb uses all
# start_interval needs Engine 25; the compose file is tested with the last v2 and needs nothing newer than 2.24.
readonly MIN_ENGINE=25.0 MIN_COMPOSE=2.24.4 MIN_BUILDX=0.13

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }

fail() {
  warn "monitoring: $*"
  exit $EXIT_FAILED
}

wrong_usage() {
  warn "monitoring: $*"
  exit $EXIT_USAGE
}

lacks() {
  warn "monitoring: $*"
  exit $EXIT_LACKS
}

# Seconds since the epoch with fractions where the shell has them (bash 5).
now() { printf '%s' "${EPOCHREALTIME:-$(date +%s)}"; }

# since START: seconds passed, one decimal.
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.1f", b - a }'; }

# setting NAME DEFAULT: what compose would use: the environment, then the settings file, then the default.
setting() {
  local value=${!1:-}
  if [[ -z $value && -f $ENV_FILE ]]; then
    value=$(sed -n "s/^[[:space:]]*\(export[[:space:]]\{1,\}\)\{0,1\}$1=//p" "$ENV_FILE" | tail -n 1 | sed -e 's/[[:space:]]*$//' -e "s/^'\(.*\)'\$/\1/" -e 's/^"\(.*\)"$/\1/')
  fi
  printf '%s' "${value:-$2}"
}

# address SERVICE_VARIABLE PORT: where a browser on this machine finds a published port.
address() {
  local host
  host=$(setting BIND_ADDRESS 127.0.0.1)
  case "$host" in 127.0.0.1 | 0.0.0.0 | '') host=localhost ;; esac
  printf 'http://%s:%s' "$host" "$(setting "$1" "$2")"
}

prometheus_url() { address PROMETHEUS_PORT 9090; }
proxy_url() { address PUSHGATEWAY_PROXY_PORT 9091; }
alertmanager_url() { address ALERTMANAGER_PORT 9093; }
adapter_url() { address DOORAY_ADAPTER_PORT 9095; }
simulator_url() { address DOORAY_SIMULATOR_PORT 9096; }
demo_app_url() { address DEMO_APP_PORT 8000; }
node_exporter_url() { address NODE_EXPORTER_PORT 9100; }
loki_url() { address LOKI_PORT 3100; }
cadvisor_url() { address CADVISOR_PORT 8088; }
collector_url() { address OTEL_COLLECTOR_HTTP_PORT 4318; }
collector_grpc_url() { address OTEL_COLLECTOR_GRPC_PORT 4317; }
grafana_url() { address GRAFANA_PORT 3000; }
# Without the port that every browser assumes.
nginx_url() { address NGINX_PORT 80 | sed 's/:80$//'; }

# The three sizes of the stack: what standard and full add to the core.
readonly STANDARD_ADDS="loki promtail grafana nginx" FULL_ADDS="cadvisor blackbox-exporter postgres-exporter redis-exporter nginx-exporter otel-collector tempo"
# What up has chosen, for the other verbs; the stack of the tests chooses for itself.
readonly CHOSEN=.stack/${COMPOSE_PROJECT_NAME:-monitoring-stack}
readonly SIZE_FILE=$CHOSEN/size SIZE_ENV=$CHOSEN/size.env SIZE_SCRAPE=$CHOSEN/scrape
# Services whose images can neither be pulled nor built here, written by offline/build.sh.
readonly LEFT_OUT=.stack/offline.left-out

stack_size() {
  if [[ -n ${STACK_SIZE:-} ]]; then
    printf '%s' "$STACK_SIZE"
  elif [[ -f $SIZE_FILE ]]; then
    cat "$SIZE_FILE"
  else
    setting STACK_SIZE full
  fi
}

left_out() { [[ $(images_mode) == offline && -f $LEFT_OUT ]] && grep -qx "$1" "$LEFT_OUT"; }

# wanted_services: those of the size, in the order of the compose file.
wanted_services() {
  local service size
  size=$(stack_size)
  for service in $(services_in_order); do
    case " $STANDARD_ADDS " in *" $service "*) [[ $size != core ]] || continue ;; esac
    case " $FULL_ADDS " in *" $service "*) [[ $size == full ]] || continue ;; esac
    [[ $service != cloudflared || -n $(setting CLOUDFLARE_TUNNEL_TOKEN '') ]] || continue
    printf '%s\n' "$service"
  done
}

# services_of_size: those that run.
services_of_size() {
  local service
  for service in $(wanted_services); do
    left_out "$service" || printf '%s\n' "$service"
  done
}

# offline_roles: what offline/build.sh makes for the size.
offline_roles() {
  local service
  printf 'java-runtime\n'
  for service in $(wanted_services); do
    [[ ! -d offline/roles/$service ]] || printf '%s\n' "$service"
  done
}

# has_service SERVICE
has_service() { grep -qx "$1" <<<"$(services_of_size)"; }

# choose_size: gives Prometheus the targets of what runs and no others, or each missing one would be an alert; without a
# Collector the services send nothing by OTLP and Promtail takes their logs; without Loki no message links to logs.
choose_size() {
  local service
  mkdir -p "$SIZE_SCRAPE"
  stack_size >"$SIZE_FILE.new"
  mv "$SIZE_FILE.new" "$SIZE_FILE"
  if [[ $(stack_size) == full && ! ( $(images_mode) == offline && -s $LEFT_OUT ) ]]; then
    : >"$SIZE_ENV"
    return
  fi
  rm -f "$SIZE_SCRAPE"/*.yml
  for service in $(services_of_size); do
    # Its relative paths start at config/scrape.
    [[ ! -f config/scrape/$service.yml ]] || cp "config/scrape/$service.yml" "$SIZE_SCRAPE/"
  done
  printf 'SCRAPE_DIR=./%s\n' "$SIZE_SCRAPE" >"$SIZE_ENV"
  has_service otel-collector || printf 'OTEL_EXPORTER_OTLP_ENDPOINT=\n' >>"$SIZE_ENV"
  { has_service loki && has_service grafana; } || printf 'GRAFANA_LOGS_DATASOURCE=\n' >>"$SIZE_ENV"
}

# at_least VERSION MINIMUM
at_least() {
  awk -v have="$1" -v want="$2" 'BEGIN {
    n = split(want, w, "."); split(have, h, /[^0-9]+/)
    for (i = 1; i <= n; i++) { if (h[i] + 0 > w[i] + 0) exit 0; if (h[i] + 0 < w[i] + 0) exit 1 }
    exit 0 }'
}

engine_version() { docker version --format '{{.Server.Version}}' 2>/dev/null; }
compose_version() { docker compose version --short 2>/dev/null | sed 's/^v//'; }
buildx_version() { docker buildx version 2>/dev/null | sed -n 's/^[^ ]* v\{0,1\}\([0-9][0-9.]*\).*/\1/p'; }

# Whether images come from a registry or from offline/: decided by up, remembered for the other verbs.
images_mode() {
  if [[ -f $MODE_FILE ]]; then cat "$MODE_FILE"; else printf registry; fi
}

remember_images_mode() {
  mkdir -p .stack
  printf '%s' "$1" >"$MODE_FILE"
}

# The compose file with stock images, whatever up has chosen.
registry_compose() {
  local files=()
  [[ -f $ENV_FILE ]] && files+=(--env-file "$ENV_FILE")
  docker compose ${files[@]+"${files[@]}"} "$@"
}

compose() {
  local files=()
  [[ -f $ENV_FILE ]] && files+=(--env-file "$ENV_FILE")
  # Last, so that it wins: in this mode an image that has to be pulled cannot be had.
  [[ $(images_mode) == offline && -f $OFFLINE_ENV ]] && files+=(--env-file "$OFFLINE_ENV")
  [[ -f $SIZE_ENV ]] && files+=(--env-file "$SIZE_ENV")
  docker compose ${files[@]+"${files[@]}"} "$@"
}

# services_in_order: as they stand in the compose file, where compose itself lists them in no order.
services_in_order() { sed -n '/^services:/,/^[a-z]*:$/s/^  \([a-z-]*\):$/\1/p' docker-compose.yml; }

# need_docker: for verbs that look at a running stack and must not install anything.
need_docker() {
  command -v docker >/dev/null || lacks "Docker is not installed. './monitoring up' installs it on Debian and Ubuntu; elsewhere install Docker Engine $MIN_ENGINE or newer with Compose."
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || lacks "Docker does not answer. Is it running, and may $(id -un) use it? './monitoring doctor' tells more."
}

# confirm QUESTION: asks on a terminal, otherwise or with --yes takes it as answered.
confirm() {
  [[ ${ASSUME_YES:-} == true || ! -t 0 || ! -t 1 ]] && return 0
  local answer
  read -r -p "$1 [y/N] " answer
  [[ $answer == [yY]* ]]
}

# as_root COMMAND...: with sudo where that is needed.
as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    lacks "this needs root: $*"
  fi
}

# json_string TEXT: a JSON string literal of text without control characters.
json_string() { printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"; }

# proxy_curl ARGUMENTS...: shows the push token where one is set, and not in the list of processes.
proxy_curl() {
  local file token=''
  file=$(setting PUSH_BEARER_TOKEN_FILE ./config/empty-secret)
  [[ ! -r $file ]] || token=$(tr -d '[:space:]' <"$file")
  if [[ -n $token ]]; then
    curl --config <(printf 'header = %s\n' "$(json_string "Authorization: Bearer $token")") "$@"
  else
    curl "$@"
  fi
}
