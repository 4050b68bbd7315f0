#!/usr/bin/env bash
# One line per service: state, health, memory, address.
set -euo pipefail
. scripts/lib.sh

json=false
for arg in "$@"; do
  case "$arg" in
    --json) json=true ;;
    --help)
      say "Usage: ./monitoring status [--json]    state, health, memory and address of each service"
      say "Exit code 1 when a service is not running or not healthy."
      exit 0
      ;;
    *) wrong_usage "status does not know '$arg' (--json)" ;;
  esac
done

need_docker
containers=$(compose ps --all --format '{{.Service}}|{{.State}}|{{.Health}}|{{.Name}}|{{.Ports}}')
names=$(awk -F'|' '$2 == "running" { print $4 }' <<<"$containers")
memory=''
# shellcheck disable=SC2086  # one name per word
[[ -z $names ]] || memory=$(docker stats --no-stream --format '{{.Name}}|{{.MemUsage}}' $names)

rows='' bad=0
while read -r service; do
  line=$(awk -F'|' -v s="$service" '$1 == s' <<<"$containers" | head -n 1)
  IFS='|' read -r _ state health name ports <<<"${line:-|missing|||}"
  used=$(awk -F'|' -v n="$name" 'n != "" && $1 == n { split($2, part, " / "); print part[1] " of " part[2] }' <<<"$memory")
  published=$(sed -n 's/^\([^,]*, \)*\([0-9.]*:\)\([0-9]*-\)\{0,1\}\([0-9]*\)->.*/\2\4/p' <<<"$ports" | sed -e 's/^127\.0\.0\.1:/localhost:/' -e 's/^0\.0\.0\.0:/localhost:/')
  # Two images hold nothing that could ask for their health: running is all that is known of them.
  [[ $state == running && ( $health == healthy || -z $health ) ]] || bad=1
  rows+="$service|$state|${health:--}|${used:--}|${published:+http://$published}"$'\n'
done < <(services_of_size)

if $json; then
  printf '['
  separator=''
  while IFS='|' read -r service state health used published; do
    [[ -z $service ]] && continue
    printf '%s{"service":%s,"state":%s,"health":%s,"memory":%s,"address":%s}' "$separator" \
      "$(json_string "$service")" "$(json_string "$state")" "$(json_string "$health")" "$(json_string "$used")" "$(json_string "$published")"
    separator=','
  done <<<"$rows"
  printf ']\n'
else
  printf '%-20s %-12s %-10s %-24s %s\n' SERVICE STATE HEALTH MEMORY ADDRESS
  while IFS='|' read -r service state health used published; do
    [[ -z $service ]] || printf '%-20s %-12s %-10s %-24s %s\n' "$service" "$state" "$health" "$used" "${published:--}"
  done <<<"$rows"
fi
exit $bad
