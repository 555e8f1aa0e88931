#!/bin/bash
# La parte del entrypoint de la imagen oficial que usan los manifiestos: crear la base la primera vez y arrancar como `postgres`.
# Sigue a docker-library/postgres: docker-entrypoint.sh
set -eu -o pipefail
shopt -s nullglob

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "$1" != postgres ]; then exec "$@"; fi

say() { echo "[entrypoint] $*"; }

# valor NOMBRE: de POSTGRES_NOMBRE, o del archivo que diga POSTGRES_NOMBRE_FILE.
value() {
  local variable=POSTGRES_$1
  local file=POSTGRES_$1_FILE
  if [ -n "${!variable-}" ]; then printf '%s' "${!variable}"; elif [ -n "${!file-}" ]; then cat "${!file}"; fi
}

mkdir -p "$PGDATA" /run/postgresql
chmod 3777 /run/postgresql 2> /dev/null || true
chmod 0700 "$PGDATA" 2> /dev/null || true
if [ "$(id -u)" = 0 ]; then
  find "$PGDATA" /run/postgresql \! -user postgres -exec chown postgres:postgres '{}' +
  # Las carpetas que acaba de crear root de camino a los datos.
  chown postgres:postgres "$(dirname "$PGDATA")"
  exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/var/lib/postgresql "$BASH" "$0" "$@"
fi

initialise() {
  local password user database method file psql
  password=$(value PASSWORD) user=$(value USER) database=$(value DB) method=${POSTGRES_HOST_AUTH_METHOD-}
  user=${user:-postgres} database=${database:-${user}}
  if [ -z "$password" ] && [ "$method" != trust ]; then
    say 'Error: Database is uninitialized and superuser password is not specified.' >&2
    say '       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser.' >&2
    exit 1
  fi
  # Un arranque cortado deja restos sin PG_VERSION donde se mira, y se empieza de cero.
  find "$PGDATA" -mindepth 1 -delete
  local half=$PGDATA/.inicio
  eval "initdb --pgdata=\"\$half\" --username=\"\$user\" --pwfile=<(printf '%s\n' \"\$password\") ${POSTGRES_INITDB_ARGS-}"
  printf '\nhost all all all %s\n' "${method:-scram-sha-256}" >> "$half/pg_hba.conf"
  PGPASSWORD=$password pg_ctl --pgdata="$half" --options="-c listen_addresses='' -p 5432" --wait start
  psql=(psql --variable=ON_ERROR_STOP=1 --no-psqlrc --username "$user" --no-password)
  export PGPASSWORD=$password
  if [ "$database" != postgres ]; then
    "${psql[@]}" --dbname postgres --set db="$database" <<< 'CREATE DATABASE :"db";'
  fi
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) say "running $file"; if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) say "running $file"; "${psql[@]}" --dbname "$database" --file="$file" ;;
      *.sql.gz) say "running $file"; gunzip --stdout "$file" | "${psql[@]}" --dbname "$database" ;;
      *) say "ignoring $file" ;;
    esac
  done
  pg_ctl --pgdata="$half" --mode=fast --wait stop
  unset PGPASSWORD
  # PG_VERSION es la marca de que está entera: se pone la última.
  find "$half" -mindepth 1 -maxdepth 1 \! -name PG_VERSION -exec mv -t "$PGDATA" '{}' +
  mv "$half/PG_VERSION" "$PGDATA/PG_VERSION"
  rmdir "$half"
  say 'PostgreSQL init process complete; ready for start up.'
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then initialise; fi
exec "$@"
