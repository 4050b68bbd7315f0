#!/usr/bin/env bash
# Gets every image the stack needs: stock ones from a registry, or all of them from packages where none can be reached.
# Prints and remembers which way it went; the other verbs follow.
set -euo pipefail
. scripts/lib.sh

# The stock images that compose names and that are not here yet.
missing_stock_images() {
  local image
  registry_compose config --images | grep -v '^monitoring-stack/' | sort -u |
    while read -r image; do
      docker image inspect "$image" >/dev/null 2>&1 || printf '%s\n' "$image"
    done
}

choose() {
  local missing first log
  missing=$(missing_stock_images)
  [[ -n $missing ]] || {
    printf registry
    return
  }
  first=$(head -n 1 <<<"$missing")
  warn "Looking for an image registry (pulling $first) ..."
  if log=$(docker pull -q "$first" 2>&1); then
    printf registry
  elif grep -qiE 'no such host|connection refused|connection reset|i/o timeout|deadline exceeded|unreachable|no route to host|server misbehaving|x509|tls|proxyconnect|EOF|forbidden' <<<"$log"; then
    warn "No registry can be reached: the images are built from packages."
    printf offline
  else
    fail "$first cannot be pulled: $log"
  fi
}

way=${1:-auto}
way=${way#--}
# Once built from packages it stays so until --registry: asking an unreachable registry each time can take a minute.
[[ $way == auto && $(images_mode) == offline ]] && way=offline
[[ $way == auto ]] && way=$(choose)
remember_images_mode "$way"
if [[ $way == offline ]]; then
  bash offline/build.sh
  bash offline/services.sh
else
  compose pull --quiet --ignore-buildable
  compose build --quiet
fi
