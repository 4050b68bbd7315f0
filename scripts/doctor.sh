#!/usr/bin/env bash
# Finds what usually goes wrong. Changes nothing, prints no secret.
set -euo pipefail
. scripts/lib.sh

if [[ ${1:-} == --help ]]; then
  say "Usage: ./monitoring doctor    look for what usually goes wrong: Docker, ports, memory, disk, clock, .env, hook URLs"
  say "Exit code 0: nothing found. 1: something to mend. 3: something is missing on this machine."
  exit 0
fi
[[ $# -eq 0 ]] || wrong_usage "doctor takes no argument"

# README.md says the same. Disk: before the first start; where programs are compiled; for data while it runs.
readonly MIN_MEMORY_MB=4000 MIN_DISK_MB=8000 MIN_DISK_COMPILING_MB=20000 MIN_DISK_RUNNING_MB=2000 MAX_CLOCK_SECONDS=30
problems=0 missing=0

ok() { say "ok       $*"; }
note() { say "note     $*"; }
problem() {
  say "PROBLEM  $*"
  problems=$((problems + 1))
}
lacking() {
  say "MISSING  $*"
  missing=$((missing + 1))
}

check_docker() {
  if ! command -v docker >/dev/null; then
    lacking "Docker is not installed. './monitoring up' installs it on Debian and Ubuntu; elsewhere install Docker Engine $MIN_ENGINE or newer."
    return 1
  fi
  local engine compose buildx error
  if ! engine=$(engine_version); then
    error=$(docker version 2>&1 >/dev/null | tail -n 1)
    if [[ $error == *"ermission denied"* ]]; then
      lacking "$(id -un) may not use Docker: sudo usermod -aG docker $(id -un), then log in anew"
    else
      lacking "Docker does not answer. Start it: './monitoring up' does, or sudo systemctl start docker, or Docker Desktop."
    fi
    return 1
  fi
  if at_least "$engine" $MIN_ENGINE; then ok "Docker Engine $engine"; else lacking "Docker Engine $engine is too old: $MIN_ENGINE is needed"; fi
  compose=$(compose_version) || compose=''
  if [[ -n $compose ]] && at_least "$compose" $MIN_COMPOSE; then ok "Compose $compose"; else lacking "Docker Compose ${compose:-is not there,} $MIN_COMPOSE or newer is needed (package docker-compose or docker-compose-v2)"; fi
  buildx=$(buildx_version) || buildx=''
  if [[ -n $buildx ]] && at_least "$buildx" $MIN_BUILDX; then ok "buildx $buildx"; else lacking "buildx ${buildx:-is not there,} $MIN_BUILDX or newer is needed (package docker-buildx)"; fi
}

check_ports() {
  local busy
  if busy=$(bash scripts/ports.sh); then
    ok "the stack's ports are free or its own"
  else
    problem "ports in use; stop what holds them or set another in .env:"
    say "$busy"
  fi
}

check_memory() {
  local megabytes
  megabytes=$(($(docker info --format '{{.MemTotal}}') / 1048576))
  if ((megabytes >= MIN_MEMORY_MB)); then
    ok "Docker has $megabytes MB of memory"
  else
    problem "Docker has $megabytes MB of memory, $MIN_MEMORY_MB are needed. Docker Desktop: Settings, Resources."
  fi
}

check_disk() {
  local root megabytes needed=$MIN_DISK_MB
  if [[ -n $(compose ps --quiet 2>/dev/null) ]]; then
    needed=$MIN_DISK_RUNNING_MB
  elif [[ $(images_mode) == offline && $(stack_size) != core && -z ${OFFLINE_BINARIES:-} && ! -d .stack/offline/binaries ]]; then
    needed=$MIN_DISK_COMPILING_MB
  fi
  root=$(docker info --format '{{.DockerRootDir}}')
  [[ -d $root ]] || root=.
  megabytes=$(df -Pm "$root" | awk 'NR == 2 { print $4 }')
  if ((megabytes >= needed)); then
    ok "$megabytes MB of disk free at $root"
  else
    problem "$megabytes MB of disk free at $root, $needed are needed. 'docker system df' shows what takes it; 'docker builder prune --all' gives back what building left."
  fi
}

# Alerts and graphs go by the clock: one that is off makes data vanish into the past or the future.
check_clock() {
  local host daemon newest
  host=$(date +%s)
  daemon=$(docker info --format '{{.SystemTime}}')
  daemon=$(date -d "$daemon" +%s 2>/dev/null || printf '%s' "$host")
  local apart=$((host > daemon ? host - daemon : daemon - host))
  newest=$(git log -1 --format=%ct 2>/dev/null || printf 0)
  if ((apart > MAX_CLOCK_SECONDS)); then
    problem "the clocks of this machine and of Docker are $apart s apart: restart Docker Desktop"
  elif ((host < newest)); then
    problem "the clock says $(date), which is before this version of the stack was made: set it"
  elif [[ $(timedatectl show --property NTPSynchronized --value 2>/dev/null || true) == no ]]; then
    note "the clock is not kept by NTP; if it drifts, alerts come late (timedatectl set-ntp true)"
  else
    ok "the clock"
  fi
}

check_value() {
  local name=$1 value=$2
  case "$name" in
    *_PORT)
      { [[ $value =~ ^[0-9]{1,5}$ ]] && ((10#$value >= 1 && 10#$value <= 65535)); } || problem ".env: $name must be a port from 1 to 65535"
      ;;
    DOORAY_HOOK_URL | DOORAY_HOOK_URL_*)
      check_hooks_of "$name" "$value"
      ;;
    *_RETENTION)
      [[ $value =~ ^([0-9]+(ms|s|m|h|d|w|y))+$ ]] || problem ".env: $name must be a duration such as 15d or 12h"
      ;;
    BIND_ADDRESS)
      [[ $value =~ ^[0-9]{1,3}(\.[0-9]{1,3}){3}$ || $value == *:* ]] || problem ".env: BIND_ADDRESS must be an IP address such as 127.0.0.1"
      [[ $value == 127.* || $value == ::1 ]] || note "BIND_ADDRESS opens the stack to the network: pushes and the webhook should ask for a token (PUSH_BEARER_TOKEN_FILE, WEBHOOK_BEARER_TOKEN_FILE)"
      ;;
    STACK_SIZE)
      [[ $value =~ ^(core|standard|full)$ ]] || problem ".env: STACK_SIZE must be core, standard or full"
      ;;
    SCRAPE_DIR)
      [[ -d $value ]] || problem ".env: SCRAPE_DIR is not a folder: $value"
      ;;
    NOTIFY_LANGUAGE | NOTIFY_LANGUAGE_*)
      [[ $value == ko || $value == en ]] || problem ".env: $name must be ko or en"
      ;;
    PUSH_MODE)
      [[ $value =~ ^(merge|replace|owned)$ ]] || problem ".env: PUSH_MODE must be merge, replace or owned"
      ;;
    PUSH_CHECK)
      [[ $value == edge || $value == upstream ]] || problem ".env: PUSH_CHECK must be edge or upstream"
      ;;
    PUSH_TOKENS_FILE | PUSH_LIMITS_FILE)
      [[ -f $value && -r $value ]] || problem ".env: $name must name a file: $value"
      [[ $name == PUSH_LIMITS_FILE || ! -s $value || -s $(setting PUSH_BEARER_TOKEN_FILE ./config/empty-secret) ]] ||
        note "PUSH_TOKENS_FILE asks for tokens: ./monitoring selftest pushes with that of PUSH_BEARER_TOKEN_FILE, which is not set"
      ;;
    PUSH_MAX_BYTES)
      [[ $value =~ ^[0-9]+(B|KB|MB|GB)?$ ]] || problem ".env: PUSH_MAX_BYTES must be a size such as 10MB"
      ;;
    PUSH_MAX_SERIES)
      [[ $value =~ ^[1-9][0-9]*$ ]] || problem ".env: PUSH_MAX_SERIES must be a whole number"
      ;;
    WATCHER_LIMIT | WATCHER_REPEAT | MAIL_INTERVAL | ALERT_RESEND_DELAY)
      [[ $value =~ ^[1-9][0-9]*[smhd]$ ]] || problem ".env: $name must be a time such as 3m"
      ;;
    MAIL_REQUIRE_TLS)
      [[ $value == true || $value == false ]] || problem ".env: MAIL_REQUIRE_TLS must be true or false"
      ;;
    MAIL_SMARTHOST)
      [[ $value =~ ^[^:[:space:]]+:[0-9]+$ ]] || problem ".env: MAIL_SMARTHOST must be host:port"
      ;;
    HEARTBEAT_URL)
      [[ $value =~ ^https?://[^[:space:]/]+ ]] || problem ".env: HEARTBEAT_URL must be an http or https address"
      ;;
    DEMO_LOAD_RATE)
      [[ $value =~ ^[0-9]+(\.[0-9]+)?$ ]] || problem ".env: DEMO_LOAD_RATE must be a number of requests a second"
      ;;
    *_EXTERNAL_URL | RUNBOOK_BASE_URL | OTEL_EXPORTER_OTLP_ENDPOINT)
      [[ $value =~ ^https?://[^[:space:]/]+ ]] || problem ".env: $name must be an http or https address"
      ;;
    *_FILE)
      [[ -r $value && -f $value ]] || problem ".env: $name names a file that is not there or cannot be read: $value"
      ;;
    DOORAY_HOOK_DIR | NOTIFY_TEMPLATE_DIR)
      [[ -d $value ]] || problem ".env: $name is not a folder: $value"
      ;;
  esac
}

