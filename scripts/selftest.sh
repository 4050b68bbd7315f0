#!/usr/bin/env bash
# Follows one push through every hop to the message it causes, and back to resolved.
set -euo pipefail
. scripts/lib.sh

json=false timeout=60 every='' times=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --json) json=true ;;
    --timeout)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || wrong_usage "--timeout takes seconds"
      timeout=$2
      shift
      ;;
    --every)
      [[ ${2:-} =~ ^[1-9][0-9]*[smh]$ ]] || wrong_usage "--every takes a time such as 15m"
      every=$2
      shift
      ;;
    --times)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || wrong_usage "--times takes a number"
      times=$2
      shift
      ;;
    --help)
      say "Usage: ./monitoring selftest [--json] [--timeout SECONDS] [--every TIME [--times N]]"
      say "Pushes a metric with a name of its own, follows it through Prometheus, the rule MonitoringSelftest, Alertmanager"
      say "and the adapter to the message on the simulator's page and back to resolved, and prints the seconds of each hop."
      say "Where they run: a log line in Loki, the push's trace in Tempo, an exemplar that leads to a trace."
      say "  --timeout SECONDS   longest time for one hop (60)"
      say "  --every TIME        again and again (15m, 1h), and the seconds of each hop as metrics, with an alert when the way is"
      say "                      slow or broken or this command has died; ended with Ctrl-C or a TERM, it takes them away"
      say "  --times N           ends after N runs"
      exit 0
      ;;
    *) wrong_usage "selftest does not know '$1' (--json, --timeout, --every, --times)" ;;
  esac
  shift
done

[[ -z $times || -n $every ]] || wrong_usage "--times goes with --every"
if [[ -n $every ]]; then
  exec bash scripts/probe.sh "$every" "${times:-0}" "$timeout"
fi

ID="selftest-$(date +%s)-$RANDOM"
GROUP="$(proxy_url)/metrics/job/monitoring_selftest/selftest_id/$ID"
BEGIN=$(now)
# The push brings its own trace, so that its span and log line can be found.
TRACE=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
readonly ID GROUP BEGIN TRACE
last=$BEGIN hops='' answer=''

cleanup() { proxy_curl -fsS -m 5 -o /dev/null -X DELETE "$GROUP" 2>/dev/null || true; }
trap cleanup EXIT

get() { curl -fsS -m 5 -G "$@" 2>/dev/null || true; }

in_prometheus() { answer=$(get "$(prometheus_url)/api/v1/query" --data-urlencode "query=monitoring_selftest_alert{selftest_id=\"$ID\"}") && [[ $answer == *"$ID"* ]]; }
rule_fires() { answer=$(get "$(prometheus_url)/api/v1/query" --data-urlencode "query=ALERTS{alertname=\"MonitoringSelftest\",alertstate=\"firing\",selftest_id=\"$ID\"}") && [[ $answer == *"$ID"* ]]; }
in_alertmanager() { answer=$(get "$(alertmanager_url)/api/v2/alerts" --data-urlencode "filter=selftest_id=\"$ID\"") && [[ $answer == *"$ID"* ]]; }
# One array element a line, so that lines can be counted.
messages() { answer=$(get "$(simulator_url)/api/messages" | sed 's/},{"id":/},\n{"id":/g' | grep -F "$ID" | grep -c '"accepted":true' || true) && [[ $answer -ge $1 ]]; }
told() { messages 1; }
told_resolved() { messages 2; }

trace_in_tempo() { answer=$(get "$(nginx_url)/tempo/api/traces/$TRACE") && [[ $answer == *pushgateway-proxy* ]]; }
# A log line of a request of its own: nginx writes each with the trace id that the caller brought.
log_line() {
  [[ -n ${asked:-} ]] || { get "$(nginx_url)/prometheus/-/healthy" -H "traceparent: 00-$TRACE-0000000000000001-01" >/dev/null; asked=yes; }
  answer=$(get "$(loki_url)/loki/api/v1/query_range" --data-urlencode "query={service=\"nginx\"} |= \"$TRACE\"") && [[ $answer == *"$TRACE"* ]]
}
exemplar() {
  local start
  start=$(($(date +%s) - 300))
  answer=$(get "$(prometheus_url)/api/v1/query_exemplars" --data-urlencode 'query=http_server_requests_seconds_bucket{job="demo-app"}' \
    -d "start=$start" -d "end=$(date +%s)")
  exemplar_trace=$(grep -o '"trace_id":"[0-9a-f]*"' <<<"$answer" | tail -n 1 | cut -d'"' -f4)
  [[ -n $exemplar_trace ]]
}
exemplar_in_tempo() { answer=$(get "$(nginx_url)/tempo/api/traces/$exemplar_trace") && [[ $answer == *demo-app* ]]; }

