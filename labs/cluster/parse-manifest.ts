import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseAllDocuments } from 'yaml';
import { LabError } from '../engine/lab-error.ts';
import type { ManifestDocument } from '../engine/ports.ts';

/**
 * Documentos de un YAML, con la línea de cada campo.
 * @param file  Cómo se nombra el archivo en los mensajes: ruta relativa a la raíz del proyecto.
 * @throws {LabError} `MANIFEST`, con archivo y línea, si el YAML está roto o a un documento le falta lo que lo identifica.
 */
export function parseManifest(text: string, file: string): ManifestDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
  if (!Array.isArray(documents)) return [];
  const manifests: ManifestDocument[] = [];
  for (const document of documents) {
    const [broken] = document.errors;
    if (broken) {
      const [first = ''] = broken.message.split(/ at line \d+/);
      throw new LabError(`El YAML no se puede leer: ${first.trim()}.`, {
        code: 'MANIFEST',
        where: `${file}:${lines.linePos(broken.pos[0]).line}`,
        cause: broken,
      });
    }
    // Un documento vacío entre dos «---» no es nada.
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) continue;
    manifests.push(toManifest(document as Document<Node>, file, lines));
  }
  return manifests;
}

function toManifest(document: Document<Node>, file: string, lines: LineCounter): ManifestDocument {
  const lineAt = (node: unknown): number | undefined => {
    const offset = (node as Node | null)?.range?.[0];
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
  const line = lineAt(document.contents) ?? 1;
  const fail = (message: string, at = line) => new LabError(message, { code: 'MANIFEST', where: `${file}:${at}` });
  if (!isMap(document.contents)) throw fail('Se esperaba un objeto de Kubernetes y hay otra cosa.');
  const object = document.toJS() as Record<string, unknown>;
  for (const field of ['apiVersion', 'kind'] as const) {
    if (typeof object[field] !== 'string' || object[field] === '') throw fail(`${field}: falta, y sin él no se sabe qué objeto es.`);
  }
  const metadata = object.metadata as { name?: unknown } | null | undefined;
  if (typeof metadata?.name !== 'string' || metadata.name === '') {
    throw fail(`metadata.name: a este ${object.kind} le falta el nombre.`, lineOf(document.contents, ['metadata'], lineAt) ?? line);
  }
  return { file, line, object: object as ManifestDocument['object'], lineOf: (path) => lineOf(document.contents, segmentsOf(path), lineAt) ?? line };
}

/** `spec.containers[0].image`, `.spec.containers[name="web"].image`, `metadata.labels["a.b/c"]` → segmentos. */
function segmentsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, bracket, plain]) => bracket ?? plain ?? '');
}

/** Línea de la clave más honda que exista: si falta el campo, la de su padre. */
function lineOf(root: Node | null, segments: readonly string[], lineAt: (node: unknown) => number | undefined): number | undefined {
  let node: unknown = root;
  let line: number | undefined;
  for (const segment of segments) {
    if (isMap(node)) {
      const name = segment.replace(/^["']|["']$/g, '');
      const pair = node.items.find((item: Pair) => String(isScalar(item.key) ? item.key.value : item.key) === name);
      if (!pair) return line;
      line = lineAt(pair.key) ?? line;
      node = pair.value;
    } else if (isSeq(node)) {
      const [, key, value] = /^(\w+)="?(.*?)"?$/.exec(segment.split(',')[0] ?? '') ?? [];
      const item: unknown = key === undefined ? node.items[Number(segment)] : node.items.find((one) => isMap(one) && String(one.get(key)) === value);
      if (item === undefined) return line;
      line = lineAt(item) ?? line;
      node = item;
    } else return line;
  }
  return line;
}
