/**
 * El código sin comentarios ni texto entre comillas: para buscar lo que se ejecuta y no lo que se cuenta. Conserva
 * los saltos de línea. No entiende expresiones regulares con comillas dentro; basta para buscar llamadas.
 */
export function codeOnly(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g,
    (match) => match.replace(/[^\n]/g, ' '),
  );
}
