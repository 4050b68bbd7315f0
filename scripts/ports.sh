#!/usr/bin/env bash
# Prints the ports of the chosen size that something else holds, with its name where that can be seen. Exit code 1 when
# there are some.
set -euo pipefail
. scripts/lib.sh

holder() {
  local port=$1 container
  container=$(docker ps --filter "publish=$port" --format '{{.Names}} (container)' 2>/dev/null | head -n 1)
  if [[ -n $container ]]; then
    printf '%s' "$container"
  elif command -v ss >/dev/null; then
    ss -Hltnp "sport = :$port" 2>/dev/null | sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (process \2)/p' | head -n 1
  elif command -v lsof >/dev/null; then
    lsof -nP -iTCP:"$port" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print $1 " (process " $2 ")" }'
  fi
}

# Bash opens the connection itself: nothing has to be installed to know whether somebody listens.
listening() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

host=$(setting BIND_ADDRESS 127.0.0.1)
[[ $host == 0.0.0.0 ]] && host=127.0.0.1
# Neighbours are told as a range: 127.0.0.1:4317-4318->4317-4318/tcp.
ours=$(compose ps --format '{{.Ports}}' 2>/dev/null | grep -oE ':[0-9]+(-[0-9]+)?->' | tr -d ':>' |
  awk -F- '{ for (port = $1; port <= ($2 ? $2 : $1); port++) print port }' || true)
services=$(services_of_size)
found=0
while read -r service name default; do
  grep -qxF "$service" <<<"$services" || continue
  port=$(setting "$name" "$default")
  grep -qx "$port" <<<"$ours" && continue
  if listening "$host" "$port"; then
    who=$(holder "$port")
    say "  port $port ($name) is held by ${who:-another program}"
    found=1
  fi
done < <(sed -n -e 's/^  \([a-z-]*\):$/\1/p' -e 's/.*:\${\([A-Z_]*_PORT\):-\([0-9]*\)}:[0-9].*/ \1 \2/p' docker-compose.yml |
  awk '/^ / { print service $0; next } { service = $0 }')
exit $found
