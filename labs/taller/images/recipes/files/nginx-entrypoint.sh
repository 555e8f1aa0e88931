#!/bin/sh
# Lo que hace la imagen oficial antes de nginx: rellenar plantillas con el entorno y ejecutar los guiones que le dejen.
set -eu
if [ "$1" = nginx ]; then
  for template in /etc/nginx/templates/*.template; do
    [ -e "$template" ] || continue
    # Solo las variables que existen: las de nginx, como $uri, se quedan como están.
    envsubst "$(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/${\1}/p')" < "$template" > "/etc/nginx/conf.d/$(basename "$template" .template)"
  done
  for script in /docker-entrypoint.d/*.sh; do
    if [ -x "$script" ]; then "$script"; fi
  done
fi
exec "$@"
