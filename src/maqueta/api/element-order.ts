type Item = unknown;

/**
 * El orden en que queda una lista mezclada con strategic merge patch: lo del parche, en el orden del parche (o de `$setElementOrder`), y lo
 * que solo tenía el servidor, en el suyo, intercalado donde estaba. Un elemento nuevo va delante de lo que el parche no nombra.
 */
// Sigue a apimachinery/pkg/util/strategicpatch/patch.go (normalizeElementOrder y mergeSortedSlice).
export function orderElements(merged: readonly Item[], wanted: readonly Item[], original: readonly Item[], keyOf: (item: Item) => unknown): Item[] {
  const place = (list: readonly Item[]) => {
    const keys = list.map(keyOf);
    return (item: Item) => keys.indexOf(keyOf(item));
  };
  const [inPatch, inOriginal] = [place(wanted), place(original)];
  const right = merged.filter((item) => inPatch(item) >= 0).sort((a, b) => inPatch(a) - inPatch(b));
  const left = merged.filter((item) => inPatch(item) < 0).sort((a, b) => inOriginal(a) - inOriginal(b));
  const result: Item[] = [];
  while (left.length > 0 && right.length > 0) {
    const [ours, theirs] = [inOriginal(left[0]), inOriginal(right[0])];
    result.push(ours >= 0 && theirs >= 0 && ours < theirs ? left.shift() : right.shift());
  }
  return [...result, ...left, ...right];
}
