#!/bin/sh
# debian-install.sh TRABAJO BASE VERSIÓN ESPEJO LISTAS ANTES DESPUÉS SALIDA PAQUETE…
# Instala sobre la base y guarda solo lo que cambió. Corre en sus propios montajes y procesos: si se corta, no queda nada.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1 base=$2 suite=$3 mirror=$4 lists=$5 before=$6 after=$7 out=$8
shift 8
mount -t tmpfs -o mode=755 tmpfs "$work"
root=$work/raiz
mkdir "$root"
tar --extract --file="$base" --directory="$root" --numeric-owner --preserve-permissions
(cd "$root" && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort) > "$work/antes"
touch "$work/marca"
# Los sellos de tiempo avanzan a saltos de milisegundos: lo de la base tiene que quedar antes.
sleep 0.1

mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/var/lib/apt/lists"
mount --bind "$lists" "$root/var/lib/apt/lists"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$suite" > "$root/etc/apt/sources.list"
apt-config dump Acquire::http::Proxy > "$root/etc/apt/apt.conf.d/91taller"
# Una instalación no arranca servicios.
printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"

inside() {
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0 \
    chroot "$root" "$@"
}
if [ -n "$before" ]; then inside sh -eu -s < "$before"; fi
inside apt-get install --yes --no-install-recommends "$@"
if [ -n "$after" ]; then inside sh -eu -s < "$after"; fi

rm -f "$root/usr/sbin/policy-rc.d" "$root/etc/apt/sources.list" "$root/etc/apt/apt.conf.d/91taller" "$root/etc/hosts"
umount "$root/var/lib/apt/lists" "$root/tmp" "$root/run" "$root/proc"
umount -R "$root/dev"
sh "$here/clean-root.sh" "$root"
# Lo que la base tenía y ya no está se dice con un archivo `.wh.` en su carpeta.
(cd "$root" && find . -mindepth 1 -printf '%P\n' | LC_ALL=C sort) > "$work/ahora"
LC_ALL=C comm -23 "$work/antes" "$work/ahora" | while IFS= read -r gone; do
  folder=$root/$(dirname "$gone")
  if [ -d "$folder" ]; then : > "$folder/.wh.$(basename "$gone")"; fi
done
sh "$here/pack.sh" "$root" "$out" "$work/marca"
