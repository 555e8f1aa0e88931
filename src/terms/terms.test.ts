import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from 'mdast';
import type { Parent } from 'unist';
import { describe, expect, it } from 'vitest';
import { resources } from '../maqueta/schema/resources.generated.ts';
import { walk } from '../remark/walk.ts';
import { readChapters } from '../site-data/chapters.ts';
import { parseMdx, readTermUsage } from '../site-data/term-usage.ts';
import { terms } from './terms.ts';

const root = join(import.meta.dirname, '../..');

/** Los tipos que se guardan en un clúster y las piezas que lo gobiernan. «Node» no: en la prosa es Node.js, y el tipo se llama nodo. */
const names = [
  ...resources.map(({ kind }) => kind).filter((kind) => kind !== 'Node' && kind !== 'Event' && kind !== 'Secret'),
  ...['Ingress', 'Gateway', 'Job', 'CronJob', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'ReplicationController', 'CustomResourceDefinition'],
  ...['kubelet', 'kube-proxy', 'kube-scheduler', 'kube-apiserver', 'etcd', 'CoreDNS', 'PodGC'],
];
const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${names.join('|')})s?(?![\\p{L}\\p{N}_-])`, 'gu');

/** Los que dice la prosa: ni en el código ni dentro de un enlace, que ya lleva a donde se explica. */
function namesSaid(source: string): Set<string> {
  const said = new Set<string>();
  walk(parseMdx(source) as Parent, (node) => {
    if (['code', 'inlineCode', 'link'].includes(node.type)) return 'skip';
    if (node.type === 'text') for (const [name] of (node as Text).value.matchAll(pattern)) said.add(name);
    return undefined;
  });
  return said;
}

describe('el glosario', () => {
  it('no tiene ningún término que nadie use', () => {
    const usage = readTermUsage(root);
    expect(terms.filter((term) => usage[term.id]?.length === 0).map((term) => term.term)).toEqual([]);
  });

  it('define todo <Termino> que escribe un capítulo', () => {
    const known = new Set(terms.map((term) => term.id));
    expect(Object.keys(readTermUsage(root)).filter((id) => !known.has(id))).toEqual([]);
  });

  it('define todo nombre de Kubernetes que un capítulo dice en su prosa', () => {
    const forms = new Set(terms.flatMap((term) => term.forms));
    const missing = readChapters(root).flatMap(({ id, path }) =>
      [...namesSaid(readFileSync(join(root, path, 'index.mdx'), 'utf8'))].filter((name) => !forms.has(name)).map((name) => `${id}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('da a cada uno su nombre en inglés y su página oficial', () => {
    expect(terms.filter(({ english, official }) => english.trim() === '' || !/^(\/(es\/)?docs\/|https:\/\/)\S+$/.test(official)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('no repite identificadores ni formas: cada palabra lleva a un solo sitio', () => {
    const ids = terms.map((term) => term.id);
    const forms = terms.flatMap((term) => term.forms);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([]);
  });

  it('enlaza el término con el que se presenta', () => {
    expect(terms.filter((term) => !term.forms.includes(term.term)).map((term) => term.term)).toEqual([]);
  });

  it('define cada uno con una sola frase acabada, sin definirlo por sí mismo', () => {
    const circular = terms.filter((term) => term.definition.toLocaleLowerCase('es').startsWith(term.term.toLocaleLowerCase('es')));
    expect(terms.filter((term) => !/^[A-ZÁÉÍÓÚ].{30,}\.$/.test(term.definition) || /[.?!…] /.test(term.definition)).map((term) => term.term)).toEqual([]);
    expect(circular.map((term) => term.term)).toEqual([]);
  });

  it('lo enlaza una página del sitio', () => {
    const pages = readdirSync(join(root, 'docs')).filter((name) => name === 'terminos.mdx');
    expect(pages.map((name) => readFileSync(join(root, 'docs', name), 'utf8').includes('<Glosario />'))).toEqual([true]);
  });
});
