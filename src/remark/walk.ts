import type { Node, Parent } from 'unist';

export const hasChildren = (node: Node): node is Parent => Array.isArray((node as Parent).children);

/**
 * Recorre el árbol en orden de lectura. `visit` puede cambiar los hijos del padre; si devuelve un número,
 * se sigue por ese índice, y si devuelve `'skip'` no se entra en el nodo.
 */
export function walk(parent: Parent, visit: (node: Node, index: number, parent: Parent) => number | 'skip' | undefined): void {
  for (let index = 0; index < parent.children.length; ) {
    const node = parent.children[index] as Node;
    const answer = visit(node, index, parent);
    if (typeof answer === 'number') {
      index = answer;
      continue;
    }
    if (answer !== 'skip' && hasChildren(node)) walk(node, visit);
    index += 1;
  }
}
