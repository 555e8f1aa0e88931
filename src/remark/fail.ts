import type { Node } from 'unist';
import type { VFile } from 'vfile';

/**
 * Detiene la construcción nombrando el archivo y la línea, como un compilador: `docs/04-…/index.mdx:37: motivo`.
 * Docusaurus envuelve el mensaje, pero lo enseña entero.
 */
export function failAt(file: VFile, node: Node, root: string, reason: string): never {
  const path = file.path.startsWith(root) ? file.path.slice(root.length).replace(/^[\\/]/, '') : file.path;
  throw new Error(`${path}:${node.position?.start.line ?? 1}: ${reason}`);
}
