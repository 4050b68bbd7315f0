#!/usr/bin/env bash
# Starts the images the way the compose file does (read-only root, no capabilities, memory limit,
# named volume) and checks what compose and configuration rely on. Works on stock images as well:
# that is how to see that both keep the same contract.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: offline/contract.sh [ROLE]...

Checks the images that .stack/offline.env names. A variable in the environment
(POSTGRES_IMAGE=postgres:18.1 offline/contract.sh postgres) names another one.

Exit codes: 0 all kept, 1 something differs, 2 wrong usage, 3 this machine lacks something.
EOF
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
env_file=$here/../.stack/offline.env
docker=${DOCKER:-docker}
run=monitoring-contract-$$
hardened=(--read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp)
failures=0
# The container that was started last.
current=

case ${1:-} in
  -h | --help) usage; exit 0 ;;
  -*) usage >&2; exit 2 ;;
esac
"$docker" version >/dev/null 2>&1 || {
  echo 'contract: Docker does not answer; start it first' >&2
  exit 3
}

cleanup() {
  "$docker" ps -aq --filter "label=$run" | xargs -r "$docker" rm -fv >/dev/null
  "$docker" volume ls -q --filter "label=$run" | xargs -r "$docker" volume rm >/dev/null
  "$docker" network ls -q --filter "label=$run" | xargs -r "$docker" network rm >/dev/null
}
trap cleanup EXIT
"$docker" network create --label "$run" "$run" >/dev/null

