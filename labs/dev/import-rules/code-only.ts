// En este orden: comentarios, expresiones regulares (solo donde puede empezar una), y texto con cada clase de comilla.
const notCode = new RegExp(
  [
    /\/\*[\s\S]*?\*\//,
    /(?<!:)\/\/[^\n]*/,
    /(?<=[=(,:[!&|?{};>]\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/,
    /'(?:\\.|[^'\\\n])*'/,
    /"(?:\\.|[^"\\\n])*"/,
    /`(?:\\.|\$(?!\{)|[^`\\$]|\$\{[^{}`]*\})*`/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

/** El código sin comentarios, expresiones regulares ni texto: para buscar lo que se ejecuta y no lo que se cuenta. Conserva las líneas. */
export const codeOnly = (text: string): string => text.replace(notCode, (match) => match.replace(/[^\n]/g, ' '));
