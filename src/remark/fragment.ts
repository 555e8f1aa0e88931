import { type Document, isMap, isPair, isScalar, isSeq, LineCounter, type Pair, parseAllDocuments, type Node as YamlNode } from 'yaml';

/** Una línea del archivo, con su número de verdad, o un salto que dice cuántas se han dejado fuera. */
export type FragmentLine = { number: number; text: string; lit?: true; mark?: string } | { omitted: number };

/** Lo pedido no está en el archivo. El mensaje nombra lo que falta y lo que sí hay. */
export class FragmentError extends Error {}

const REGION_START = /^\s*(?:\/\/|#|<!--)\s*#region\s+(\S+)/;
const REGION_END = /^\s*(?:\/\/|#|<!--)\s*#endregion\b/;

const isRegionMark = (text: string): boolean => REGION_START.test(text) || REGION_END.test(text);

/** El archivo entero, sin las marcas de región. */
export function wholeFile(source: string): FragmentLine[] {
  return toLines(source).filter((line) => !isRegionMark(line.text));
}

/** Las líneas entre `#region nombre` y su `#endregion`, sin el sangrado común. */
export function region(source: string, name: string): FragmentLine[] {
  const lines = toLines(source);
  const start = lines.findIndex((line) => REGION_START.exec(line.text)?.[1] === name);
  if (start < 0) throw new FragmentError(`no hay ninguna región «${name}» (${listed('regiones', regionNames(lines))})`);
  let depth = 0;
  for (let index = start; index < lines.length; index += 1) {
    const { text } = lines[index] as { text: string };
    if (REGION_START.test(text)) depth += 1;
    if (REGION_END.test(text)) depth -= 1;
    if (depth === 0) return dedent(lines.slice(start + 1, index).filter((line) => !isRegionMark(line.text)));
  }
  throw new FragmentError(`la región «${name}» no se cierra: falta #endregion`);
}

/**
 * Las líneas de esas rutas YAML, con las claves que las contienen para no perder el contexto y un salto donde falta algo.
 * Ruta: `spec.template.spec.containers[0].image`; una clave con puntos va entre comillas simples.
 * @param marks  Letras A, B, C…, una por ruta, en su primera línea.
 */
export function yamlPaths(source: string, paths: readonly string[], marks: readonly string[] = []): FragmentLine[] {
  const counter = new LineCounter();
  const documents = parseAllDocuments(source, { lineCounter: counter });
  const broken = documents.flatMap((document) => document.errors)[0];
  if (broken) throw new FragmentError(`no es YAML válido: ${broken.message.split('\n')[0]}`);

  const all = toLines(source);
  const shown = new Set<number>();
  const lit = new Set<number>();
  const marked = new Map<number, string>();
  paths.forEach((path, index) => {
    const found = documents.map((document) => locate(document as Document, path, counter, source)).find(Boolean);
    if (!found) throw new FragmentError(`no existe la ruta «${path}»`);
    for (const line of found.ancestors) shown.add(line);
    for (let line = withComments(all, found.start); line <= found.end; line += 1) {
      shown.add(line);
      lit.add(line);
    }
    const mark = marks[index];
    if (mark) marked.set(found.start, marked.has(found.start) ? `${marked.get(found.start)} ${mark}` : mark);
  });
  return withGaps(
    all.filter((line) => !isRegionMark(line.text)),
    shown,
  ).map((line) => {
    if ('omitted' in line) return line;
    const mark = marked.get(line.number);
    return { ...line, ...(lit.has(line.number) ? { lit: true as const } : {}), ...(mark ? { mark } : {}) };
  });
}

function toLines(source: string): { number: number; text: string }[] {
  const lines = source.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  return lines.map((text, index) => ({ number: index + 1, text }));
}

function dedent(lines: { number: number; text: string }[]): FragmentLine[] {
  const indents = lines.filter((line) => line.text.trim() !== '').map((line) => /^ */.exec(line.text)?.[0].length ?? 0);
  const common = indents.length ? Math.min(...indents) : 0;
  return lines.map((line) => ({ ...line, text: line.text.slice(common) }));
}

function regionNames(lines: { text: string }[]): string[] {
  return lines.flatMap((line) => REGION_START.exec(line.text)?.[1] ?? []);
}

const listed = (what: string, names: string[]): string => (names.length ? `${what}: ${names.join(', ')}` : `no hay ${what}`);

/** Los comentarios pegados encima de una clave explican esa clave: van con ella. */
function withComments(all: { text: string }[], start: number): number {
  let line = start;
  while (line > 1) {
    const above = all[line - 2]?.text ?? '';
    if (!/^\s*#/.test(above) || isRegionMark(above)) break;
    line -= 1;
  }
  return line;
}

function withGaps(all: { number: number; text: string }[], shown: Set<number>): FragmentLine[] {
  const result: FragmentLine[] = [];
  let omitted = 0;
  for (const line of all) {
    if (!shown.has(line.number)) {
      omitted += 1;
      continue;
    }
    if (omitted) result.push({ omitted });
    omitted = 0;
    result.push(line);
  }
  if (omitted) result.push({ omitted });
  return result;
}

interface Located {
  start: number;
  end: number;
  ancestors: number[];
}

function locate(document: Document, path: string, counter: LineCounter, source: string): Located | undefined {
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const ancestors: number[] = [];
  let node = document.contents as YamlNode | null;
  let range: [number, number] | undefined;
  for (const key of splitPath(path)) {
    if (range) ancestors.push(lineAt(range[0]));
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key) as
        | Pair<YamlNode, YamlNode | null>
        | undefined;
      if (!pair?.key.range) return undefined;
      range = [pair.key.range[0], pair.value?.range?.[1] ?? pair.key.range[1]];
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as YamlNode | undefined;
      if (!item?.range) return undefined;
      range = [item.range[0], item.range[1]];
      node = item;
    } else return undefined;
  }
  if (!range) return undefined;
  // El final de un bloque incluye los saltos que lo siguen: se retrocede hasta lo último escrito.
  const end = range[0] + source.slice(range[0], range[1]).trimEnd().length - 1;
  return { start: lineAt(range[0]), end: lineAt(Math.max(range[0], end)), ancestors };
}

/** `a.b[0].'c.d'` → `['a', 'b', '0', 'c.d']` */
function splitPath(path: string): string[] {
  return [...path.matchAll(/'([^']+)'|\[(\d+)\]|([^.[\]']+)/g)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}
