#!/usr/bin/env bash
# Proves the product on this machine: unit and component tests, configuration against the real tools, the running stack.
set -euo pipefail
# Before anything reads a setting: a person's own .env must not reach the tests.
export COMPOSE_PROJECT_NAME=monitoring-stack-test MONITORING_ENV_FILE=.stack/test.env
. scripts/lib.sh

keep=false scenarios=false
for arg in "$@"; do
  case "$arg" in
    --yes | -y) export ASSUME_YES=true ;;
    --keep) keep=true ;;
    --scenarios) scenarios=true ;;
    --help)
      say "Usage: ./monitoring test [--yes] [--scenarios] [--keep]"
      say "Installs what is missing, runs every test, starts a stack of its own beside yours (project monitoring-stack-test,"
      say "ports from 20000 on, no data kept, no real hook used), tests it and removes it."
      say "  --yes        install what is missing without asking"
      say "  --scenarios  break the test stack in fifteen ways as well and wait for each alert; five minutes more"
      say "  --keep       leave the test stack running"
      exit 0
      ;;
    *) wrong_usage "test does not know '$arg' (--yes, --scenarios, --keep)" ;;
  esac
done

readonly LOGS=.stack/test-logs
rm -rf "$LOGS"
mkdir -p "$LOGS" .stack/test-hooks
failed_stages=0

# stage NAME COMMAND...: one line with its duration; the output goes to a file and is shown when the stage fails.
stage() {
  local name=$1 start log
  shift
  log="$LOGS/$(tr -c 'a-z0-9\n' '-' <<<"$name").log"
  start=$(now)
  if "$@" >"$log" 2>&1; then
    printf 'ok      %-44s %7s s\n' "$name" "$(since "$start")"
  else
    printf 'FAILED  %-44s %7s s   (%s)\n' "$name" "$(since "$start")" "$log"
    tail -n 150 "$log"
    failed_stages=$((failed_stages + 1))
    return 1
  fi
}

# A stack of its own, untouched by a person's settings.
isolate() {
  local name
  while read -r name; do
    # Images may be brought from outside on purpose.
    [[ $name == *_IMAGE ]] || unset "$name"
  done < <(sed -n 's/^#\{0,1\}\([A-Z][A-Z0-9_]*\)=.*/\1/p' .env.example)
  cat >"$MONITORING_ENV_FILE" <<'SETTINGS'
NGINX_PORT=28080
GRAFANA_PORT=23000
LOKI_PORT=23100
OTEL_COLLECTOR_GRPC_PORT=24317
OTEL_COLLECTOR_HTTP_PORT=24318
CADVISOR_PORT=28088
DEMO_APP_PORT=28000
PROMETHEUS_PORT=29090
PUSHGATEWAY_PROXY_PORT=29091
ALERTMANAGER_PORT=29093
DOORAY_ADAPTER_PORT=29095
DOORAY_SIMULATOR_PORT=29096
NODE_EXPORTER_PORT=29100
DOORAY_HOOK_DIR=.stack/test-hooks
WATCHER_LIMIT=45s
WATCHER_REPEAT=10m
WATCHER_CHANNEL=default
ALERT_RESEND_DELAY=10s
SETTINGS
}

# image_of SERVICE: asked for one service, compose shows those it depends on as well.
image_of() {
  compose config | awk -v service="  $1:" '$0 == service { on = 1; next } /^  [a-z]/ { on = 0 } on && /^    image: / { print $2; exit }'
}

# The checkers of the stock tools come from the very images that run.
tools_from_images() {
  mkdir -p .stack/bin
  tool_from_image promtool prometheus
  tool_from_image amtool alertmanager
  tool_from_image loki loki /usr/bin/loki
  tool_from_image tempo tempo /tempo
  tool_from_image promtail promtail
  tool_from_image otelcol otel-collector /otelcol-contrib
  tool_from_image blackbox_exporter blackbox-exporter
  tool_from_image nginx nginx
}

tool_from_image() {
  local image
  image=$(image_of "$2")
  docker image inspect "$image" >/dev/null 2>&1 || return 0
  cat >".stack/bin/$1" <<TOOL
#!/bin/sh
exec docker run --rm --interactive --network none --user "\$(id -u):\$(id -g)" \\
  --volume "$PWD:$PWD" --volume /tmp:/tmp --workdir "\$PWD" --entrypoint ${3:-$1} $image "\$@"
TOOL
  chmod +x ".stack/bin/$1"
}

