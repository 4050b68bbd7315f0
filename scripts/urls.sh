#!/usr/bin/env bash
# Prints the addresses.
set -euo pipefail
. scripts/lib.sh

[[ ${1:-} == --help ]] && say "Usage: ./monitoring urls    print the address of each page" && exit 0
[[ $# -eq 0 ]] || wrong_usage "urls takes no argument"

print_urls() {
  printf '  %-42s %s\n' \
    "Messages (stands in for Dooray)" "$(simulator_url)" \
    "Demo application: memos and chaos" "$(demo_app_url)" \
    "Prometheus: queries, targets, rules" "$(prometheus_url)" \
    "Alertmanager: alerts and silences" "$(alertmanager_url)" \
    "Pushgateway: what was pushed; push here" "$(proxy_url)" \
    "Dooray adapter: health" "$(adapter_url)/actuator/health" \
    "Node exporter" "$(node_exporter_url)"
}

print_urls
