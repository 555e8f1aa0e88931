import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from 'estree';
import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import type { VFile } from 'vfile';
import { contrastData, contrastFile, measureData, measuresFolder } from '../site-data/probe-data.ts';
import { failAt } from './fail.ts';
import { isJsx, type JsxElement, stringAttribute } from './jsx.ts';
import { walk } from './walk.ts';

/** Componente → atributo que nombra su laboratorio. */
const NEEDS_LAB: Record<string, string> = {
  Laboratorio: 'id',
  Grabacion: 'lab',
  EnLaMaqueta: 'lab',
  Paso: 'lab',
  LineaDeTiempo: 'lab',
  Pista: 'lab',
  Cabecera: 'lab',
  ParaClase: 'lab',
  ErrorEsperado: 'lab',
  GraficaDeSonda: 'lab',
  CuentasDeSonda: 'lab',
};

/**
 * Da a cada componente los datos de su laboratorio con un `import`: así solo viajan en la página que los usa.
 * Los archivos los genera `src/site-data/site-data-plugin.ts`.
 */
export function labData({ root, labs }: { root: string; labs: () => readonly string[] }) {
  return (tree: Root, file: VFile): void => {
    const wanted = new Map<string, string>();
    walk(tree as Parent, (node) => {
      if (!isJsx(node) || !node.name) return undefined;
      if (node.name === 'Glosario') {
        wanted.set('terms', 'terms.json');
        node.attributes.push(dataAttribute('siteData_terms'));
        return undefined;
      }
      const measure = measureOf(node, (reason) => failAt(file, node, root, reason), root);
      if (measure) {
        wanted.set(measure.id, measure.file);
        node.attributes.push(dataAttribute(`siteData_${measure.id}`));
        return undefined;
      }
      const key = NEEDS_LAB[node.name];
      if (!key) return undefined;
      const id = stringAttribute(node, key);
      if (!id) return failAt(file, node, root, `a <${node.name}> le falta ${key}="NN"`);
      if (!labs().includes(id)) failAt(file, node, root, `no hay laboratorio «${id}» (hay: ${labs().join(', ') || 'ninguno'})`);
      wanted.set(id, `lab-${id}.json`);
      node.attributes.push(dataAttribute(`siteData_${id}`));
      return undefined;
    });
    (tree as Parent).children.unshift(...[...wanted].map(([id, name]) => importOf(`siteData_${id}`, `@generated/bitacora-datos/default/${name}`)));
  };
}

/** Los datos de una medida de la sonda que no es de ningún laboratorio, si el componente pide una. */
function measureOf(node: JsxElement, fail: (reason: string) => never, root: string): { id: string; file: string } | undefined {
  if (node.name === 'ContrasteDeSonda') {
    if (!existsSync(join(root, contrastFile))) fail(`no hay contraste que enseñar: falta ${contrastFile}`);
    return { id: 'contraste', file: contrastData };
  }
  const name = node.name === 'GraficaDeSonda' ? stringAttribute(node, 'medida') : undefined;
  if (name === undefined) return undefined;
  if (!existsSync(join(root, measuresFolder, `${name}.json`))) fail(`no hay medida «${name}» en ${measuresFolder}`);
  return { id: `medida_${name.replaceAll('-', '_')}`, file: measureData(name) };
}

function dataAttribute(name: string) {
  const estree = {
    type: 'Program',
    sourceType: 'module',
    body: [{ type: 'ExpressionStatement', expression: { type: 'Identifier', name } }],
  } as Program;
  return { type: 'mdxJsxAttribute' as const, name: 'data', value: { type: 'mdxJsxAttributeValueExpression' as const, value: name, data: { estree } } };
}

function importOf(name: string, source: string): Node {
  const estree = {
    type: 'Program',
    sourceType: 'module',
    body: [
      {
        type: 'ImportDeclaration',
        specifiers: [{ type: 'ImportDefaultSpecifier', local: { type: 'Identifier', name } }],
        source: { type: 'Literal', value: source, raw: JSON.stringify(source) },
        attributes: [],
      },
    ],
  } as unknown as Program;
  return { type: 'mdxjsEsm', value: `import ${name} from ${JSON.stringify(source)}`, data: { estree } } as Node;
}
