#!/bin/sh
# clean-root.sh RAÍZ: quita de un Debian lo que cambia de una instalación a otra y lo que nadie lee dentro de un contenedor.
set -eu
cd "$1"
rm -rf dev/* dev/.[!.]* run/* tmp/* var/tmp/* var/log/* var/lib/apt/lists/* var/lib/apt/extended_states
rm -rf var/cache/apt/* var/cache/ldconfig/* var/cache/debconf/*-old var/lib/dpkg/*-old var/cache/man
rm -rf usr/share/doc/* usr/share/man/* usr/share/info/* usr/share/lintian usr/share/locale/*
rm -f etc/hostname etc/resolv.conf etc/passwd- etc/group- etc/shadow- etc/gshadow- etc/subuid- etc/subgid- etc/.pwd.lock etc/machine-id var/lib/dbus/machine-id
find . -xdev -name __pycache__ -prune -exec rm -rf {} +
# El día en que se creó cada cuenta.
sed -i -E 's/^([^:]*:[^:]*):[0-9]+:/\1:20000:/' etc/shadow
