#!/usr/bin/env bash
# Gets every image the stack needs: stock ones from a registry, or all of them from packages where none can be reached.
# Remembers which way it went; the other verbs follow.
#   images.sh [auto|--offline|--registry] [decide|core]
# decide: only which way. core: only what the core needs, and nothing that takes long. Without either: what STACK_SIZE needs.
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
part=${2:-all}
[[ $part != all || ${STACK_SIZE:-} != core ]] || part=core
# Once built from packages it stays so until --registry: asking an unreachable registry each time can take a minute.
[[ $way == auto && $(images_mode) == offline ]] && way=offline
[[ $way == auto ]] && way=$(choose)
remember_images_mode "$way"
[[ $part != decide ]] || exit 0
# Maven and a JDK on this machine are used when they are there, and not asked for when they are not.
has_maven() { command -v mvn >/dev/null && at_least "$(javac -version 2>&1 | sed -n 's/^javac \([0-9.]*\).*/\1/p')" 17; }

# What this machine trusts and how its Maven is set up also holds for a build inside Docker.
host_settings() {
  local authorities
  authorities=$(find /usr/local/share/ca-certificates -name '*.crt' 2>/dev/null || true)
  if [[ -z ${EXTRA_CA_FILE:-} && -n $authorities ]]; then
    # shellcheck disable=SC2086  # one file name per word
    cat $authorities >.stack/extra-ca.pem
    export EXTRA_CA_FILE=$PWD/.stack/extra-ca.pem
  fi
  if [[ -z ${MAVEN_SETTINGS:-} && -f ${HOME:-/root}/.m2/settings.xml ]]; then
    export MAVEN_SETTINGS=$HOME/.m2/settings.xml
  fi
}

if [[ $way == offline ]]; then
  host_settings
  if [[ $part == core ]]; then
    # Prometheus as Debian has it: its newer version is compiled from Go modules, which takes minutes and comes later.
    # shellcheck disable=SC2046  # one role per word
    bash offline/build.sh --quick $(STACK_SIZE=core offline_roles)
  else
    # shellcheck disable=SC2046
    bash offline/build.sh $(offline_roles)
  fi
  if has_maven; then
    bash offline/services.sh
  else
    bash offline/build.sh java-build
    bash offline/services.sh --in-docker
  fi
else
  compose pull --quiet --ignore-buildable
  compose build --quiet
fi
