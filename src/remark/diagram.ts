import type { Code, Root } from 'mdast';
import type { Parent } from 'unist';
import type { VFile } from 'vfile';
import { failAt } from './fail.ts';
import { flowElement } from './jsx.ts';
import { walk } from './walk.ts';

/**
 * Un bloque `mermaid` pasa a ser un diagrama con su título y su texto equivalente, que se lee sin JavaScript.
 * No se usa el complemento de mdx-mermaid 2.0.4: importa su componente de entrada en cada página (y con él mermaid
 * entero) y su otra salida pide un navegador y una CDN. El componente sí: lo envuelve `src/components/diagram`.
 */
export function diagram({ root }: { root: string }) {
  return (tree: Root, file: VFile): void => {
    walk(tree as Parent, (node, index, parent) => {
      if (node.type !== 'code' || (node as Code).lang !== 'mermaid') return undefined;
      const { value } = node as Code;
      const title = accessibleTitle(value);
      const description = accessibleDescription(value);
      if (!title) failAt(file, node, root, 'al diagrama le falta accTitle: qué es, en una línea');
      if (!description) failAt(file, node, root, 'al diagrama le falta accDescr: lo mismo que se ve, con palabras');
      parent.children.splice(index, 1, flowElement('Diagrama', { chart: value, title, description }));
      return index + 1;
    });
  };
}

export const accessibleTitle = (chart: string): string => /^\s*accTitle\s*:\s*(.+)$/m.exec(chart)?.[1]?.trim() ?? '';

export const accessibleDescription = (chart: string): string =>
  (/^\s*accDescr\s*:\s*(.+)$/m.exec(chart)?.[1] ?? /^\s*accDescr\s*\{([^}]*)\}/m.exec(chart)?.[1] ?? '').trim().replace(/\s+/g, ' ');
