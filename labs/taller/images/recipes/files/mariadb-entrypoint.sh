#!/bin/bash
# La parte del entrypoint de la imagen oficial que usan los manifiestos: crear la base la primera vez y arrancar como `mysql`.
# Sigue a MariaDB/mariadb-docker: docker-entrypoint.sh
set -eu -o pipefail
shopt -s nullglob

# Solo opciones: son para el servidor.
if [ "${1:0:1}" = - ]; then set -- mariadbd "$@"; fi
if [ "$1" = mysqld ]; then shift; set -- mariadbd "$@"; fi
if [ "$1" != mariadbd ]; then exec "$@"; fi

say() { echo "[entrypoint] $*"; }

# valor NOMBRE: de MARIADB_NOMBRE, MYSQL_NOMBRE, o del archivo que digan MARIADB_NOMBRE_FILE o MYSQL_NOMBRE_FILE.
value() {
  local prefix variable
  for prefix in MARIADB MYSQL; do
    variable=${prefix}_$1
    if [ -n "${!variable-}" ]; then printf '%s' "${!variable}"; return; fi
    variable=${prefix}_$1_FILE
    if [ -n "${!variable-}" ]; then cat "${!variable}"; return; fi
  done
}

datadir=$("$@" --verbose --help --log-bin-index="$(mktemp -u)" 2> /dev/null | awk '$1 == "datadir" { print $2; exit }')
datadir=${datadir%/}
half=$datadir/.inicio
mkdir -p "$datadir" /run/mysqld
if [ "$(id -u)" = 0 ]; then
  find "$datadir" /run/mysqld \! -user mysql -exec chown mysql:mysql '{}' +
  exec setpriv --reuid=mysql --regid=mysql --init-groups "$BASH" "$0" "$@"
fi

sql_text() { printf "%s" "$1" | sed -e 's/\\/\\\\/g' -e "s/'/''/g"; }

initialise() {
  local root_password database user password root_host server tries=0 file
  local client=(mariadb --protocol=socket --socket="$half.sock" --user=root --comments)
  root_password=$(value ROOT_PASSWORD)
  database=$(value DATABASE) user=$(value USER) password=$(value PASSWORD) root_host=$(value ROOT_HOST)
  if [ -n "$(value RANDOM_ROOT_PASSWORD)" ]; then
    root_password=$(head -c 24 /dev/urandom | base64)
    say "GENERATED ROOT PASSWORD: $root_password"
  fi
  if [ -z "$root_password$(value ALLOW_EMPTY_ROOT_PASSWORD)$(value ALLOW_EMPTY_PASSWORD)" ]; then
    say 'Database is uninitialized and password option is not specified' >&2
    say 'You need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD' >&2
    exit 1
  fi
  say 'Initializing database files'
  # Un arranque cortado deja restos sin la carpeta `mysql`, que se pone la última: se empieza de cero.
  find "$datadir" -mindepth 1 -maxdepth 1 \! -name lost+found -exec rm -rf '{}' +
  mkdir "$half"
  mariadb-install-db --datadir="$half" --auth-root-authentication-method=normal --skip-test-db --skip-log-bin > /dev/null
  mariadbd --datadir="$half" --socket="$half.sock" --pid-file="$half.pid" --skip-networking --wsrep-on=OFF --skip-log-bin &
  server=$!
  until "${client[@]}" --execute='SELECT 1' > /dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -gt 300 ] || ! kill -0 "$server" 2> /dev/null; then say 'Unable to start server.' >&2; exit 1; fi
    sleep 0.2
  done
  {
    echo 'SET @@SESSION.SQL_LOG_BIN=0;'
    # Las cuentas de root que mariadb-install-db deja sin contraseña: por la red mandarían más que la de MARIADB_ROOT_HOST.
    echo "DROP USER IF EXISTS 'root'@'127.0.0.1', 'root'@'::1', 'root'@'$(hostname)';"
    if [ -n "$database" ]; then echo "CREATE DATABASE IF NOT EXISTS \`$database\`;"; fi
    if [ -n "$user" ]; then
      echo "CREATE USER '$(sql_text "$user")'@'%' IDENTIFIED BY '$(sql_text "$password")';"
      if [ -n "$database" ]; then echo "GRANT ALL ON \`${database//_/\\_}\`.* TO '$(sql_text "$user")'@'%';"; fi
    fi
    root_host=${root_host:-%}
    if [ "$root_host" != localhost ]; then
      echo "CREATE USER 'root'@'$root_host' IDENTIFIED BY '$(sql_text "$root_password")'; GRANT ALL ON *.* TO 'root'@'$root_host' WITH GRANT OPTION;"
    fi
  } | "${client[@]}"
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) say "running $file"; if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) say "running $file"; "${client[@]}" ${database:+"$database"} < "$file" ;;
      *.sql.gz) say "running $file"; gunzip --stdout "$file" | "${client[@]}" ${database:+"$database"} ;;
      *) say "ignoring $file" ;;
    esac
  done
  "${client[@]}" --execute="SET PASSWORD FOR 'root'@'localhost' = PASSWORD('$(sql_text "$root_password")');"
  kill -TERM "$server"
  wait "$server"
  # `mysql` es la marca de que está entera.
  find "$half" -mindepth 1 -maxdepth 1 \! -name mysql -exec mv -t "$datadir" '{}' +
  mv "$half/mysql" "$datadir/mysql"
  rm -rf "$half" "$half.sock" "$half.pid"
  say 'MariaDB init process done. Ready for start up.'
}

if [ ! -d "$datadir/mysql" ]; then initialise; fi
exec "$@"
