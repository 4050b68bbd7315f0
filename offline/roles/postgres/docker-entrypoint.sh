#!/bin/bash
# Same behaviour as the stock image's entry point: on first start it makes the database cluster,
# its superuser and its database from the POSTGRES_… variables and runs what lies in
# /docker-entrypoint-initdb.d; then, and on every later start, it becomes the server.
set -euo pipefail
shopt -s nullglob

say() { echo "postgres: $*"; }
die() { echo "postgres: $*" >&2; exit 1; }

# from_file NAME: takes NAME's value from the file that NAME_FILE names.
from_file() {
  local file_name=${1}_FILE
  [[ ${!file_name:-} ]] || return 0
  [[ ! ${!1:-} ]] || die "set either $1 or $file_name, not both"
  [[ -r ${!file_name} ]] || die "$file_name names ${!file_name}, which user $(id -u) cannot read"
  export "$1=$(<"${!file_name}")"
  unset "$file_name"
}

make_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql 2>/dev/null || true
  [[ -d $PGDATA ]] || die "cannot create $PGDATA: user $(id -u) may not write to the volume"
  chmod 0700 "$PGDATA" 2>/dev/null || true
  if [[ $(id -u) == 0 ]]; then
    find "$PGDATA" \! -user postgres -exec chown postgres {} +
    find /var/run/postgresql \! -user postgres -exec chown postgres {} +
    chmod 3775 /var/run/postgresql 2>/dev/null || true
  fi
}

read_settings() {
  local name
  for name in POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB POSTGRES_INITDB_ARGS; do from_file "$name"; done
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  password=${POSTGRES_PASSWORD:-}
  method=${POSTGRES_HOST_AUTH_METHOD:-}
  if [[ ! $password && $method != trust ]]; then
    die "the database is new and has no password: set POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE" \
      "(or POSTGRES_HOST_AUTH_METHOD=trust, which lets anyone in)"
  fi
  if mountpoint -q /var/lib/postgresql/data; then
    die "a volume is mounted at /var/lib/postgresql/data; from PostgreSQL 18 on, mount it at /var/lib/postgresql"
  fi
}

make_cluster() {
  local arguments=()
  # Word splitting is what this variable is for.
  # shellcheck disable=SC2206
  arguments=(${POSTGRES_INITDB_ARGS:-})
  [[ ! ${POSTGRES_INITDB_WALDIR:-} ]] || arguments+=(--waldir "$POSTGRES_INITDB_WALDIR")
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") "${arguments[@]}"
  printf '\nhost all all all %s\n' "${method:-$(postgres -C password_encryption)}" >>"$PGDATA/pg_hba.conf"
}

run_sql() {
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --no-psqlrc --no-password --username "$user" "$@"
}

prepare_databases() {
  local file
  # Not reachable from outside until everything is there.
  PGUSER=$user pg_ctl -D "$PGDATA" -w start -o "-c listen_addresses='' -p 5432 ${*@Q}"
  # pg_hba.conf lets the superuser in over the socket, unless initdb was told otherwise.
  export PGPASSWORD=${PGPASSWORD:-$password}
  if [[ ! $(run_sql --dbname postgres --tuples-only --set db="$database" <<<"SELECT 1 FROM pg_database WHERE datname = :'db';") ]]; then
    run_sql --dbname postgres --set db="$database" <<<'CREATE DATABASE :"db";'
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    say "running $file"
    case $file in
      *.sh)
        if [[ -x $file ]]; then
          "$file"
        else
          # shellcheck source=/dev/null
          source "$file"
        fi
        ;;
      *.sql) run_sql --dbname "$database" --file "$file" ;;
      *.sql.gz) gunzip -c "$file" | run_sql --dbname "$database" ;;
      *.sql.xz) xzcat "$file" | run_sql --dbname "$database" ;;
      *) say "left out $file: not .sh, .sql, .sql.gz or .sql.xz" ;;
    esac
  done
  unset PGPASSWORD
  PGUSER=$user pg_ctl -D "$PGDATA" -m fast -w stop
}

[[ ${1:-postgres} != -* ]] || set -- postgres "$@"
(($#)) || set -- postgres

asks_for_help() {
  local argument
  for argument; do
    case $argument in
      -'?' | --help | --describe-config | -V | --version) return 0 ;;
    esac
  done
  return 1
}

if [[ $1 == postgres ]] && ! asks_for_help "$@"; then
  make_folders
  if [[ $(id -u) == 0 ]]; then
    exec setpriv --reuid=postgres --regid=postgres --clear-groups "${BASH_SOURCE[0]}" "$@"
  fi
  if [[ -s $PGDATA/PG_VERSION ]]; then
    say "the database is there already; nothing to initialise"
  else
    read_settings
    # Half a database would pass for a whole one at the next start.
    trap 'say "initialisation failed, removing what it made"; find "$PGDATA" -mindepth 1 -delete' EXIT
    make_cluster
    prepare_databases "${@:2}"
    trap - EXIT
    say "PostgreSQL init process complete; ready for start up."
  fi
fi

# The server and what it starts have no use for the password.
unset POSTGRES_PASSWORD
exec "$@"
