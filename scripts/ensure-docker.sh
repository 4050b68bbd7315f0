#!/usr/bin/env bash
# Makes sure that curl is there, and Docker Engine, Compose and buildx are there, new enough and running.
# On Debian and Ubuntu installs them from the distribution, after asking on a terminal.
set -euo pipefail
. scripts/lib.sh

# The Debian release whose Docker is new enough where the installed release's own is not.
readonly NEWER_SUITE=forky

new_enough() {
  command -v docker >/dev/null || return 1
  local compose buildx
  compose=$(compose_version) buildx=$(buildx_version)
  [[ -n $compose && -n $buildx ]] && at_least "$compose" $MIN_COMPOSE && at_least "$buildx" $MIN_BUILDX || return 1
  local engine
  engine=$(engine_version) || engine=''
  # An engine that is not running is started later; which one it is shows its own program.
  [[ -n $engine ]] || engine=$(dockerd --version 2>/dev/null | sed -n 's/^Docker version \([0-9.]*\).*/\1/p')
  [[ -n $engine ]] && at_least "$engine" $MIN_ENGINE
}

candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9]*:\)\{0,1\}//p'; }

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 "$@"; }

add_newer_suite() {
  # The mirror that this host already uses: no address is chosen here. A file of mirrors is one too (cloud images).
  local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  mirror=$(find /etc/apt/sources.list /etc/apt/sources.list.d \( -name '*.list' -o -name '*.sources' \) -exec sed -n \
    -e 's/^URIs:[[:space:]]*\([^[:space:]]*\).*/\1/p' \
    -e 's/^deb[[:space:]]\{1,\}\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*\).*/\2/p' {} + 2>/dev/null |
    grep -E '/debian(\.list)?/?$' | head -n 1 || true)
  [[ -n $mirror ]] || lacks "no Debian mirror is configured in /etc/apt. Install Docker Engine $MIN_ENGINE or newer with Compose $MIN_COMPOSE or newer and start again."
  as_root tee /etc/apt/sources.list.d/monitoring-stack.sources >/dev/null <<SOURCES
Types: deb
URIs: $mirror
Suites: $NEWER_SUITE
Components: main
Signed-By: $keyring
SOURCES
  as_root tee /etc/apt/preferences.d/monitoring-stack >/dev/null <<PREFERENCES
Package: *
Pin: release n=$NEWER_SUITE
Pin-Priority: 50

Package: docker.io docker-cli docker-compose docker-buildx
Pin: release n=$NEWER_SUITE
Pin-Priority: 600
PREFERENCES
  apt_get update
}

install_curl() {
  command -v apt-get >/dev/null || lacks "curl is missing. Install it and start again."
  confirm "curl is missing. Install it from this system's package sources?" || lacks "curl is needed"
  apt_get update
  apt_get install -y --no-install-recommends curl ca-certificates
}

install_docker() {
  command -v apt-get >/dev/null || lacks "Docker Engine $MIN_ENGINE or newer with Compose $MIN_COMPOSE or newer is missing. Install it (Docker Desktop on macOS and Windows) and start again."
  confirm "Docker is missing or too old. Install Docker Engine, Compose and buildx from this system's package sources?" ||
    lacks "Docker Engine $MIN_ENGINE or newer with Compose $MIN_COMPOSE or newer is needed"
  say "Installing Docker Engine, Compose and buildx from packages ..."
  apt_get update
  # shellcheck disable=SC1091
  if [[ $(. /etc/os-release && printf '%s' "$ID") == ubuntu ]]; then
    apt_get install -y --no-install-recommends docker.io docker-compose-v2 docker-buildx
  else
    if ! at_least "$(candidate docker.io)" $MIN_ENGINE || ! at_least "$(candidate docker-compose)" $MIN_COMPOSE; then
      add_newer_suite
    fi
    apt_get install -y --no-install-recommends docker.io docker-cli docker-compose docker-buildx iptables ca-certificates
  fi
  hash -r
  new_enough || lacks "the packages of this system are too old (Docker Engine $MIN_ENGINE, Compose $MIN_COMPOSE and buildx $MIN_BUILDX are needed). Install newer ones and start again."
}

answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

start_docker() {
  if docker version 2>&1 | grep -qi 'permission denied'; then
    lacks "$(id -un) may not use Docker. Run this as root, or: sudo usermod -aG docker $(id -un), then log in anew."
  fi
  command -v dockerd >/dev/null || lacks "Docker does not answer. Start Docker Desktop (or the host that DOCKER_HOST names) and try again."
  say "Starting Docker ..."
  if [[ -d /run/systemd/system ]]; then
    as_root systemctl start docker
  else
    # No service manager: the daemon outlives this command.
    as_root sh -c 'rm -f /var/run/docker.pid; nohup setsid dockerd >/var/log/dockerd.log 2>&1 </dev/null &'
  fi
  local tries
  for ((tries = 0; tries < 60; tries++)); do
    answers && return 0
    sleep 0.5
  done
  lacks "Docker was started but does not answer: see journalctl -u docker or /var/log/dockerd.log"
}

command -v curl >/dev/null || install_curl
new_enough || install_docker
answers || start_docker
