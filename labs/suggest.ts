/** Sin mayúsculas ni tildes, venga en NFC o en NFD: `órdenes` y `ORDENES` son la misma palabra. */
export const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** La palabra conocida más parecida, o `undefined` si ninguna lo es bastante. Sigue a tj/commander: lib/suggestSimilar.js. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const wanted = fold(word);
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate);
    const likeness = 1 - distance / Math.max(wanted.length, candidate.length);
    if (distance <= 3 && likeness > 0.4 && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Damerau-Levenshtein: cambiar dos letras de sitio cuenta como un solo error, que es el más común al teclear. */
export function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, at(i - 1, j - 1) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j] ?? 0, at(i - 2, j - 2) + 1);
    }
  }
  return at(a.length, b.length);
}
