#!/usr/bin/env bash
# ./monitoring selftest --every: runs the self-test again and again and pushes what it found, for the alert
# MonitoringSelftestFailing. A probe that is ended on purpose takes its metrics along, or it would be missed for ever.
#   probe.sh TIME TIMES TIMEOUT     0 times: until it is ended
set -euo pipefail
. scripts/lib.sh

every=$1 times=$2 timeout=$3
GROUP="$(proxy_url)/metrics/job/monitoring_selftest_probe"
readonly GROUP
case "$every" in
  *h) seconds=$((${every%h} * 3600)) ;;
  *m) seconds=$((${every%m} * 60)) ;;
  *) seconds=${every%s} ;;
esac
sleeping='' last_success='' failures=0

remove() { proxy_curl -fsS -m 5 -o /dev/null -X DELETE "$GROUP" 2>/dev/null || warn "monitoring: the probe's metrics stay in Pushgateway: curl -X DELETE $GROUP"; }
finish() {
  [[ -z $sleeping ]] || kill "$sleeping" 2>/dev/null || true
  remove
}
trap finish EXIT
# A signal that comes during a run waits for its end, which is bounded.
trap 'exit 0' INT TERM HUP

# metrics REPORT: what one run found, as Pushgateway reads it. Hops that a failed run did not reach are absent.
metrics() {
  local ok=0 way
  [[ $1 != '{"ok":true'* ]] || ok=1
  printf '# TYPE monitoring_selftest_success gauge\nmonitoring_selftest_success %s\n' "$ok"
  printf '# TYPE monitoring_selftest_interval_seconds gauge\nmonitoring_selftest_interval_seconds %s\n' "$seconds"
  way=$(sed -n 's/.*"pushToMessageSeconds":\([0-9.]*\).*/\1/p' <<<"$1")
  [[ -z $way ]] || printf '# TYPE monitoring_selftest_way_seconds gauge\nmonitoring_selftest_way_seconds %s\n' "$way"
  [[ -z $last_success ]] || printf '# TYPE monitoring_selftest_last_success_timestamp_seconds gauge\nmonitoring_selftest_last_success_timestamp_seconds %s\n' "$last_success"
  if [[ $1 == *'"hop":'* ]]; then
    printf '# TYPE monitoring_selftest_hop_seconds gauge\n'
    grep -o '{"hop":"[^"]*","ok":[a-z]*,"seconds":[0-9.]*' <<<"$1" |
      sed 's/{"hop":"\([^"]*\)","ok":[a-z]*,"seconds":\(.*\)/monitoring_selftest_hop_seconds{hop="\1"} \2/'
  fi
}

say "Self-test every $every; metrics are in $GROUP. End it with Ctrl-C."
for ((run = 1; times == 0 || run <= times; run++)); do
  begin=$SECONDS
  # Its own process, so that the run that fails does not end the probe.
  report=$(bash scripts/selftest.sh --json --timeout "$timeout" 2>/dev/null) || true
  if [[ $report == '{"ok":true'* ]]; then
    last_success=$(date +%s)
    say "$(date '+%F %T') ok, push to message in $(sed -n 's/.*"pushToMessageSeconds":\([0-9.]*\).*/\1/p' <<<"$report") s"
  else
    failures=$((failures + 1))
    warn "$(date '+%F %T') FAILED: $(sed -n 's/.*"failed":"\([^"]*\)".*/\1/p' <<<"$report")"
  fi
  metrics "$report" | proxy_curl -fsS -m 15 -o /dev/null -X PUT --data-binary @- "$GROUP" || warn "$(date '+%F %T') the result could not be pushed"
  ((times == 0 || run < times)) || break
  rest=$((seconds - (SECONDS - begin)))
  # In the background, so that a signal ends the wait at once.
  sleep $((rest > 1 ? rest : 1)) &
  sleeping=$!
  wait "$sleeping" || true
  sleeping=''
done
[[ $failures -eq 0 ]] || exit $EXIT_FAILED
