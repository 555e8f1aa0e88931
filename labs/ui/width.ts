const segmenter = new Intl.Segmenter('es', { granularity: 'grapheme' });
// Ideogramas y emojis ocupan dos columnas en una terminal.
const wide = /^[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|^\p{Emoji_Presentation}/u;

/** Columnas que ocupa en pantalla, tras normalizar: «añádelo» mide siete venga en NFC o en NFD. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const { segment } of segmenter.segment(text.normalize('NFC'))) columns += wide.test(segment) ? 2 : 1;
  return columns;
}

/** Rellena con espacios hasta ese ancho; si ya es más largo, tal cual. */
export const padTo = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)));

export const padLeft = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - widthOf(text))) + text;

/** Parte por espacios y nunca dentro de una palabra: un nombre o una orden que no cabe se sale, pero se puede copiar. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.normalize('NFC').split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > columns) {
      lines.push(line.trimEnd());
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line.trimEnd()];
}

/** Recorta con puntos suspensivos: solo para la línea en curso, que se borra. */
export function clip(text: string, columns: number): string {
  const clean = text.normalize('NFC').replace(/\s+/g, ' ');
  if (widthOf(clean) <= columns) return clean;
  let kept = '';
  for (const { segment } of segmenter.segment(clean)) {
    if (widthOf(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
