#!/usr/bin/env bash
# Shows the containers' log lines.
set -euo pipefail
. scripts/lib.sh

services=() follow=()
for arg in "$@"; do
  case "$arg" in
    -f | --follow) follow=(--follow) ;;
    --help)
      say "Usage: ./monitoring logs [-f] [SERVICE...]    the last 200 log lines of each service"
      exit 0
      ;;
    -*) wrong_usage "logs does not know '$arg' (-f)" ;;
    *) services+=("$arg") ;;
  esac
done

need_docker
known=$(compose config --services)
for service in ${services[@]+"${services[@]}"}; do
  grep -qxF "$service" <<<"$known" || wrong_usage "there is no service '$service'. There are: $(tr '\n' ' ' <<<"$known")"
done
compose logs --tail 200 ${follow[@]+"${follow[@]}"} ${services[@]+"${services[@]}"}
