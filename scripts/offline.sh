#!/usr/bin/env bash
# Images from packages, for networks without an image registry.
set -euo pipefail
. scripts/lib.sh

case "${1:-}" in
  build)
    shift
    bash scripts/ensure-docker.sh
    # Named roles alone, or everything as up does.
    if [[ $# -gt 0 ]]; then bash offline/build.sh "$@"; else STACK_SIZE=full bash scripts/images.sh offline; fi
    ;;
  --help)
    say "Usage: ./monitoring offline build [ROLE...]    build the images from Debian packages and Go modules, the services with Maven"
    say "OFFLINE_BINARIES names a folder of programs to use instead of building them; Grafana and cAdvisor come only that way."
    say "offline/README.md tells how and what cannot be built. './monitoring up' does this by itself when it has to."
    ;;
  *)
    wrong_usage "offline knows one verb: './monitoring offline build'"
    ;;
esac
