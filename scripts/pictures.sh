#!/usr/bin/env bash
# Draws the pictures in docs/images anew: dashboards of the running stack, and messages on the page of the simulator, which
# it empties. Looks at each of them on the way: DashboardPagesIT, MessagePicturesIT.
set -euo pipefail
. scripts/lib.sh

# The boards that the documents show; all of them are in stack-tests/target/screenshots afterwards.
readonly BOARDS=(overview slo demo-app batch-jobs alert-delivery containers traces)
readonly SCREENSHOTS=stack-tests/target/screenshots

if [[ ${1:-} == --help ]]; then
  say "Usage: bash scripts/pictures.sh"
  say "Needs the running stack in its full size, a JDK, Maven, Chromium and chromedriver."
  exit 0
fi
[[ $# -eq 0 ]] || wrong_usage "pictures takes no arguments"
NGINX_URL=$(nginx_url)
SIMULATOR_URL=$(simulator_url)
export NGINX_URL SIMULATOR_URL
mvn --quiet --batch-mode -Pe2e -pl stack-tests test-compile failsafe:integration-test failsafe:verify -Dit.test='DashboardPagesIT,MessagePicturesIT'
for board in "${BOARDS[@]}"; do
  cp "$SCREENSHOTS/nginx-dashboard-$board.png" "docs/images/$board.png"
done
for language in ko en; do
  cp "$SCREENSHOTS/simulator-message-$language.png" "docs/images/message-$language.png"
done
du -ch docs/images/*.png | tail -n 1
