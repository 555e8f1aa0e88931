# Cuenta de .ci/run. Cada parte se ejecuta aunque falle otra; `summary` cierra con «N passed, N failed».

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0
failed=0
failures=()
times=()

# part NOMBRE ORDEN…: la ejecuta enseñando su salida sangrada y cuenta 1, o lo que ella misma diga haber contado.
part() {
  local name=$1 log="$logs/salida" start=$SECONDS rc good bad took
  shift
  printf '\n== %s\n' "$name"
  timeout -k 30 45m "$@" 2>&1 | tee "$log" | sed -u 's/^/  | /'
  rc=${PIPESTATUS[0]}
  good=$(count passed "$log")
  bad=$(count failed "$log")
  if [ "$rc" -eq 0 ]; then
    passed=$((passed + (good > 0 ? good : 1)))
  else
    passed=$((passed + good))
    failed=$((failed + (bad > 0 ? bad : 1)))
    failures+=("$name (salida $rc)")
  fi
  took=$((SECONDS - start))
  times+=("$(printf '%5d s  %s' "$took" "$name")")
  printf '   %s: salida %s en %s s\n' "$name" "$rc" "$took"
}

# Vitest cierra con «Tests  3 failed | 120 passed (123)» y lo demás nuestro con «12 passed, 0 failed».
count() {
  local found
  found=$(grep -aE '^ *Tests  |^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1 | grep -oE "[0-9]+ $1" | grep -oE '[0-9]+')
  echo "${found:-0}"
}

summary() {
  printf '\n== cuánto ha tardado cada parte (en total, %s min)\n' "$(((SECONDS + 59) / 60))"
  printf '%s\n' "${times[@]}"
  printf '\n'
  for failure in "${failures[@]}"; do printf 'Falla: %s\n' "$failure"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
