# Shared by the scripts in this folder; not to be run.
# Variables of the caller: work, pushgateway_port, proxy_port, management_port, jar, java,
# java_options.

pids=()
load_before=$(cut -d' ' -f1-3 /proc/loadavg)

say() {
  echo "$*" >&2
}

fail() {
  say "$*"
  exit 3
}

need() {
  command -v "$1" > /dev/null || fail "$1 is missing. Install it: apt-get install $2"
}

need_pushgateway() {
  pushgateway=${PUSHGATEWAY_BINARY:-$(command -v prometheus-pushgateway || command -v pushgateway || true)}
  [[ -n $pushgateway ]] ||
    fail "Pushgateway is missing. Install it (apt-get install prometheus-pushgateway) or set PUSHGATEWAY_BINARY."
}

need_jar() {
  need "$java" default-jre-headless
  [[ -f $jar ]] || fail "$jar is missing. Build it: mvn -pl pushgateway-proxy package -DskipTests"
}

remember() {
  pids+=("$1")
}

stop_all() {
  local pid
  for pid in "${pids[@]}"; do
    kill "$pid" 2> /dev/null || true
  done
  wait 2> /dev/null || true
}

wait_for() {
  local i
  for ((i = 0; i < 600; i++)); do
    if curl -fsS -o /dev/null "$1" 2> /dev/null; then
      return
    fi
    sleep 0.1
  done
  fail "$2 did not start; see above"
}

# start_pushgateway [ARGUMENT...]
start_pushgateway() {
  "$pushgateway" --web.listen-address="127.0.0.1:$pushgateway_port" "$@" 2>> "$work/pushgateway.log" &
  pushgateway_pid=$!
  remember "$pushgateway_pid"
  wait_for "http://127.0.0.1:$pushgateway_port/-/ready" Pushgateway
}

restart_pushgateway() {
  kill "$pushgateway_pid"
  wait "$pushgateway_pid" 2> /dev/null || true
  start_pushgateway "$@"
}

start_proxy() {
  PUSHGATEWAY_URL="http://127.0.0.1:$pushgateway_port" SERVER_PORT=$proxy_port MANAGEMENT_SERVER_PORT=$management_port \
    PUSH_CHECK="${push_check:-upstream}" "$java" $java_options -jar "$jar" > "$work/proxy.log" 2>&1 &
  proxy_pid=$!
  remember "$proxy_pid"
  wait_for "http://127.0.0.1:$management_port/actuator/health/readiness" pushgateway-proxy
}

# Prints the ids of a process and its children.
family() {
  echo "$1"
  tr ' ' '\n' < "/proc/$1/task/$1/children" 2> /dev/null | sed '/^$/d'
}

# Prints the CPU time in clock ticks that a process and its children have used.
ticks() {
  local pid sum=0 fields
  for pid in $(family "$1"); do
    read -ra fields < <(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) || true
    sum=$((sum + ${fields[11]:-0} + ${fields[12]:-0}))
  done
  echo "$sum"
}

median() {
  sort -g | awk '{v[NR]=$1} END {print (NR % 2) ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'
}
