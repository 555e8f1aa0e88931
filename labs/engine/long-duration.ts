/** Duración larga con todas sus unidades: `3 d 15 h 36 min`, `52 min 33,6 s`, `25,92 s`. Los segundos, con dos decimales como mucho. */
export function longDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds / 10) / 100;
  const parts: string[] = [];
  for (const [size, unit] of [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const) {
    const count = Math.floor(rest / size);
    rest = Math.round((rest - count * size) * 100) / 100;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  if (rest > 0 || parts.length === 0) parts.push(`${String(rest).replace('.', ',')} s`);
  return parts.join(' ');
}
