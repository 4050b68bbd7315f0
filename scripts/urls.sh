#!/usr/bin/env bash
# Prints the addresses.
set -euo pipefail
. scripts/lib.sh

[[ ${1:-} == --help ]] && say "Usage: ./monitoring urls    print the address of each page" && exit 0
[[ $# -eq 0 ]] || wrong_usage "urls takes no argument"

without_scheme() { printf '%s' "${1#http://}"; }

print_urls() {
  if has_service nginx; then printf '  %-42s %s\n' "Everything below one address; Grafana" "$(nginx_url)"; fi
  if has_service grafana; then printf '  %-42s %s\n' "Grafana alone" "$(grafana_url)"; fi
  printf '  %-42s %s\n' \
    "Messages (stands in for Dooray)" "$(simulator_url)" \
    "Demo application: memos and chaos" "$(demo_app_url)" \
    "Prometheus: queries, targets, rules" "$(prometheus_url)" \
    "Alertmanager: alerts and silences" "$(alertmanager_url)" \
    "Pushgateway: what was pushed; push here" "$(proxy_url)" \
    "Dooray adapter: deliveries, tests" "$(adapter_url)" \
    "Node exporter" "$(node_exporter_url)"
  if has_service cadvisor; then printf '  %-42s %s\n' "cAdvisor: containers" "$(cadvisor_url)"; fi
  if has_service loki; then printf '  %-42s %s\n' "Loki: push and ask for logs" "$(loki_url)/ready"; fi
  if has_service otel-collector; then printf '  %-42s %s\n' "OTLP over HTTP; over gRPC" "$(without_scheme "$(collector_url)"), $(without_scheme "$(collector_grpc_url)")"; fi
}

print_urls
