import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { List, ListItem, Root } from 'mdast';
import type { Node, Parent } from 'unist';
import type { VFile } from 'vfile';
import { failAt } from './fail.ts';
import { FragmentError, type FragmentLine, region, wholeFile, yamlPaths } from './fragment.ts';
import { flowElement, textElement } from './jsx.ts';
import { walk } from './walk.ts';

interface Directive extends Node {
  type: 'leafDirective' | 'textDirective' | 'containerDirective';
  name: string;
  attributes?: Record<string, string | null | undefined>;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const KNOWN = ['file', 'region', 'paths'];
const LANGUAGES: Record<string, string> = {
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.ts': 'typescript',
  '.tsx': 'tsx',
  '.mjs': 'javascript',
  '.js': 'javascript',
  '.json': 'json',
  '.sh': 'bash',
};

/**
 * `::include{file="…" region="…"}` o `paths="a.b,c.d"` mete el archivo real, con su ruta y sus números de línea.
 * La lista que siga a un include con rutas son sus notas: A para la primera ruta, B para la segunda…
 * Si falta el archivo, la región o la ruta, la construcción se detiene.
 */
export function include({ root }: { root: string }) {
  return (tree: Root, file: VFile): void => {
    let count = 0;
    walk(tree as Parent, (node, index, parent) => {
      if (!isInclude(node)) return undefined;
      const fail = (reason: string): never => failAt(file, node, root, reason);
      if (node.type !== 'leafDirective') fail('el include va solo en su línea: ::include{file="…"}');
      count += 1;
      const attributes = readAttributes(node, fail);
      const notes = attributes.paths ? notesAfter(parent, index) : undefined;
      if (notes && notes.children.length > (attributes.paths?.length ?? 0)) {
        fail(
          `la lista que sigue tiene ${notes.children.length} notas y el include, ${attributes.paths?.length} rutas; cada nota acompaña a una ruta, por orden`,
        );
      }
      const marks = notes ? notes.children.map((_, each) => LETTERS[each] ?? '?') : [];
      const lines = readFragment(root, attributes, marks, fail);
      const id = `codigo-${count}`;
      const block = flowElement('Incluido', {
        id,
        file: attributes.file,
        language: LANGUAGES[extname(attributes.file)] ?? 'text',
        lines: JSON.stringify(lines),
        ...(attributes.region ? { region: attributes.region } : {}),
      });
      parent.children.splice(index, 1, block);
      if (notes) anchorNotes(notes, id);
      return index + 1;
    });
  };
}

/** Archivos que un .mdx incluye, para avisar al empaquetador de que depende de ellos. */
export function includedFiles(source: string): string[] {
  return [...new Set([...source.matchAll(/^\s*::include\{[^}\n]*\bfile="([^"]+)"/gm)].map((match) => match[1] as string))];
}

const isInclude = (node: Node): node is Directive => /Directive$/.test(node.type) && (node as Directive).name === 'include';

function readAttributes(node: Directive, fail: (reason: string) => never): { file: string; region?: string; paths?: string[] } {
  const { file, region: name, paths, ...rest } = node.attributes ?? {};
  const unknown = Object.keys(rest)[0];
  if (unknown) fail(`include no conoce «${unknown}» (conoce ${KNOWN.join(', ')})`);
  if (!file) return fail('al include le falta file="…"');
  if (name && paths) fail('un include lleva region o paths, no las dos');
  const list = paths
    ?.split(',')
    .map((path) => path.trim())
    .filter(Boolean);
  return { file, ...(name ? { region: name } : {}), ...(list?.length ? { paths: list } : {}) };
}

function readFragment(
  root: string,
  { file, region: name, paths }: { file: string; region?: string; paths?: string[] },
  marks: string[],
  fail: (reason: string) => never,
): FragmentLine[] {
  const path = join(root, file);
  if (relative(root, path).startsWith(`..${sep}`)) fail(`«${file}» queda fuera del proyecto`);
  if (!existsSync(path) || !statSync(path).isFile()) fail(`no existe el archivo «${file}»`);
  const source = readFileSync(path, 'utf8');
  try {
    if (name) return region(source, name);
    if (paths) return yamlPaths(source, paths, marks);
    return wholeFile(source);
  } catch (error) {
    if (error instanceof FragmentError) return fail(`en «${file}» ${error.message}`);
    throw error;
  }
}

function notesAfter(parent: Parent, index: number): List | undefined {
  const next = parent.children[index + 1];
  return next?.type === 'list' ? (next as List) : undefined;
}

/** Cada nota queda enlazada con la línea de su letra, en los dos sentidos. */
function anchorNotes(list: List, id: string): void {
  list.ordered = true;
  list.data = { ...list.data, hProperties: { className: ['notas'] } };
  list.children.forEach((item: ListItem, index) => {
    const letter = LETTERS[index] ?? '?';
    item.data = { ...item.data, hProperties: { id: `${id}-nota-${letter.toLowerCase()}` } };
    const mark = textElement('Letra', { letter, block: id }, []) as unknown as ListItem['children'][number];
    const first = item.children[0];
    if (first?.type === 'paragraph') first.children.unshift(mark as never);
    else item.children.unshift(mark);
  });
}
