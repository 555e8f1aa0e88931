/**
 * El código sin comentarios, expresiones regulares ni texto: para buscar lo que se ejecuta y no lo que se cuenta.
 * Lo que va dentro de `${…}` sí es código. Conserva las líneas.
 */
export function codeOnly(text: string): string {
  let code = '';
  let at = 0;
  /** Llaves abiertas en cada `${` sin cerrar; al volver a cero se sigue leyendo la plantilla. */
  const templates: number[] = [];

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match === undefined) return false;
    code += match.replace(/[^\n]/g, ' ');
    at += match.length;
    return true;
  };
  /** Texto de una plantilla, hasta su cierre o hasta el siguiente `${`. */
  const skipTemplate = (): void => {
    skip(/(?:\\[\s\S]|\$(?!\{)|[^`\\$])*/y);
    if (text.startsWith('${', at)) templates.push(0);
    skip(/\$\{|`/y);
  };

  while (at < text.length) {
    if (skip(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y)) continue;
    if (text[at] === '/' && /(?:^|[=(,:[!&|?{};>]|\breturn)\s*$/.test(code.slice(-20)) && skip(/\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/y))
      continue;
    const character = text[at];
    if (character === '`') {
      skip(/`/y);
      skipTemplate();
      continue;
    }
    const depth = templates.at(-1);
    if (depth !== undefined && character === '{') templates[templates.length - 1] = depth + 1;
    if (depth !== undefined && character === '}') {
      if (depth === 0) {
        templates.pop();
        skip(/\}/y);
        skipTemplate();
        continue;
      }
      templates[templates.length - 1] = depth - 1;
    }
    code += character;
    at += 1;
  }
  return code;
}
