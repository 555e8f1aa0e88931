import type { Code, Root } from 'mdast';
import type { Parent } from 'unist';
import type { VFile } from 'vfile';
import { failAt } from './fail.ts';
import { flowElement, isJsx } from './jsx.ts';
import { walk } from './walk.ts';

const BYPASS = new Set(['pre', 'CodeBlock', 'Incluido', 'Ilustrativo', 'Letra', 'Diagrama']);

/**
 * Nada se pega: un bloque de código viene de un include o de una grabación, es un diagrama `mermaid`,
 * o dice por qué es solo ilustrativo. Ese motivo se enseña.
 */
export function looseCode({ root }: { root: string }) {
  return (tree: Root, file: VFile): void => {
    walk(tree as Parent, (node, index, parent) => {
      if (isJsx(node) && node.name && BYPASS.has(node.name)) {
        failAt(file, node, root, `<${node.name}> no se escribe a mano: usa ::include{file="…"} o una grabación`);
      }
      if (node.type !== 'code') return undefined;
      const code = node as Code;
      if (code.lang === 'mermaid') return undefined;
      const reason = illustrativeReason(code);
      if (reason === undefined) {
        failAt(file, node, root, 'hay código pegado: usa ::include{file="…"}, una grabación, o di por qué no se ejecuta con ilustrativo="motivo"');
      }
      if (reason.trim().length < 8) failAt(file, node, root, 'ilustrativo lleva su motivo, con palabras: ilustrativo="es la salida de otra versión"');
      parent.children.splice(index, 1, flowElement('Ilustrativo', { reason, language: code.lang ?? 'text', code: code.value }));
      return index + 1;
    });
  };
}

/** El motivo va tras el lenguaje: ```` ```yaml ilustrativo="…" ````. */
function illustrativeReason({ lang, meta }: Code): string | undefined {
  const line = [lang, meta].filter(Boolean).join(' ');
  return /(?:^|\s)ilustrativo="([^"]*)"/.exec(line)?.[1];
}
