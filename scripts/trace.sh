#!/usr/bin/env bash
# Sends a trace of a given id by OTLP over HTTP and gRPC through nginx, finds it in Tempo, prints Grafana's link to it.
set -euo pipefail
. scripts/lib.sh

readonly DEFAULT_ID=1234567890abcdef1234567890abcdef

usage() {
  say "Usage: ./monitoring trace [ID]"
  say "Sends a span over HTTP and one over gRPC, looks both up in Tempo and prints the link that opens the trace in Grafana."
  say "  ID   trace id, 32 hexadecimal digits ($DEFAULT_ID)"
}

case ${1:-} in
  --help) usage; exit 0 ;;
  -*) wrong_usage "trace does not know '$1'" ;;
esac
[[ $# -le 1 ]] || wrong_usage "trace takes one id"
id=$(tr 'A-F' 'a-f' <<<"${1:-$DEFAULT_ID}")
[[ $id =~ ^[0-9a-f]{32}$ && $id != 00000000000000000000000000000000 ]] ||
  wrong_usage "a trace id is 32 hexadecimal digits, not all of them 0"
has_service tempo || fail "traces are part of the full size: STACK_SIZE=full, then './monitoring up'"

base=$(nginx_url)
span_id() { od -An -N8 -tx1 /dev/urandom | tr -d ' \n'; }

# --- a protobuf message, as hexadecimal digits ------------------------------------------------------
hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }
varint() {
  local value=$1 out=''
  while ((value > 127)); do
    out+=$(printf '%02x' $((value % 128 + 128)))
    value=$((value / 128))
  done
  printf '%s%02x' "$out" "$value"
}
# field NUMBER CONTENT: one with a length.
field() { printf '%s%s%s' "$(varint $(($1 * 8 + 2)))" "$(varint $((${#2} / 2)))" "$2"; }
# time NUMBER NANOSECONDS: eight bytes, the lowest first.
time_field() {
  local big i
  big=$(printf '%016x' "$2")
  varint $(($1 * 8 + 1))
  for ((i = 14; i >= 0; i -= 2)); do printf '%s' "${big:i:2}"; done
}
# shellcheck disable=SC2001  # the shell's own replacement knows no &
bytes() { printf '%b' "$(sed 's/../\\x&/g' <<<"$1")"; }

# request SPAN_ID NAME: opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest
request() {
  local end span service
  end=$(($(date +%s) * 1000000000))
  span="$(field 1 "$id")$(field 2 "$1")$(field 5 "$(hex "$2")")3002$(time_field 7 $((end - 1000000000)))$(time_field 8 $end)"
  service="$(field 1 "$(hex service.name)")$(field 2 "$(field 1 "$(hex trace-test)")")"
  field 1 "$(field 1 "$(field 1 "$service")")$(field 2 "$(field 2 "$span")")"
}

by_http() {
  local status
  status=$(bytes "$(request "$1" 'trace test over HTTP')" | curl -sS -m 10 -o /dev/null -w '%{http_code}' \
    -H 'Content-Type: application/x-protobuf' --data-binary @- "$base/otlp/v1/traces") || return 1
  [[ $status == 200 ]] || { warn "answered $status"; return 1; }
}

by_grpc() {
  local message headers
  message=$(request "$1" 'trace test over gRPC')
  # One frame: not compressed, four bytes of length.
  headers=$(bytes "00$(printf '%08x' $((${#message} / 2)))$message" | curl -sS -m 10 --http2-prior-knowledge -o /dev/null -D - \
    -H 'Content-Type: application/grpc' -H 'TE: trailers' --data-binary @- \
    "$base/opentelemetry.proto.collector.trace.v1.TraceService/Export") || return 1
  grep -qi '^grpc-status: 0' <<<"$headers" || { warn "answered: $(grep -iE '^(HTTP|grpc-)' <<<"$headers" | tr -d '\r' | tr '\n' ' ')"; return 1; }
}

# Tempo writes ids in base64.
found() {
  local wanted answer
  wanted=$(bytes "$1" | base64)
  for _ in {1..60}; do
    answer=$(curl -sS -m 5 "$base/tempo/api/traces/$id" 2>/dev/null || true)
    [[ $answer == *"$wanted"* || $answer == *"\"spanId\":\"$1\""* ]] && return 0
    sleep 0.5
  done
  return 1
}

send() {
  local way=$1 span start
  span=$(span_id)
  start=$(now)
  "by_$way" "$span" || fail "the span was not accepted over $way. './monitoring logs nginx otel-collector' tells why."
  found "$span" || fail "the span sent over $way is not in Tempo. './monitoring logs otel-collector tempo' tells why."
  printf '  ok      sent over %-5s and found in Tempo after %6s s\n' "$way" "$(since "$start")"
}

say "Trace $id:"
send http
send grpc
if has_service grafana; then
  panes='{"trace":{"datasource":"tempo","queries":[{"refId":"A","datasource":{"type":"tempo","uid":"tempo"},"queryType":"traceql","query":"'$id'"}],"range":{"from":"now-1h","to":"now"}}}'
  say "In Grafana: $base/explore?schemaVersion=1&panes=$(printf '%s' "$panes" | sed -e 's/{/%7B/g' -e 's/}/%7D/g' -e 's/"/%22/g' -e 's/\[/%5B/g' -e 's/]/%5D/g' -e 's/:/%3A/g' -e 's/,/%2C/g')"
fi