# start NAME IMAGE DOCKER-OPTION... [-- ARGUMENT...]
start() {
  local name=$1 image=$2 options=()
  shift 2
  while (($#)) && [[ $1 != -- ]]; do options+=("$1"); shift; done
  (($# == 0)) || shift
  current=$run-$name
  "$docker" run -d --name "$run-$name" --network "$run" --network-alias "$name" --label "$run" \
    "${hardened[@]}" "${options[@]}" "$image" "$@" >/dev/null
}

volume() {
  "$docker" volume create --label "$run" "$run-$1" >/dev/null
  echo "$run-$1"
}

inside() { "$docker" exec "$run-$1" "${@:2}"; }

# eventually COMMAND...: tries for 30 s.
eventually() {
  local attempt
  for ((attempt = 0; attempt < 150; attempt++)); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    [[ $("$docker" inspect --format '{{.State.Running}}' "$current") == true ]] || {
      "$docker" logs --tail 5 "$current" 2>&1
      return 1
    }
    sleep 0.2
  done
  "$@"
}

# check SENTENCE COMMAND...
check() {
  local sentence=$1 output
  shift
  if output=$("$@" 2>&1); then
    echo "  ok    $sentence"
  else
    echo "  FAIL  $sentence"
    tail -n 8 <<<"        ${output//$'\n'/$'\n'        }"
    failures=$((failures + 1))
  fi
}

equal() { [[ $1 == "$2" ]] || { echo "is '$1', should be '$2'"; return 1; }; }
contains() { [[ $1 == *"$2"* ]] || { echo "'$2' is not in: ${1:0:600}"; return 1; }; }
page_contains() { contains "$(inside "$1" wget -qO- "$2")" "$3"; }
user_is() { equal "$(inside "$1" sh -c 'grep ^Uid: /proc/1/status' | awk '{ print $2 }')" "$2"; }
refused() { ! "$@"; }

prometheus() {
  local data scraped_at
  data=$(volume prometheus)
  start prometheus "$1" -m 256m -v "$data:/prometheus" -- --config.file=/etc/prometheus/prometheus.yml \
    --storage.tsdb.path=/prometheus --storage.tsdb.retention.time=2d --web.enable-lifecycle \
    --web.enable-remote-write-receiver --web.enable-otlp-receiver --enable-feature=exemplar-storage \
    --web.external-url=http://localhost/prometheus/ --web.route-prefix=/
  check 'promtool says healthy' eventually inside prometheus promtool check healthy --url=http://localhost:9090
  check 'wget says ready' eventually page_contains prometheus http://localhost:9090/-/ready Ready
  check 'runs as 65534' user_is prometheus 65534
  check 'binaries are in /bin' inside prometheus ls /bin/prometheus /bin/promtool
  check 'retention, remote write and exemplars are on' flags_are_on
  check 'remote write is answered' answered prometheus http://localhost:9090/api/v1/write 415
  check 'the first page is served' page_contains prometheus http://localhost:9090/query Prometheus
  check 'scrapes itself' eventually query_has prometheus 'up' '"1"'
  scraped_at=$(($(date +%s) + 1))
  "$docker" restart "$run-prometheus" >/dev/null
  check 'healthy after a restart' eventually inside prometheus promtool check healthy --url=http://localhost:9090
  check 'keeps its data' eventually query_has prometheus "up&time=$scraped_at" '"1"'
}

flags_are_on() {
  local flags
  flags=$(inside prometheus wget -qO- http://localhost:9090/api/v1/status/flags)
  contains "$flags" '"storage.tsdb.retention.time":"2d"'
  contains "$flags" '"web.enable-remote-write-receiver":"true"'
  contains "$flags" '"enable-feature":"exemplar-storage"'
}

# answered CONTAINER URL STATUS: an empty POST is refused with that status, not with 404 or 405.
answered() {
  contains "$(inside "$1" wget -O- --post-data= "$2" 2>&1 || true)" " $3 "
}

query_has() { page_contains "$1" "http://localhost:9090/api/v1/query?query=$2" "$3"; }

alertmanager() {
  local data
  data=$(volume alertmanager)
  start alertmanager "$1" -m 128m -v "$data:/alertmanager" -- --config.file=/etc/alertmanager/alertmanager.yml \
    --storage.path=/alertmanager --cluster.listen-address= --web.external-url=http://localhost/alertmanager/ --web.route-prefix=/
  check 'healthy' eventually page_contains alertmanager http://localhost:9093/-/healthy OK
  check 'runs as 65534' user_is alertmanager 65534
  check 'amtool is there' inside alertmanager amtool check-config /etc/alertmanager/alertmanager.yml
  check 'the first page is served' page_contains alertmanager http://localhost:9093/ Alertmanager
  check 'accepts a silence' inside alertmanager amtool --alertmanager.url=http://localhost:9093 \
    silence add --author=contract --comment=contract --duration=1h alertname=Contract
  "$docker" restart "$run-alertmanager" >/dev/null
  check 'healthy after a restart' eventually page_contains alertmanager http://localhost:9093/-/healthy OK
  check 'keeps silences' eventually page_contains alertmanager http://localhost:9093/api/v2/silences Contract
}

pushgateway() {
  local data page
  start pushgateway "$1" -m 128m
  check 'healthy' eventually page_contains pushgateway http://localhost:9091/-/healthy OK
  check 'runs as 65534' user_is pushgateway 65534
  check 'accepts a push' inside pushgateway wget -qO- --post-data=$'contract_total 7\n' http://localhost:9091/metrics/job/contract
  check 'shows the push' page_contains pushgateway http://localhost:9091/metrics 'contract_total{instance="",job="contract"} 7'
  check 'writes no file unless asked' refused inside pushgateway sh -c 'ls /var/lib/prometheus/* || ls /pushgateway/*'
  page=$(inside pushgateway wget -qO- http://localhost:9091/ || true)
  check 'the page shows the group' contains "$page" 'contract'
  while IFS= read -r file; do
    check "the page finds $file" inside pushgateway wget -qO /dev/null "http://localhost:9091/$file"
  done < <(grep -oE '(src|href)="(\.?/)?static/[^"]+"' <<<"$page" | sed -E 's/^[a-z]+="(\.?\/)?//; s/"$//; s/\?.*//')
  data=$(volume pushgateway)
  start pushgateway2 "$1" -m 128m -v "$data:/pushgateway" -- --persistence.file=/pushgateway/metrics --persistence.interval=1s
  check 'starts with a file' eventually page_contains pushgateway2 http://localhost:9091/-/healthy OK
  check 'accepts a push' inside pushgateway2 wget -qO- --post-data=$'contract_total 7\n' http://localhost:9091/metrics/job/contract
  "$docker" restart "$run-pushgateway2" >/dev/null
  check 'keeps pushes in the file' eventually page_contains pushgateway2 http://localhost:9091/metrics 'job="contract"} 7'
}

node-exporter() {
  start node-exporter "$1" -m 64m -v /:/host:ro --pid host -- --path.rootfs=/host
  check 'healthy' eventually page_contains node-exporter http://localhost:9100/ 'Node Exporter'
  check 'runs as 65534' user_in_host node-exporter 65534
  check 'sees the host' page_contains node-exporter http://localhost:9100/metrics 'node_filesystem_avail_bytes{'
  check 'sees memory' page_contains node-exporter http://localhost:9100/metrics 'node_memory_MemAvailable_bytes '
}

user_in_host() { equal "$("$docker" top "$run-$1" -o uid,pid | awk 'NR == 2 { print $1 }')" "$2"; }

postgres() {
  local data hardened_as_user
  data=$(volume postgres)
  hardened_as_user=(--user 999:999 -m 256m -v "$data:/var/lib/postgresql" --tmpfs "/var/run/postgresql:uid=999,gid=999"
    -v "$run_files/initdb:/docker-entrypoint-initdb.d:ro" -v "$run_files/password:/run/secrets/password:ro"
    -e POSTGRES_USER=memo -e POSTGRES_DB=memo -e POSTGRES_PASSWORD_FILE=/run/secrets/password)
  start postgres "$1" "${hardened_as_user[@]}"
  check 'pg_isready says so' eventually inside postgres pg_isready -h 127.0.0.1 -U memo -d memo
  check 'runs as 999' user_is postgres 999
  check 'user, password, database and init files are there' sql postgres 'SELECT name FROM contract ORDER BY name' $'from shell\nfrom sql'
  check 'a wrong password is refused' refused inside postgres env PGPASSWORD=wrong psql -h postgres -U memo -d memo -c 'SELECT 1'
  check 'the data lies where the stock image puts it' inside postgres test -s /var/lib/postgresql/18/docker/PG_VERSION
  check 'text is UTF-8' sql postgres "SELECT length('모니터링')" 4
  check 'locale is en_US.utf8' sql postgres "SELECT datcollate FROM pg_database WHERE datname = 'memo'" en_US.utf8
  check 'version is 18' sql postgres 'SHOW server_version_num' 18
  check 'time zones are known' sql postgres "SET timezone = 'Asia/Seoul'; SELECT to_char(timestamptz '2026-01-01 00:00Z', 'HH24')" 09
  "$docker" stop -t 10 "$run-postgres" >/dev/null
  check 'stops cleanly' equal "$("$docker" inspect --format '{{.State.ExitCode}}' "$run-postgres")" 0
  "$docker" start "$run-postgres" >/dev/null
  check 'ready after a restart' eventually inside postgres pg_isready -h 127.0.0.1 -U memo -d memo
  check 'keeps its data' sql postgres 'SELECT count(*) FROM contract' 2
  check 'refuses to start without a password' contains \
    "$("$docker" run --rm --label "$run" "${hardened[@]}" --user 999:999 "$1" 2>&1 || true)" POSTGRES_PASSWORD
  # The way Testcontainers starts it: as root, writable root, everything by default.
  current=$run-postgres2
  "$docker" run -d --name "$run-postgres2" --network "$run" --network-alias postgres2 --label "$run" -e POSTGRES_PASSWORD=contract "$1" >/dev/null
  check 'root gives up its rights' eventually user_is postgres2 999
  check 'defaults work' eventually sql_as postgres2 postgres contract 'SELECT current_database()' postgres
  check 'says twice that it is ready' equal "$("$docker" logs "$run-postgres2" 2>&1 | grep -c 'database system is ready to accept connections')" 2
}

# sql_as HOST USER PASSWORD STATEMENT START-OF-ANSWER
sql_as() {
  local answer
  answer=$("$docker" run --rm --network "$run" --label "$run" -e PGPASSWORD="$3" --entrypoint psql "$POSTGRES_IMAGE" \
    -q -h "$1" -U "$2" -d "$2" --tuples-only --no-align -c "$4" 2>&1)
  [[ $answer == "$5"* ]] || { echo "$answer"; return 1; }
}

sql() { sql_as "$1" memo 'contract secret' "$2" "$3"; }

redis() {
  local data
  data=$(volume redis)
  start redis "$1" --user 999:999 -m 64m -v "$data:/data" -- redis-server --save 60 1 --appendonly yes --maxmemory 32mb
  check 'redis-cli pings' eventually contains_output PONG inside redis redis-cli ping
  check 'runs as 999' user_is redis 999
  check 'other containers may connect' contains_output PONG \
    "$docker" run --rm --network "$run" --label "$run" --entrypoint redis-cli "$1" -h redis ping
  check 'keeps a value' contains_output OK inside redis redis-cli set contract 7
  "$docker" restart "$run-redis" >/dev/null
  check 'pings after a restart' eventually contains_output PONG inside redis redis-cli ping
  check 'the value is still there' contains_output 7 inside redis redis-cli get contract
  current=$run-redis2
  "$docker" run -d --name "$run-redis2" --network "$run" --network-alias redis2 --label "$run" "$1" --requirepass contract >/dev/null
  check 'root gives up its rights' eventually user_is redis2 999
  check 'options alone start the server' eventually contains_output PONG inside redis2 redis-cli --no-auth-warning -a contract ping
  check 'the password is asked for' contains_output NOAUTH inside redis2 redis-cli ping
}

contains_output() { contains "$("${@:2}" 2>&1)" "$1"; }

java-runtime() {
  local java=("$docker" run --rm --label "$run" "${hardened[@]}" -m 128m --user 10001:10001 "$1")
  check 'java 25 runs' contains_output '25.' "${java[@]}" java -version
  check 'the shared archive is used' contains_output sharing "${java[@]}" java -Xshare:on -version
  # shellcheck disable=SC2016
  check 'JAVA_HOME is as in the stock image' contains_output /opt/java/openjdk "${java[@]}" bash -c 'ls -d "$JAVA_HOME" && test -x "$JAVA_HOME/bin/java"'
  check 'certificates are there' contains_output trustedCertEntry "${java[@]}" keytool -list -cacerts -storepass changeit
  check 'the heap follows the memory limit' contains_output 'MaxHeapSize                              = 67108864' \
    "${java[@]}" java -XX:MaxRAMPercentage=50 -XX:+PrintFlagsFinal -version
}

checks=(prometheus alertmanager pushgateway node-exporter postgres redis java-runtime)
(($#)) || set -- "${checks[@]}"

run_files=$(mktemp -d)
trap 'cleanup; rm -rf "$run_files"' EXIT
mkdir "$run_files/initdb"
printf 'contract secret\n' >"$run_files/password"
echo "CREATE TABLE contract (name text); INSERT INTO contract VALUES ('from sql');" >"$run_files/initdb/1.sql"
# shellcheck disable=SC2016
echo 'psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "INSERT INTO contract VALUES ('"'from shell'"')"' >"$run_files/initdb/2.sh"
chmod -R a+rX "$run_files"

for role; do
  [[ " ${checks[*]} " == *" $role "* ]] || {
    echo "contract: no checks for '$role'; there are: ${checks[*]}" >&2
    exit 2
  }
  variable=${role//-/_}
  variable=${variable^^}_IMAGE
  image=${!variable:-}
  [[ $image || ! -f $env_file ]] || image=$(sed -n "s/^$variable=//p" "$env_file")
  [[ $image ]] || {
    echo "contract: no image for $role: run offline/build.sh $role, or set $variable" >&2
    exit 3
  }
  declare -x "$variable=$image"
  echo "$role: $image, $("$docker" image inspect --format '{{.Size}}' "$image" | awk '{ printf "%.0f MB", $1 / 1000000 }')"
  "$role" "$image"
done

((failures == 0)) || {
  echo "contract: $failures checks failed" >&2
  exit 1
}
