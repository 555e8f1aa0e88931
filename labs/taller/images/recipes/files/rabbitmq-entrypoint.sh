#!/bin/bash
# La parte del entrypoint de la imagen oficial que usan los manifiestos: la galleta y arrancar como `rabbitmq`.
# Sigue a docker-library/rabbitmq: docker-entrypoint.sh
set -eu
if [ "${1-}" = rabbitmq-server ] && [ "$(id -u)" = 0 ]; then
  find /var/lib/rabbitmq /etc/rabbitmq \! -user rabbitmq -exec chown rabbitmq:rabbitmq '{}' + 2> /dev/null || true
  exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups "$BASH" "$0" "$@"
fi
cookie=/var/lib/rabbitmq/.erlang.cookie
if [ -n "${RABBITMQ_ERLANG_COOKIE-}" ]; then
  if [ -e "$cookie" ] && [ "$(cat "$cookie")" != "$RABBITMQ_ERLANG_COOKIE" ]; then
    echo 'warning: /var/lib/rabbitmq/.erlang.cookie contents do not match RABBITMQ_ERLANG_COOKIE' >&2
  elif [ ! -e "$cookie" ]; then
    (umask 177 && printf '%s' "$RABBITMQ_ERLANG_COOKIE" > "$cookie")
  fi
fi
exec "$@"
