#!/usr/bin/env bash
# Other hosts whose agent (agent/docker-compose.yml) Prometheus scrapes.
set -euo pipefail
. scripts/lib.sh

usage() {
  say "Usage: ./monitoring targets              list the other hosts and whether they answer"
  say "       ./monitoring targets add HOST     scrape the agent on HOST (name or address)"
  say "       ./monitoring targets remove HOST  stop that"
  say "One file per host in config/targets/hosts; Prometheus notices within 15 seconds."
}

readonly HOSTS=config/targets/hosts

# A host name or an address; an IPv6 address stands in brackets, as in a URL.
check_host() {
  [[ ${1:-} =~ ^([A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$ ]] ||
    wrong_usage "'${1:-}' is not a host name or address (without scheme and port; IPv6 in brackets)"
}

file_of() { printf '%s/%s.yml' "$HOSTS" "$(tr -d '[]' <<<"$1" | tr ':' '_')"; }

list() {
  local file host answer health found=false
  answer=$(curl -fsS -m 5 "$(prometheus_url)/api/v1/query" --data-urlencode 'query=up{job=~"agent-.+"}' 2>/dev/null) || answer=''
  for file in "$HOSTS"/*.yml; do
    [[ -f $file ]] || continue
    found=true
    host=$(sed -n 's/^- targets: \["\(.*\)"\]$/\1/p' "$file")
    health=$(grep -o "\"instance\":\"${host//./\\.}\",\"job\":\"agent-[a-z-]*\"},\"value\":\[[0-9.]*,\"[01]\"" <<<"$answer" |
      sed 's/.*"job":"agent-\([a-z-]*\)".*"\([01]\)"$/\1 \2/' | awk '{ printf "%s%s %s", (NR > 1 ? ", " : ""), $1, ($2 == 1 ? "up" : "down") }')
    printf '  %-30s %s\n' "$host" "${health:-not seen yet}"
  done
  $found || say "No other host. Start agent/docker-compose.yml there, then: ./monitoring targets add HOST"
}

case ${1:-} in
  --help) usage ;;
  '') list ;;
  add)
    [[ $# -eq 2 ]] || wrong_usage "targets add takes one host"
    check_host "$2"
    printf -- '- targets: ["%s"]\n' "$2" >"$(file_of "$2")"
    say "Prometheus scrapes $2: ports 9100 (node exporter) and 8088 (cAdvisor). './monitoring targets' shows whether it answers."
    ;;
  remove)
    [[ $# -eq 2 ]] || wrong_usage "targets remove takes one host"
    check_host "$2"
    [[ -f $(file_of "$2") ]] || fail "$2 is not among the hosts"
    rm "$(file_of "$2")"
    say "$2 is scraped no more."
    ;;
  *) wrong_usage "targets does not know '$1' (add, remove)" ;;
esac
