const longest = 240;

/** El fallo de una prueba en una línea: sin direcciones de memoria ni el objeto de Go que gomega vuelca detrás. */
export function oneLine(message: string): string {
  const kept: string[] = [];
  for (const line of message.split('\n').map((text) => text.trim())) {
    if (line === '{' || line.startsWith('{ErrStatus') || line.startsWith('{cause')) break;
    const clean = line
      .replace(/^<[^<>|]*( \| 0x[0-9a-f]+)?(, len:\d+)?(, cap:\d+)?>:\s*/, '')
      .replaceAll(/0x[0-9a-f]{6,}/g, '0x…')
      .trim();
    if (clean !== '') kept.push(clean);
  }
  return short(kept.join(' '));
}

/** De lo que escribe una prueba, lo último que dice algo: el error de una orden o, si no hay, su última frase. */
export function lastWords(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^[IWE]\d{4} [\d:.]+ +\d+ [\w.]+:\d+\] /, '').trim())
    .filter((line) => line !== '' && line !== 'error:' && !/^(exit status \d+|Command stdout:|stderr:)$/.test(line));
  return short(lines.at(-1) ?? '');
}

const short = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
