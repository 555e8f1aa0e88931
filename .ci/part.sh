# Cuenta de .ci/run. Cada parte se ejecuta aunque falle otra; `summary` cierra con «N passed, N failed».

notes=$(mktemp -d)
trap 'rm -rf "$notes"' EXIT
lanes=()
lane_name=''

# part NOMBRE ORDEN…: la ejecuta enseñando su salida sangrada y cuenta 1, o lo que ella misma diga haber contado.
part() {
  local name=$1 log start=$SECONDS rc good bad took
  shift
  log=$(mktemp "$notes/salida.XXXXXX")
  printf '\n== %s%s\n' "$lane_name" "$name"
  timeout -k 30 45m "$@" 2>&1 | tee "$log" | sed -u "s/^/  ${lane_name}| /"
  rc=${PIPESTATUS[0]}
  good=$(count passed "$log")
  bad=$(count failed "$log")
  if [ "$rc" -eq 0 ]; then
    good=$((good > 0 ? good : 1)) bad=0
  else
    bad=$((bad > 0 ? bad : 1))
  fi
  took=$((SECONDS - start))
  # Una línea por parte, de una vez: los carriles escriben en el mismo archivo.
  printf '%d\t%d\t%d\t%d\t%d\t%s\n' "$good" "$bad" "$rc" "$start" "$took" "$lane_name$name" >> "$notes/partes"
  printf '   %s%s: salida %s en %s s\n' "$lane_name" "$name" "$rc" "$took"
  return "$rc"
}

# lane LETRA FUNCIÓN [PRIORIDAD]: sus partes, una detrás de otra y a la vez que las de los demás carriles. Cada línea dice de cuál es.
# Con prioridad (de nice), cede el procesador a los demás.
lane() {
  ( trap - EXIT; lanes=(); lane_name="$1 "; [ $# -lt 3 ] || renice -n "$3" -p "$BASHPID" > /dev/null; "$2" ) &
  lanes+=($!)
}

join_lanes() {
  wait "${lanes[@]}"
  lanes=()
}

# Un carril avisa de algo y otro lo espera.
announce() { touch "$notes/aviso-$1"; }
await() { until [ -e "$notes/aviso-$1" ]; do sleep 1; done; }

# Vitest cierra con «Tests  3 failed | 120 passed (123)» y lo demás nuestro con «12 passed, 0 failed».
count() {
  local found
  found=$(grep -aE '^ *Tests  |^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1 | grep -oE "[0-9]+ $1" | grep -oE '[0-9]+')
  echo "${found:-0}"
}

# Lo que ha tardado cada parte, en el orden en que acabaron, y la cuenta.
summary() {
  local good bad rc start took name passed=0 failed=0 failures=()
  printf '\n== cuánto ha tardado cada parte y en qué minuto empezó (en total, %s min)\n' "$(((SECONDS + 59) / 60))"
  while IFS=$'\t' read -r good bad rc start took name; do
    printf '%5d s  min %2d  %s\n' "$took" "$((start / 60))" "$name"
    passed=$((passed + good)) failed=$((failed + bad))
    [ "$rc" -eq 0 ] || failures+=("$name (salida $rc)")
  done < "$notes/partes"
  printf '\n'
  for failure in "${failures[@]}"; do printf 'Falla: %s\n' "$failure"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
