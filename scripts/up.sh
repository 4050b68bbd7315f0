#!/usr/bin/env bash
# Starts the stack and waits until data flows.
set -euo pipefail
. scripts/lib.sh

source=auto
while [[ $# -gt 0 ]]; do
  arg=$1
  case "$arg" in
    --profile)
      [[ ${2:-} =~ ^(core|standard|full)$ ]] || wrong_usage "--profile takes core, standard or full"
      export STACK_SIZE=$2
      shift
      ;;
    --offline) source=offline ;;
    --registry) source=registry ;;
    --yes | -y) export ASSUME_YES=true ;;
    --help)
      say "Usage: ./monitoring up [--profile core|standard|full] [--offline | --registry] [--yes]"
      say "  --profile    core: metrics, pushes, alerts; standard: and logs, Grafana, one address; full: everything (default,"
      say "               or STACK_SIZE in .env)"
      say "  --offline    use images built from Debian packages (offline/README.md)"
      say "  --registry   use the stock images"
      say "  --yes        install what is missing without asking"
      say "Without --offline or --registry it tries a registry and falls back to packages when none can be reached."
      exit 0
      ;;
    *) wrong_usage "up does not know '$arg' (--profile, --offline, --registry, --yes)" ;;
  esac
  shift
done
export STACK_SIZE=${STACK_SIZE:-$(setting STACK_SIZE full)}
[[ $STACK_SIZE =~ ^(core|standard|full)$ ]] || fail "STACK_SIZE in .env must be core, standard or full"

STARTED=$(now)
readonly STARTED

check_ports() {
  local busy
  busy=$(bash scripts/ports.sh) || fail "these ports are in use; stop what holds them or set another in .env:"$'\n'"$busy"
}

# What is scraped of the services that not every size has.
jobs_of_size() {
  local service
  for service in $(services_of_size); do
    [[ ! -f config/scrape/$service.yml ]] || sed -n 's/^ *- job_name: *//p' "config/scrape/$service.yml"
  done
}

# all_listed JOBS ANSWER: after a reload Prometheus still lists the targets it had for some seconds.
all_listed() {
  local job
  for job in $1; do
    [[ $2 == *"\"scrapePool\":\"$job\""* ]] || return 1
  done
}

wait_for_targets() {
  local tries answer down jobs
  jobs=$(jobs_of_size)
  for ((tries = 0; tries < 120; tries++)); do
    answer=$(curl -fsS -m 5 "$(prometheus_url)/api/v1/targets?state=active" 2>/dev/null) || answer=''
    # Other hosts may be away; that is what their alerts are for.
    down=$(tr '{' '\n' <<<"$answer" | grep -v '"scrapePool":"agent-' | grep -o '"health":"[a-z]*"' | grep -vc '"up"' || true)
    [[ $answer == *'"health":"up"'* && $down -eq 0 ]] && all_listed "$jobs" "$answer" && return 0
    sleep 0.5
  done
  warn "Prometheus does not reach all its targets; $(prometheus_url)/targets shows which."
  return 1
}

start() {
  local services surplus
  choose_size
  services=$(services_of_size)
  surplus=$(compose ps --all --services 2>/dev/null | grep -vxF "$services" || true)
  if [[ -n $surplus ]]; then
    # What a larger size left behind; first Prometheus forgets it, so that nobody is told it were down.
    curl -fsS -m 10 -X POST "$(prometheus_url)/-/reload" >/dev/null 2>&1 || true
    # shellcheck disable=SC2086  # one service per word
    compose rm --stop --force $surplus >/dev/null 2>&1 || true
  fi
  say "Starting the services ..."
  # shellcheck disable=SC2086  # one service per word
  if ! compose --profile tunnel up --detach --remove-orphans --no-build --wait --wait-timeout 300 $services; then
    bash scripts/status.sh || true
    fail "not every service became healthy: './monitoring logs SERVICE' tells why, './monitoring doctor' looks at the machine"
  fi
  # Its targets may be others than before.
  curl -fsS -m 10 -X POST "$(prometheus_url)/-/reload" >/dev/null || true
  say "Waiting until Prometheus has data from all of them ..."
  wait_for_targets || fail "data does not flow from every service"
}

# Images that are still to be made, where programs that nobody brought are compiled, which takes long.
much_to_build() {
  [[ $(images_mode) == offline && $STACK_SIZE != core && -z ${OFFLINE_BINARIES:-} ]] || return 1
  local unbuilt
  unbuilt=$(bash offline/build.sh --list | sed -nE 's/^(loki|promtail|tempo|otel-collector|prometheus) .*not built$/\1/p')
  grep -qxF "$(offline_roles)" <<<"$unbuilt"
}

bash scripts/ensure-docker.sh
check_ports
bash scripts/images.sh "$source" decide
if much_to_build; then
  say "The core first; logs, traces and Grafana are added when their programs are compiled, which takes long the first time."
  bash scripts/images.sh "$source" core
  (STACK_SIZE=core start)
  say "The core serves after $(since "$STARTED") s:"
  (STACK_SIZE=core bash scripts/urls.sh)
  say ""
fi
bash scripts/images.sh "$source"
start

say ""
say "The stack is up after $(since "$STARTED") s. Open:"
bash scripts/urls.sh
say ""
say "Push a metric:"
say "  echo \"my_metric 123\" | curl --data-binary @- -X PUT $(proxy_url)/metrics/job/my_job/instance/my_instance"
say "  and find it: curl '$(prometheus_url)/api/v1/query?query=my_metric'"
say "Make an alert arrive, in some ten seconds, at $(simulator_url):"
say "  echo \"batch_job_success 0\" | curl --data-binary @- $(proxy_url)/metrics/job/nightly_report"
say "  and end it: echo \"batch_job_success 1\" | curl --data-binary @- $(proxy_url)/metrics/job/nightly_report"
say "See every hop of that way with its seconds: ./monitoring selftest"
if [[ $(images_mode) == offline ]]; then
  say ""
  say "These images of Prometheus and Alertmanager come without their pages: their HTTP APIs answer, and"
  say "./monitoring status and the messages show the rest. The stock images (./monitoring up --registry) have the pages."
fi