# check_hooks_of NAME TEXT: one URL, or the new and the old one of a hook that is rotated.
check_hooks_of() {
  local url urls
  read -ra urls < <(tr '\r\n' '  ' <<<"$2" | sed 's/ *, *http/ http/g') || true
  ((${#urls[@]} <= 2)) || problem "$1 holds more than two hooks: the new one, then the old one until it is gone"
  for url in "${urls[@]:-}"; do check_hook "$1" "$url"; done
}

# check_hook NAME URL: the URL is a secret and is never printed.
check_hook() {
  local name=$1 value=$2 host allowed
  if [[ ! $value =~ ^https?://([^/[:space:]]+)/services/[^/[:space:]]+/[^/[:space:]]+/[^/[:space:]]+$ ]]; then
    problem "$name is not a Dooray incoming hook: https://hook.dooray.com/services/…/…/… (copy it whole from the channel's settings)"
    return
  fi
  host=${BASH_REMATCH[1]}
  allowed=",$(setting DOORAY_ALLOWED_HOSTS ''),"
  [[ $value == *xxx/yyy/zzz ]] && problem "$name still holds the example of .env.example" && return
  [[ $allowed == *",$host,"* || $allowed == *",${host%%:*},"* || ${host%%:*} == dooray-simulator ]] && return
  [[ $value == https://* ]] || problem "$name must use https"
  [[ $host =~ \.(dooray\.com|gov-dooray\.com|gov-dooray\.co\.kr|dooray\.co\.kr)$ ]] ||
    problem "$name points at a host that is not Dooray's; if that is meant, name the host in DOORAY_ALLOWED_HOSTS"
}

check_settings() {
  local line name value number=0 before=$problems known
  known=$(sed -n 's/^#\{0,1\}\([A-Z][A-Z0-9_]*\)=.*/\1/p' .env.example)
  if [[ -f $ENV_FILE ]]; then
    while IFS= read -r line || [[ -n $line ]]; do
      number=$((number + 1))
      line=${line%$'\r'}
      [[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
      if [[ ! $line =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)= ]]; then
        problem ".env line $number is not NAME=value"
        continue
      fi
      name=${BASH_REMATCH[2]}
      if ! grep -qxF "$name" <<<"$known" && [[ $name != DOORAY_HOOK_URL_* && $name != COMPOSE_* ]]; then
        problem ".env line $number: the stack does not know $name (.env.example lists what there is)"
        continue
      fi
      [[ $name != DOORAY_HOOK_URL_* ]] || grep -qxF "$name" <<<"$known" ||
        problem ".env line $number: $name reaches no service; a named channel is a file in secrets/dooray-hooks"
    done <"$ENV_FILE"
    grep -q $'\r' "$ENV_FILE" && problem ".env has Windows line ends: sed -i 's/\\r\$//' .env"
  fi
  for name in $known; do
    value=$(setting "$name" '')
    [[ -z $value ]] || check_value "$name" "$value"
  done
  ((problems > before)) || ok "settings$([[ -f $ENV_FILE ]] && printf ' of .env' || printf ' (no .env: defaults)')"
}

check_hooks() {
  local name file channels=''
  for name in DOORAY_HOOK_URL_CRITICAL DOORAY_HOOK_URL_WARNING DOORAY_HOOK_URL; do
    [[ -z $(setting $name '') ]] || channels+=" $name"
  done
  for file in "$(setting DOORAY_HOOK_DIR ./secrets/dooray-hooks)"/*; do
    [[ -f $file && $(basename "$file") =~ ^[a-z0-9-]+$ ]] || continue
    channels+=" $(basename "$file")"
    check_hooks_of "$file" "$(cat "$file")"
  done
  if [[ -n $channels ]]; then ok "Dooray hooks set:$channels"; else note "no Dooray hook is set: messages go to the simulator's page"; fi
}

check_running() {
  local rows
  [[ -n $(compose ps --quiet 2>/dev/null) ]] || {
    note "the stack is not running"
    return
  }
  rows=$(bash scripts/status.sh | awk 'NR > 1 && ($2 != "running" || ($3 != "healthy" && $3 != "-")) { print $1 " (" $2 ", " $3 ")" }') || true
  if [[ -z $rows ]]; then ok "every service is healthy"; else problem "not healthy: $(tr '\n' ' ' <<<"$rows")— './monitoring logs SERVICE' tells why"; fi
}

# What alertmanager-start would leave out, as it would at the next start.
check_routes() {
  local told
  [[ -n $(compose ps --quiet alertmanager 2>/dev/null) ]] || return 0
  told=$(compose exec -T -e ASSEMBLED=/tmp/doctor.yml alertmanager /bin/sh /etc/alertmanager/alertmanager-start --assemble 2>&1) || true
  if [[ $told == *'LEFT OUT'* ]]; then
    problem "a way to be told cannot be used:"
    say "$told"
  fi
}

if check_docker; then
  check_ports
  check_memory
  check_disk
  check_clock
fi
check_settings
check_hooks
command -v docker >/dev/null && engine_version >/dev/null && check_running && check_routes

say ""
if ((missing > 0)); then
  say "$missing missing, $problems to mend"
  exit $EXIT_LACKS
elif ((problems > 0)); then
  say "$problems to mend"
  exit $EXIT_FAILED
fi
say "Nothing found."
