#!/bin/sh
# golden-store.sh BINARIOS RAÍZ REGISTRO: importa el tar que llega por la entrada en un containerd suelto, con la raíz que se le da, y lo cierra.
# Corre en sus propios montajes, red y procesos: matar al padre no deja nada.
set -eu
bin=$1 root=$2 log=$3
mount -t tmpfs tmpfs /run
mkdir -p /run/containerd /run/opt
ip link set lo up
cat > /run/containerd/config.toml << TOML
version = 3
root = '$root'
state = '/run/containerd/state'
[grpc]
  address = '/run/containerd/containerd.sock'
[plugins.'io.containerd.internal.v1.opt']
  path = '/run/opt'
[plugins.'io.containerd.nri.v1.nri']
  disable = true
TOML
"$bin/containerd" --config /run/containerd/config.toml > "$log" 2>&1 &
daemon=$!
ctr() { "$bin/ctr" --address /run/containerd/containerd.sock --namespace k8s.io "$@"; }

tries=0
until ctr version > /dev/null 2>&1; do
  tries=$((tries + 1))
  if [ "$tries" -gt 300 ] || ! kill -0 "$daemon" 2> /dev/null; then
    echo "containerd no contesta:" >&2
    tail -n 5 "$log" >&2
    exit 1
  fi
  sleep 0.1
done

ctr images import --local -

# El complemento CRI se entera por un suceso y le da a cada imagen su nombre por identificador (sha256:…).
named=$(ctr images ls -q | grep -vc '^sha256:')
tries=0
until [ -z "$(ctr images ls 'labels."io.cri-containerd.image"!=managed' -q)" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 100 ]; then
    echo "el complemento CRI no ha visto las $named imágenes" >&2
    tail -n 5 "$log" >&2
    exit 1
  fi
  sleep 0.1
done
# Fijadas, también por identificador: el kubelet no las borra aunque el disco se llene.
for name in $(ctr images ls -q); do ctr images label "$name" io.cri-containerd.pinned=pinned > /dev/null; done
kill -TERM "$daemon"
wait "$daemon" || true
