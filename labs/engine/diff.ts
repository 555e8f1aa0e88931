const longest = 20;

/**
 * Diferencia en líneas de YAML: ` igual`, `-esperado`, `+encontrado`. Como mucho 20 líneas; si sobran, la última dice cuántas.
 * Las listas y los objetos salen en el orden de lo esperado, así que basta la subsecuencia común más larga.
 */
export function diffLines(expected: unknown, found: unknown): string[] {
  const lines = mergeLines(toLines(expected), toLines(found));
  const kept = aroundChanges(lines);
  return kept.length <= longest ? kept : [...kept.slice(0, longest - 1), ` … y ${kept.length - longest + 1} líneas más`];
}

/** Las líneas de las dos, en orden: ` igual`, `-solo antes`, `+solo después`. */
export function mergeLines(before: readonly string[], after: readonly string[]): string[] {
  // common[i][j]: largo de la subsecuencia común de before[i..] y after[j..].
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      (common[i] as number[])[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      lines.push(` ${before[i++]}`);
      j++;
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) lines.push(`-${before[i++]}`);
    else lines.push(`+${after[j++]}`);
  }
  return lines;
}

/** Lo igual que no rodea a un cambio no ayuda: se queda a cuatro líneas de él. */
function aroundChanges(lines: readonly string[]): string[] {
  const changed = lines.flatMap((line, index) => (line.startsWith(' ') ? [] : [index]));
  return lines.filter((_, index) => changed.some((change) => Math.abs(change - index) <= 4));
}

/** YAML de lectura, sin comillas: no se vuelve a leer con una máquina. */
function toLines(value: unknown, indent = ''): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = toLines(item, '');
      return [`${indent}- ${first}`, ...rest.map((line) => `${indent}  ${line}`)];
    });
  }
  if (typeof value !== 'object' || value === null) return [`${indent}${value}`];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? [`${indent}${key}:`, ...toLines(inner, `${indent}${Array.isArray(inner) ? '' : '  '}`)]
      : [`${indent}${key}: ${inner}`],
  );
}
