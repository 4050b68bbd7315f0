#!/usr/bin/env bash
# Starts the images the way the compose file does (read-only root, no capabilities, memory limit,
# named volume) and checks what compose and configuration rely on. Works on stock images as well:
# that is how to see that both keep the same contract.
set -euo pipefail

usage() {
  cat <<'EOF'
Usage: offline/contract.sh [ROLE]...

Checks the named roles, or all that .stack/offline.env names. A variable in the environment
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

# image_for ROLE: a variable in the environment, else what was built.
image_for() {
  local variable=${1//-/_}
  variable=${variable^^}_IMAGE
  if [[ ${!variable:-} ]]; then
    echo "${!variable}"
  elif [[ -f $env_file ]]; then
    sed -n "s/^$variable=//p" "$env_file"
  fi
}

# from_beside WGET-ARGUMENT...: a neighbour's wget, for images that have none.
from_beside() {
  [[ $(image_for node-exporter) ]] || {
    echo 'contract: the neighbour is a node-exporter; build it too: offline/build.sh node-exporter'
    return 1
  }
  "$docker" inspect "$run-beside" >/dev/null 2>&1 || "$docker" run -d --name "$run-beside" --network "$run" --label "$run" \
    --entrypoint sleep "$(image_for node-exporter)" 3600 >/dev/null
  "$docker" exec "$run-beside" wget -q -T 10 -O - "$@"
}

beside_contains() { contains "$(from_beside "$1" 2>&1)" "$2"; }
post_json() { from_beside --header 'Content-Type: application/json' --post-data "$2" "$1"; }
has_no() { contains "$(inside "$1" "$2" 2>&1)" 'executable file not found'; }
restart() { "$docker" restart "$run-$1" >/dev/null; }

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
  check 'remote write is answered' accepts_something prometheus http://localhost:9090/api/v1/write
  check 'the first page is served' page_contains prometheus http://localhost:9090/query Prometheus
  check 'scrapes itself' eventually query_has prometheus 'up' '"1"'
  check 'OTLP metrics are received' inside prometheus wget -qO- --header 'Content-Type: application/json' \
    --post-data "$(otlp_gauge)" http://localhost:9090/api/v1/otlp/v1/metrics
  check 'and can be queried' eventually query_has prometheus 'contract_temperature' '"21"'
  scraped_at=$(($(date +%s) + 1))
  "$docker" restart "$run-prometheus" >/dev/null
  check 'healthy after a restart' eventually inside prometheus promtool check healthy --url=http://localhost:9090
  check 'keeps its data' eventually query_has prometheus "up&time=$scraped_at" '"1"'
}

otlp_resource='"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"contract"}}]}'

otlp_gauge() {
  echo '{"resourceMetrics":[{'"$otlp_resource"',"scopeMetrics":[{"metrics":[{"name":"contract.temperature","gauge":{"dataPoints":[{"timeUnixNano":"'"$(date +%s%N)"'","asInt":"21"}]}}]}]}]}'
}

# otlp_span TRACE-ID
otlp_span() {
  local now
  now=$(date +%s)
  echo '{"resourceSpans":[{'"$otlp_resource"',"scopeSpans":[{"spans":[{"traceId":"'"$1"'","spanId":"00000000000000c1","name":"contract span","kind":2,"startTimeUnixNano":"'"$now"'000000000","endTimeUnixNano":"'"$now"'100000000","status":{}}]}]}]}'
}

otlp_log() {
  echo '{"resourceLogs":[{'"$otlp_resource"',"scopeLogs":[{"logRecords":[{"timeUnixNano":"'"$(date +%s%N)"'","severityText":"INFO","traceId":"000000000000000000000000000000c1","body":{"stringValue":"contract log"}}]}]}]}'
}

flags_are_on() {
  local flags
  flags=$(inside prometheus wget -qO- http://localhost:9090/api/v1/status/flags)
  contains "$flags" '"storage.tsdb.retention.time":"2d"'
  contains "$flags" '"web.enable-remote-write-receiver":"true"'
  contains "$flags" '"enable-feature":"exemplar-storage"'
}

# accepts_something CONTAINER URL: an empty POST is refused for what it holds, not with 404 or 405.
accepts_something() {
  local answer
  answer=$(inside "$1" wget -O- --post-data= "$2" 2>&1 || true)
  [[ $answer =~ \ 4(00|15)\  ]] || { echo "$answer"; return 1; }
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
  answer=$("$docker" run --rm --network "$run" --label "$run" -e PGPASSWORD="$3" --entrypoint psql "$(image_for postgres)" \
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

nginx() {
  start upstream "$1" --network-alias upstream -m 64m
  check 'serves its default page as uid 101' eventually page_contains upstream http://localhost:8080/ nginx
  start nginx "$1" -m 64m -v "$run_files/nginx.conf:/etc/nginx/nginx.conf:ro"
  check 'a whole configuration of one file is accepted' inside nginx nginx -t
  check 'listens on port 80 without rights' eventually page_contains nginx http://localhost:80/healthz fine
  check 'runs as 101' user_is nginx 101
  check 'passes a request on' page_contains nginx http://localhost/through/ nginx
  check 'tells its state' page_contains nginx http://localhost:8081/stub_status 'Active connections'
  "$docker" stop -t 10 "$run-nginx" >/dev/null
  check 'stops cleanly' equal "$("$docker" inspect --format '{{.State.ExitCode}}' "$run-nginx")" 0
}

blackbox-exporter() {
  start blackbox-exporter "$1" -m 64m
  check 'healthy' eventually page_contains blackbox-exporter http://localhost:9115/-/healthy Healthy
  check 'runs as root' user_is blackbox-exporter 0
  check 'probes' page_contains blackbox-exporter 'http://localhost:9115/probe?module=tcp_connect&target=localhost:9115' 'probe_success 1'
  check 'checks a configuration' inside blackbox-exporter /bin/blackbox_exporter --config.check --config.file=/etc/blackbox_exporter/config.yml
}

postgres-exporter() {
  start database "$(image_for postgres)" --user 999:999 -m 128m --tmpfs /var/lib/postgresql:uid=999,gid=999 \
    --tmpfs /var/run/postgresql:uid=999,gid=999 -e POSTGRES_PASSWORD=contract-secret
  check 'a database is there' eventually inside database pg_isready -h 127.0.0.1
  start postgres-exporter "$1" -m 64m -v "$run_files/exporter-password:/run/secrets/password:ro" \
    -e DATA_SOURCE_URI='database:5432/postgres?sslmode=disable' -e DATA_SOURCE_USER=postgres -e DATA_SOURCE_PASS_FILE=/run/secrets/password
  check 'answers' eventually page_contains postgres-exporter http://localhost:9187/ Postgres
  check 'runs as nobody' user_is postgres-exporter 65534
  check 'reaches the database' eventually page_contains postgres-exporter http://localhost:9187/metrics 'pg_up 1'
  check 'counts its rows' page_contains postgres-exporter http://localhost:9187/metrics 'pg_stat_database_tup_fetched{'
}

redis-exporter() {
  start cache "$(image_for redis)" --user 999:999 -m 64m -- redis-server --save ''
  start redis-exporter "$1" -m 64m -e REDIS_ADDR=redis://cache:6379
  check 'healthy' eventually beside_contains http://redis-exporter:9121/health ok
  check 'runs as 59000' user_in_host redis-exporter 59000
  check 'wget asks for health' inside redis-exporter wget -q -O /dev/null http://127.0.0.1:9121/health
  check 'reaches Redis' eventually beside_contains http://redis-exporter:9121/metrics 'redis_up 1'
}

nginx-exporter() {
  start web "$(image_for nginx)" -m 64m -v "$run_files/nginx.conf:/etc/nginx/nginx.conf:ro" --network-alias upstream
  start nginx-exporter "$1" -m 64m -- --nginx.scrape-uri=http://web:8081/stub_status
  check 'reaches nginx' eventually beside_contains http://nginx-exporter:9113/metrics 'nginx_up 1'
  check 'runs as 1001' user_in_host nginx-exporter 1001
  check 'has no shell' has_no nginx-exporter sh
}

loki() {
  local data
  data=$(volume loki)
  start loki "$1" -m 512m -v "$data:/loki"
  check 'loki -health says healthy' eventually inside loki /usr/bin/loki -health
  check 'runs as 10001' user_in_host loki 10001
  check 'has no shell' has_no loki sh
  check 'checks a configuration' inside loki /usr/bin/loki -verify-config -config.file=/etc/loki/local-config.yaml
  check 'accepts a line' post_json http://loki:3100/loki/api/v1/push \
    '{"streams":[{"stream":{"job":"contract"},"values":[["'"$(date +%s%N)"'","pushed line"]]}]}'
  check 'accepts OTLP' post_json http://loki:3100/otlp/v1/logs "$(otlp_log)"
  check 'finds the line' eventually beside_contains "$(loki_query '{job="contract"}')" 'pushed line'
  check 'finds the OTLP log by its trace' eventually beside_contains \
    "$(loki_query '{service_name="contract"} | trace_id="000000000000000000000000000000c1"')" 'contract log'
  restart loki
  check 'healthy after a restart' eventually inside loki /usr/bin/loki -health
  check 'keeps the line' eventually beside_contains "$(loki_query '{job="contract"}')" 'pushed line'
}

loki_query() {
  local query=$1
  query=${query//%/%25} query=${query//'{'/%7B} query=${query//'}'/%7D} query=${query//'"'/%22} query=${query//' '/%20} query=${query//|/%7C}
  echo "http://loki:3100/loki/api/v1/query_range?query=${query//=/%3D}"
}

promtail() {
  local data ready
  data=$(volume promtail)
  # shellcheck disable=SC2016
  ready='exec 3<>/dev/tcp/127.0.0.1/9080 && printf "GET /ready HTTP/1.0\r\n\r\n" >&3 && read -r _ status _ <&3 && [[ $status == 200 ]]'
  check 'checks a configuration with Docker discovery' "$docker" run --rm --label "$run" "${hardened[@]}" \
    -v "$run_files/promtail.yml:/etc/promtail/config.yml:ro" "$1" -config.file=/etc/promtail/config.yml -check-syntax
  start promtail "$1" -m 128m -v "$data:/positions" -v "$run_files/promtail.yml:/etc/promtail/config.yml:ro" -v "$run_files/log:/var/log:ro"
  check 'bash says ready' eventually inside promtail bash -c "$ready"
  check 'runs as root' user_in_host promtail 0
  check 'has no wget' has_no promtail wget
  check 'reads a file' eventually beside_contains http://promtail:9080/metrics 'promtail_read_lines_total{path="/var/log/contract.log"} 2'
  check 'remembers where it was' eventually inside promtail grep -q contract.log /positions/positions.yaml
  restart promtail
  check 'ready after a restart' eventually inside promtail bash -c "$ready"
  check 'still remembers' inside promtail grep -q contract.log /positions/positions.yaml
}

tempo() {
  local data trace=000000000000000000000000000000c1
  data=$(volume tempo)
  start tempo "$1" -m 512m -v "$data:/var/tempo" -v "$run_files/tempo.yaml:/etc/tempo.yaml:ro" -- -config.file=/etc/tempo.yaml
  check 'tempo -health says ready' eventually inside tempo /tempo -health -health.url=http://localhost:3200/ready
  check 'it does not say so of what is not there' refused inside tempo /tempo -health -health.url=http://localhost:3299/ready
  check 'runs as 10001' user_in_host tempo 10001
  check 'checks a configuration' inside tempo /tempo -config.verify=true -config.file=/etc/tempo.yaml
  check 'accepts OTLP' post_json http://tempo:4318/v1/traces "$(otlp_span "$trace")"
  check 'finds the trace' eventually beside_contains "http://tempo:3200/api/traces/$trace" 'contract span'
  restart tempo
  check 'ready after a restart' eventually inside tempo /tempo -health -health.url=http://localhost:3200/ready
  check 'keeps the trace' eventually beside_contains "http://tempo:3200/api/traces/$trace" 'contract span'
}

otel-collector() {
  check 'checks a configuration' "$docker" run --rm --label "$run" "${hardened[@]}" \
    -v "$run_files/otel-collector.yml:/etc/otelcol-contrib/config.yaml:ro" "$1" validate --config=/etc/otelcol-contrib/config.yaml
  check 'refuses a wrong one' refused "$docker" run --rm --label "$run" "${hardened[@]}" "$1" validate --config=yaml:receivers::nothing:
  start otel-collector "$1" -m 128m -v "$run_files/otel-collector.yml:/etc/otelcol-contrib/config.yaml:ro"
  check 'healthy' eventually beside_contains http://otel-collector:13133/ 'Server available'
  check 'runs as 10001' user_in_host otel-collector 10001
  check 'has no shell' has_no otel-collector sh
  check 'accepts a trace' post_json http://otel-collector:4318/v1/traces "$(otlp_span 000000000000000000000000000000c1)"
  check 'accepts a metric' post_json http://otel-collector:4318/v1/metrics "$(otlp_gauge)"
  check 'accepts a log' post_json http://otel-collector:4318/v1/logs "$(otlp_log)"
  check 'passes the trace on' eventually logs_contain otel-collector 'contract span'
  check 'passes the metric on' eventually logs_contain otel-collector contract.temperature
  check 'passes the log on' eventually logs_contain otel-collector 'contract log'
  check 'counts what it passed on' eventually beside_contains http://otel-collector:8888/metrics otelcol_exporter_sent_spans
}

logs_contain() { contains "$("$docker" logs "$run-$1" 2>&1)" "$2"; }

grafana() {
  local data
  data=$(volume grafana)
  start grafana "$1" -m 512m -v "$data:/var/lib/grafana" -v "$run_files/password:/run/secrets/password:ro" \
    -v "$run_files/datasource.yml:/etc/grafana/provisioning/datasources/contract.yml:ro" \
    -e GF_SECURITY_ADMIN_PASSWORD__FILE=/run/secrets/password -e GF_ANALYTICS_CHECK_FOR_UPDATES=false \
    -e GF_ANALYTICS_REPORTING_ENABLED=false -e GF_PLUGINS_PREINSTALL_DISABLED=true
  check 'wget says healthy' eventually page_contains grafana http://localhost:3000/api/health '"database"'
  check 'curl says healthy' inside grafana curl -fsS http://localhost:3000/api/health
  check 'runs as 472' user_is grafana 472
  check 'the login page is served' page_contains grafana http://localhost:3000/login Grafana
  check 'the password comes from its file' grafana_has /api/org Main
  check 'a wrong password is refused' refused inside grafana curl -fsS -u admin:wrong http://localhost:3000/api/org
  check 'the data source is provisioned' grafana_has /api/datasources/uid/contract http://prometheus:9090
  check 'keeps a folder' inside grafana curl -fsS -u 'admin:contract secret' -H 'Content-Type: application/json' \
    -d '{"uid":"contract","title":"Contract folder"}' http://localhost:3000/api/folders
  restart grafana
  check 'healthy after a restart' eventually inside grafana curl -fsS http://localhost:3000/api/health
  check 'the folder is still there' eventually grafana_has /api/folders/contract 'Contract folder'
}

grafana_has() { contains "$(inside grafana curl -fsS -u 'admin:contract secret' "http://localhost:3000$1")" "$2"; }

cadvisor() {
  start cadvisor "$1" --health-interval 1s -m 256m -v /:/rootfs:ro -v /var/run:/var/run:ro -v /sys:/sys:ro -v /var/lib/docker:/var/lib/docker:ro \
    -- -docker_only=true -housekeeping_interval=2s -store_container_labels=false
  check 'healthy' eventually page_contains cadvisor http://localhost:8080/healthz ok
  check 'runs as root' user_is cadvisor 0
  check 'its own health check works' eventually contains_output 'is healthy' \
    "$docker" inspect --format 'is {{.State.Health.Status}}' "$run-cadvisor"
  check 'sees a container by its name' eventually page_contains cadvisor http://localhost:8080/metrics "name=\"$run-cadvisor\""
  check 'sees its memory' eventually page_contains cadvisor http://localhost:8080/metrics 'container_memory_working_set_bytes{'
}

checks=(prometheus alertmanager pushgateway node-exporter postgres redis java-runtime
  nginx blackbox-exporter postgres-exporter redis-exporter nginx-exporter
  loki promtail tempo otel-collector grafana cadvisor)
# Without names: all that were built.
(($#)) || for role in "${checks[@]}"; do
  [[ ! $(image_for "$role") ]] || set -- "$@" "$role"
done
(($#)) || {
  echo "contract: nothing was built yet: run offline/build.sh, or name roles" >&2
  exit 3
}

run_files=$(mktemp -d)
trap 'cleanup; rm -rf "$run_files"' EXIT
mkdir "$run_files/initdb" "$run_files/log"
printf 'contract secret\n' >"$run_files/password"
printf 'contract-secret\n' >"$run_files/exporter-password"
printf 'one\ntwo\n' >"$run_files/log/contract.log"
echo "CREATE TABLE contract (name text); INSERT INTO contract VALUES ('from sql');" >"$run_files/initdb/1.sql"
# shellcheck disable=SC2016
echo 'psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "INSERT INTO contract VALUES ('"'from shell'"')"' >"$run_files/initdb/2.sh"
cat >"$run_files/nginx.conf" <<'EOF'
pid /tmp/nginx.pid;
events {}
http {
  client_body_temp_path /tmp/client;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  include /etc/nginx/mime.types;
  access_log /dev/stdout;
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  server {
    listen 80;
    http2 on;
    resolver 127.0.0.11;
    location = /healthz { return 200 "fine\n"; }
    location /through/ {
      set $upstream upstream;
      rewrite ^/through(/.*)$ $1 break;
      proxy_pass http://$upstream:8080;
    }
    location /opentelemetry. {
      set $collector collector;
      grpc_pass grpc://$collector:4317;
    }
  }
  server {
    listen 8081;
    location = /stub_status { stub_status; }
  }
}
EOF
cat >"$run_files/tempo.yaml" <<'EOF'
server:
  http_listen_port: 3200
distributor:
  receivers:
    otlp:
      protocols:
        grpc:
          endpoint: 0.0.0.0:4317
        http:
          endpoint: 0.0.0.0:4318
storage:
  trace:
    backend: local
    local:
      path: /var/tempo/blocks
    wal:
      path: /var/tempo/wal
usage_report:
  reporting_enabled: false
EOF
cat >"$run_files/otel-collector.yml" <<'EOF'
receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
      http:
        endpoint: 0.0.0.0:4318
processors:
  memory_limiter:
    check_interval: 1s
    limit_mib: 96
  batch:
    timeout: 200ms
  resource:
    attributes:
      - {key: contract, value: kept, action: upsert}
exporters:
  debug:
    verbosity: detailed
  otlp_grpc:
    endpoint: nowhere:4317
    tls: {insecure: true}
  otlp_http:
    endpoint: http://nowhere:3100/otlp
extensions:
  health_check:
    endpoint: 0.0.0.0:13133
service:
  extensions: [health_check]
  telemetry:
    metrics:
      readers:
        - pull:
            exporter:
              prometheus: {host: 0.0.0.0, port: 8888}
  pipelines:
    traces: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [debug]}
    metrics: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [debug]}
    logs: {receivers: [otlp], processors: [memory_limiter, resource, batch], exporters: [debug]}
EOF
cat >"$run_files/promtail.yml" <<'EOF'
server:
  http_listen_port: 9080
  grpc_listen_port: 0
positions:
  filename: /positions/positions.yaml
  sync_period: 1s
clients:
  - url: http://nowhere:3100/loki/api/v1/push
scrape_configs:
  - job_name: file
    static_configs:
      - targets: [localhost]
        labels:
          job: contract
          __path__: /var/log/contract.log
  - job_name: docker
    docker_sd_configs:
      - host: unix:///var/run/docker.sock
    relabel_configs:
      - source_labels: [__meta_docker_container_label_com_docker_compose_service]
        target_label: service
EOF
cat >"$run_files/datasource.yml" <<'EOF'
apiVersion: 1
datasources:
  - name: Contract
    uid: contract
    type: prometheus
    access: proxy
    url: http://prometheus:9090
EOF
chmod -R a+rX "$run_files"

for role; do
  [[ " ${checks[*]} " == *" $role "* ]] || {
    echo "contract: no checks for '$role'; there are: ${checks[*]}" >&2
    exit 2
  }
  image=$(image_for "$role")
  [[ $image ]] || {
    echo "contract: no image for $role: run offline/build.sh $role, or set its _IMAGE variable" >&2
    exit 3
  }
  echo "$role: $image, $("$docker" image inspect --format '{{.Size}}' "$image" | awk '{ printf "%.0f MB", $1 / 1000000 }')"
  "$role" "$image"
done

((failures == 0)) || {
  echo "contract: $failures checks failed" >&2
  exit 1
}
