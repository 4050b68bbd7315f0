#!/bin/bash
# Starts Grafana as the stock image does: paths from GF_PATHS_*, and the value of any GF_ variable
# from the file that GF_…__FILE names.
set -euo pipefail

while IFS= read -r variable; do
  name=${variable%__FILE}
  file=${!variable}
  [[ $file ]] || continue
  if [[ ${!name:-} ]]; then
    echo "$name and $variable are both set; one of them is enough" >&2
    exit 1
  fi
  export "$name=$(<"$file")"
  unset "$variable"
done < <(compgen -e | grep '^GF_.*__FILE$' || true)

if [[ ! -w $GF_PATHS_DATA ]]; then
  echo "$GF_PATHS_DATA cannot be written by user $(id -u): give the folder to user 472" >&2
fi
mkdir -p "$GF_PATHS_PLUGINS" || true
export HOME=$GF_PATHS_HOME

exec grafana server --homepath="$GF_PATHS_HOME" --config="$GF_PATHS_CONFIG" --packaging=docker "$@" \
  cfg:default.log.mode=console \
  cfg:default.paths.data="$GF_PATHS_DATA" \
  cfg:default.paths.logs="$GF_PATHS_LOGS" \
  cfg:default.paths.plugins="$GF_PATHS_PLUGINS" \
  cfg:default.paths.provisioning="$GF_PATHS_PROVISIONING"