export_images() {
  local service name
  for service in $(services_in_order); do
    name=$(tr 'a-z-' 'A-Z_' <<<"$service")_IMAGE
    export "$name=$(image_of "$service")"
  done
}

stop_test_stack() { compose down --volumes --remove-orphans --timeout 15; }

# The names of what failed and why in a line each: the logs are long, and a gate may keep only the last lines.
failures() {
  grep -haE '^\[ERROR\] +[A-Za-z]+(IT|Tests?)\b.*[:.]' "$LOGS"/*.log | cut -c1-300 | sort -u | head -n 40 || true
}

# On a shared machine, some of them against twenty containers, a test may be out of luck once; that it was is said, not hidden.
second_tries() {
  grep -hA 2 -aE '^\[WARNING\] [a-z.]+\.[A-Z][A-Za-z]*(IT|Tests)\.' "$LOGS"/mvn-verify*.log "$LOGS/stack--tests-against-it.log" 2>/dev/null | grep -aE '^\[(WARNING|ERROR)\] ' |
    sed -E 's/^\[WARNING\]/passed at the second try:/; s/^\[ERROR\]/ /' | cut -c1-300 || true
}

# Totals over all reports of this run.
count_tests() {
  find . -path '*/target/*-reports/TEST-*.xml' -newer "$LOGS/begin" -exec sed -n 's/^<testsuite .*/&/p' {} + |
    awk '{
      for (i = 1; i <= NF; i++) if (split($i, pair, "=") == 2) { gsub(/[">]/, "", pair[2]); sum[pair[1]] += pair[2] }
    } END {
      failed = sum["failures"] + sum["errors"]
      printf "%d passed, %d failed, %d skipped\n", sum["tests"] - failed - sum["skipped"], failed, sum["skipped"]
    }'
}

maven() { mvn --batch-mode --no-transfer-progress "$@"; }

# Without the unit and configuration tests.
against_stack() { maven -Pe2e -pl stack-tests test-compile failsafe:integration-test failsafe:verify "$@"; }

finish() {
  $keep || stop_test_stack >"$LOGS/down.log" 2>&1 || true
}

isolate
: >"$LOGS/begin"
stage "tools: Docker, JDK, Maven, Chromium" bash scripts/ensure-tools.sh || exit $EXIT_LACKS
if command -v shellcheck >/dev/null; then stage "shell scripts" shellcheck -x monitoring .ci/run scripts/*.sh offline/*.sh || true; fi
stage "images" env STACK_SIZE=full bash scripts/images.sh || exit $EXIT_FAILED
tools_from_images
export_images
# Testcontainers' own helper image is on no machine without a registry; these tests remove what they start.
[[ $(images_mode) == registry ]] || export TESTCONTAINERS_RYUK_DISABLED=true
export PATH="$PWD/.stack/bin:$PATH"
stage "mvn verify: modules, configuration" maven verify --fail-at-end -Dsurefire.rerunFailingTestsCount=1 -Dfailsafe.rerunFailingTestsCount=1 || true
trap finish EXIT
stop_test_stack >/dev/null 2>&1 || true
if stage "stack: up" bash scripts/up.sh "--$(images_mode)"; then
  export PROMETHEUS_URL PROXY_URL ALERTMANAGER_URL ADAPTER_URL SIMULATOR_URL DEMO_APP_URL NGINX_URL GRAFANA_URL LOKI_URL COLLECTOR_URL COLLECTOR_GRPC_URL
  NGINX_URL=$(nginx_url) GRAFANA_URL=$(grafana_url) LOKI_URL=$(loki_url) COLLECTOR_URL=$(collector_url) COLLECTOR_GRPC_URL=$(collector_grpc_url)
  PROMETHEUS_URL=$(prometheus_url) PROXY_URL=$(proxy_url) ALERTMANAGER_URL=$(alertmanager_url)
  ADAPTER_URL=$(adapter_url) SIMULATOR_URL=$(simulator_url) DEMO_APP_URL=$(demo_app_url)
  stage "stack: selftest" bash scripts/selftest.sh || true
  # First, while no alert of another test is about.
  if $scenarios; then SCENARIOS=true stage "stack: scenarios" against_stack -Dit.test=ScenariosIT || true; fi
  stage "stack: tests against it" against_stack -Dfailsafe.rerunFailingTestsCount=1 || true
fi
grep -hE '^\[(WARNING|INFO)\].*[Ss]kipped: [1-9]' "$LOGS"/*.log || true
second_tries
count_tests
if [[ $failed_stages -gt 0 ]]; then
  failures
  exit $EXIT_FAILED
fi