# hop NAME CHECK REMEDY: waits until the check holds.
hop() {
  local start=$SECONDS
  until $2; do
    if ((SECONDS - start >= timeout)); then
      failed "$1" "$3"
    fi
    sleep 0.1
  done
  passed "$1"
}

passed() {
  local seconds
  seconds=$(since "$last")
  last=$(now)
  hops+="${hops:+,}{\"hop\":$(json_string "$1"),\"ok\":true,\"seconds\":$seconds}"
  $json || printf '  ok      %-46s %6s s\n' "$1" "$seconds"
}

failed() {
  local seconds
  seconds=$(since "$last")
  hops+="${hops:+,}{\"hop\":$(json_string "$1"),\"ok\":false,\"seconds\":$seconds,\"look\":$(json_string "$2")}"
  if $json; then
    printf '{"ok":false,"id":"%s","failed":%s,"hops":[%s]}\n' "$ID" "$(json_string "$1")" "$hops"
  else
    printf '  FAILED  %-46s %6s s\n' "$1" "$seconds"
    say "Look here: $2"
  fi
  exit $EXIT_FAILED
}

$json || say "Following the push $ID:"
pushed=$(printf 'monitoring_selftest_alert 1\n' | proxy_curl -sS -m 15 -H "traceparent: 00-$TRACE-0000000000000001-01" -o - -w '\n%{http_code}' --data-binary @- "$GROUP" 2>&1) || failed "push accepted by the proxy" "$(tail -n 1 <<<"$pushed"); ./monitoring status"
[[ ${pushed##*$'\n'} == 20[02] ]] || failed "push accepted by the proxy" "the proxy answered: $(tr '\n' ' ' <<<"$pushed")"
passed "push accepted by the proxy"
hop "series in Prometheus" in_prometheus "$(prometheus_url)/targets: is pushgateway up?"
hop "rule fires" rule_fires "$(prometheus_url)/rules: is MonitoringSelftest there and healthy?"
hop "alert in Alertmanager" in_alertmanager "$(prometheus_url)/status: is Alertmanager listed? ./monitoring logs alertmanager"
hop "message in the channel" told "./monitoring logs alertmanager dooray-adapter; behaviour of the simulator: $(simulator_url)"
to_message=$(since "$BEGIN")
printf 'monitoring_selftest_alert 0\n' | proxy_curl -fsS -m 15 -o /dev/null --data-binary @- "$GROUP" || failed "push of the end accepted" "./monitoring logs pushgateway-proxy"
hop "resolved message in the channel" told_resolved "./monitoring logs alertmanager dooray-adapter"
cleanup
total=$(since "$BEGIN")
if has_service loki; then
  hop "log line in Loki" log_line "./monitoring logs promtail loki"
fi
if has_service tempo; then
  hop "trace of the push in Tempo" trace_in_tempo "./monitoring logs otel-collector tempo"
  hop "exemplar of a request in Prometheus" exemplar "$(demo_app_url)/metrics: are there exemplars? DEMO_LOAD_RATE=0 makes no requests"
  hop "the exemplar's trace in Tempo" exemplar_in_tempo "./monitoring logs otel-collector tempo"
fi

if $json; then
  printf '{"ok":true,"id":"%s","pushToMessageSeconds":%s,"totalSeconds":%s,"hops":[%s]}\n' "$ID" "$to_message" "$total" "$hops"
else
  say "From push to message in $to_message s, resolved after $total s. Everything between works."
fi
