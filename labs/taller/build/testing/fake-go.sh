# Hace de `go` en las pruebas: obedece a plan.sh, que está en la carpeta que se le da, y apunta cada llamada en llamadas.log.
folder=$1
shift
PATH=/usr/bin:/bin
. "$folder/plan.sh"
here=${PWD##*/}
case $1 in
  mod) echo "mod download $here" ;;
  *) echo "$1 $here" ;;
esac >> "$folder/llamadas.log"

if [ "$fails" = "$1" ]; then
  echo "$says" >&2
  exit 1
fi

output=
tags=nada
want=
for word; do
  [ "$want" = output ] && output=$word
  [ "$word" = -tags=seccomp ] && tags=seccomp
  want=
  [ "$word" = -o ] && want=output
done

case $1 in
  env) echo "{\"GOVERSION\":\"$version\",\"GOARCH\":\"amd64\",\"GOCACHE\":\"$folder\",\"GOMODCACHE\":\"$folder\",\"GOTOOLCHAIN\":\"$toolchain\"}" ;;
  mod)
    echo 'go: downloading example.com/uno v1.0.0' >&2
    echo "{\"Dir\":\"$folder/modulo-uno\",\"Sum\":\"$sum\"}"
    ;;
  list) printf '%s\n' 'example.com/base|true|' 'example.com/medio|true|example.com/base' 'example.com/final|true|example.com/medio' ;;
  build)
    printf '%s\n' example.com/base example.com/final >&2
    # Un compilador que, si no muere el grupo entero, sigue cuando `go` ya no está.
    if [ -n "$takes" ]; then
      sleep "$takes" &
      echo $! > "$folder/compilador.pid"
      wait
    fi
    case $here in
      modulo-uno) made='uno otro' ;;
      *) made=$here ;;
    esac
    for name in $made; do
      printf '%s' "$name de $version con $tags" > "$output$name"
      chmod 755 "$output$name"
    done
    ;;
esac
