const start = /<!-- captura: ([^>]+?) -->/;
const end = '<!-- fin de la captura -->';

/** La orden que el documento pide enseñar, o `undefined` si no tiene sitio para ella. */
export const captureCommand = (document: string): string | undefined => document.match(start)?.[1];

/** El documento con esa salida en su sitio. Lo que hubiera de una captura anterior se cambia; lo demás no se toca. */
export function replaceCapture(document: string, output: string): string {
  const mark = document.match(start);
  if (mark?.index === undefined) throw new Error('No encuentro «<!-- captura: ORDEN -->».');
  const before = document.slice(0, mark.index + mark[0].length);
  const rest = document.slice(before.length);
  const after = rest.includes(end) ? rest.slice(rest.indexOf(end) + end.length) : rest;
  return `${before}\n\n\`\`\`\n$ ${mark[1]?.trim()}\n${output.trim()}\n\`\`\`\n\n${end}${after}`;
}
