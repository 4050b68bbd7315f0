#!/bin/sh
# Same behaviour as the stock image's entry point: options alone start redis-server; root gives up
# its rights; other containers may connect without a password unless something says otherwise.
set -e

case ${1:-} in
  '' | -* | *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = redis-server ]; then
  if [ "$(id -u)" = 0 ]; then
    chown -R redis:redis . 2>/dev/null || true
    exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
  fi
  # Files that redis writes are for redis alone.
  [ "$(umask)" = 0022 ] && umask 0077
  open=1
  for argument; do
    case $argument in
      --protected-mode) open= ;;
      *.conf) ! grep -qs '^[[:space:]]*protected-mode' "$argument" || open= ;;
    esac
  done
  [ -z "$open" ] || set -- "$@" --protected-mode no
fi

exec "$@"
