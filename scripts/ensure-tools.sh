#!/usr/bin/env bash
# What ./monitoring test needs beside Docker: a JDK, Maven, Chromium with its driver and fonts, shellcheck.
set -euo pipefail
. scripts/lib.sh

readonly MIN_JDK=17

bash scripts/ensure-docker.sh

packages=()
jdk=$(javac -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p' || true)
[[ -n $jdk && $jdk -ge $MIN_JDK ]] || packages+=(default-jdk-headless)
command -v mvn >/dev/null || packages+=(maven)
command -v shellcheck >/dev/null || packages+=(shellcheck)
command -v chromium >/dev/null || command -v google-chrome >/dev/null || packages+=(chromium)
command -v chromedriver >/dev/null || packages+=(chromium-driver)
fc-list 2>/dev/null | grep -qi 'noto.*cjk' || packages+=(fonts-noto-cjk fontconfig)

[[ ${#packages[@]} -eq 0 ]] && exit 0
command -v apt-get >/dev/null || lacks "the tests need a JDK $MIN_JDK or newer and Maven (and Chromium with chromedriver for the pages). Install them and start again."
confirm "Install ${packages[*]} from this system's package sources?" || lacks "needed for the tests: ${packages[*]}"
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update
as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Use-Pty=0 install -y --no-install-recommends "${packages[@]}"
