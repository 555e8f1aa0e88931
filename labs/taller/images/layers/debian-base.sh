#!/bin/sh
# debian-base.sh TRABAJO VERSIÓN GUION ESPEJO LLAVERO SALIDA: un Debian mínimo en un tar. Corre en sus propios montajes: nada que deshacer si se corta.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1 suite=$2 script=$3 mirror=$4 keyring=$5 out=$6
mount -t tmpfs -o mode=755 tmpfs "$work"
root=$work/raiz
# debootstrap no lee la configuración de apt: si esta máquina sale por un proxy, hay que decírselo.
eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
export http_proxy="${http_proxy-}" https_proxy="${https_proxy-}" SOURCE_DATE_EPOCH=0 LC_ALL=C
debootstrap --variant=minbase --keyring="$keyring" "$suite" "$root" "$mirror" "/usr/share/debootstrap/scripts/$script"
umount "$root/proc" "$root/sys" 2> /dev/null || true
printf 'path-exclude=/usr/share/%s/*\n' doc man info locale lintian > "$root/etc/dpkg/dpkg.cfg.d/taller"
printf 'APT::Install-Recommends "0";\nDPkg::Options:: "--force-unsafe-io";\nAcquire::Retries "3";\nAcquire::Languages "none";\n' > "$root/etc/apt/apt.conf.d/90taller"
rm -f "$root/etc/apt/sources.list"
sh "$here/clean-root.sh" "$root"
sh "$here/pack.sh" "$root" "$out"
