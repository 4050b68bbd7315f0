#!/usr/bin/env bash
# Stops the stack.
set -euo pipefail
. scripts/lib.sh

volumes=()
for arg in "$@"; do
  case "$arg" in
    --volumes | -v) volumes=(--volumes) ;;
    --yes | -y) ASSUME_YES=true ;;
    --help)
      say "Usage: ./monitoring down [--volumes] [--yes]"
      say "  --volumes   also remove what the stack has stored: metrics, pushed groups, silences, memos"
      say "  --yes       do not ask before removing data"
      exit 0
      ;;
    *) wrong_usage "down does not know '$arg' (--volumes, --yes)" ;;
  esac
done

need_docker
if [[ ${#volumes[@]} -gt 0 ]]; then
  confirm "Remove all data of the stack?" || fail "nothing was done"
fi
compose down --remove-orphans ${volumes[@]+"${volumes[@]}"}
