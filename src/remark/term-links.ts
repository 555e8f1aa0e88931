import type { PhrasingContent, Root, Text } from 'mdast';
import type { Node, Parent } from 'unist';
import type { VFile } from 'vfile';
import type { Term } from '../terms/term.ts';
import { failAt } from './fail.ts';
import { isJsx, stringAttribute, textElement } from './jsx.ts';
import { walk } from './walk.ts';

/** Dentro de esto no se enlaza: ya es enlace, es código, o es un título. */
const CLOSED = new Set(['link', 'linkReference', 'heading', 'inlineCode', 'code', 'mdxjsEsm', 'definition']);

/**
 * Enlaza cada término del glosario la primera vez que sale en la página.
 * Un `<Termino id="…">` escrito a mano cuenta como esa primera vez y ha de existir.
 */
export function termLinks({ terms, root }: { terms: readonly Term[]; root: string }) {
  const find = termFinder(terms);
  return (tree: Root, file: VFile): void => {
    const frontMatter = file.data['frontMatter'] as { glosario?: boolean } | undefined;
    if (frontMatter?.glosario === false) return;
    const known = new Set(terms.map((term) => term.id));
    const seen = new Set<string>();
    walk(tree as Parent, (node) => {
      if (!isJsx(node) || node.name !== 'Termino') return undefined;
      const id = stringAttribute(node, 'id') ?? '';
      if (!known.has(id)) failAt(file, node, root, `«${id}» no está en el glosario (src/terms)`);
      seen.add(id);
      return 'skip';
    });
    walk(tree as Parent, (node, index, parent) => {
      if (CLOSED.has(node.type) || (isJsx(node) && (node.name === 'Termino' || node.name === 'a'))) return 'skip';
      if (node.type !== 'text') return undefined;
      const pieces = linkText(node as Text, find, seen);
      parent.children.splice(index, 1, ...(pieces as Node[]));
      return index + pieces.length;
    });
  };
}

/** Términos que una página usa, en texto o con `<Termino>`, sin mirar código ni enlaces. */
export function termsUsed(tree: Root, terms: readonly Term[]): Set<string> {
  const find = termFinder(terms);
  const used = new Set<string>();
  walk(tree as Parent, (node) => {
    if (isJsx(node) && node.name === 'Termino') used.add(stringAttribute(node, 'id') ?? '');
    if (node.type === 'code' || node.type === 'inlineCode') return 'skip';
    if (node.type === 'text') for (const { id } of find((node as Text).value)) used.add(id);
    return undefined;
  });
  return used;
}

interface Hit {
  id: string;
  start: number;
  end: number;
}

/** Busca formas enteras, la más larga primero: en «clase de almacenamiento» no se enlaza «almacenamiento». */
function termFinder(terms: readonly Term[]): (text: string) => Hit[] {
  const forms = terms.flatMap((term) => term.forms.map((form) => ({ form, id: term.id }))).sort((a, b) => b.form.length - a.form.length);
  const ids = new Map(forms.map(({ form, id }) => [form, id]));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${forms.map(({ form }) => escapeRegExp(form)).join('|')})(?![\\p{L}\\p{N}_-])`, 'gu');
  return (text) => [...text.matchAll(pattern)].map((match) => ({ id: ids.get(match[0]) as string, start: match.index, end: match.index + match[0].length }));
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function linkText(node: Text, find: (text: string) => Hit[], seen: Set<string>): PhrasingContent[] {
  const pieces: PhrasingContent[] = [];
  let from = 0;
  for (const { id, start, end } of find(node.value)) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (start > from) pieces.push({ type: 'text', value: node.value.slice(from, start) });
    pieces.push(textElement('Termino', { id }, [{ type: 'text', value: node.value.slice(start, end) } as Node]) as unknown as PhrasingContent);
    from = end;
  }
  if (from === 0) return [node];
  if (from < node.value.length) pieces.push({ type: 'text', value: node.value.slice(from) });
  return pieces;
}
