#!/bin/sh
# pack.sh CARPETA SALIDA [MARCA]: la carpeta, o lo cambiado después de la marca, en un tar que solo depende de su contenido.
# Orden fijo, fechas a cero y dueños por número: con los mismos archivos, la misma suma.
set -eu
folder=$1
out=$2
stamp=${3-}
list=$(mktemp)
trap 'rm -f "$list"' EXIT
cd "$folder"
if [ -n "$stamp" ]; then
  # El ctime no se puede falsear: lo que dpkg escribe con la fecha del paquete también sale.
  find . -mindepth 1 -cnewer "$stamp" -printf '%P\0'
else
  find . -mindepth 1 -printf '%P\0'
fi | LC_ALL=C sort -z > "$list"
tar --create --file="$out" --format=gnu --numeric-owner --mtime=@0 --no-recursion --null --files-from="$list"
