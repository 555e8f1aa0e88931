import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Code } from 'mdast';
import type { Parent } from 'unist';
import { VFile } from 'vfile';
import { describe, expect, it } from 'vitest';
import { labFolders } from '../site-data/load-lab.ts';
import { parseMdx } from '../site-data/term-usage.ts';
import { accessibleDescription, accessibleTitle, diagram } from './diagram.ts';
import { include } from './include.ts';
import { labData } from './lab-data.ts';
import { looseCode } from './loose-code.ts';
import { walk } from './walk.ts';

// Lo mismo que detiene la construcción, sin esperar a construir.
const root = join(import.meta.dirname, '../..');
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.mdx') || name.endsWith('.md'))
  .map((name) => join(root, 'docs', name));

const codeBlocks = (path: string): Code[] => {
  const blocks: Code[] = [];
  walk(parseMdx(readFileSync(path, 'utf8')) as Parent, (node) => {
    if (node.type === 'code') blocks.push(node as Code);
    return undefined;
  });
  return blocks;
};

it('hay páginas que comprobar', () => {
  expect(pages.map((path) => relative(root, path))).toContain('docs/terminos.mdx');
});

describe.each(pages.map((path) => [relative(root, path), path]))('%s', (_, path) => {
  it('no tiene código pegado y todo lo que incluye existe', () => {
    const source = readFileSync(path, 'utf8');
    const tree = parseMdx(source);
    const file = new VFile({ path, value: source });
    const labs = (): string[] => labFolders(root).map((folder) => folder.slice(0, 2));
    const check = (): void => {
      for (const plugin of [looseCode({ root }), diagram({ root }), include({ root }), labData({ root, labs })]) plugin(tree, file);
    };
    expect(check).not.toThrow();
  });

  it('abre y cierra sus bloques con ~~~: una línea con tres acentos y nada más parecería una salida pegada', () => {
    const loose = readFileSync(path, 'utf8')
      .split('\n')
      .flatMap((line, index) => (/^```(text|console|output)?$/.test(line) ? [index + 1] : []));
    expect(loose).toEqual([]);
  });

  it('describe con palabras cada diagrama', () => {
    const mute = codeBlocks(path).filter((code) => code.lang === 'mermaid' && !(accessibleTitle(code.value) && accessibleDescription(code.value).length > 30));
    expect(mute.map((code) => code.position?.start.line)).toEqual([]);
  });

  it('pone identificador a cada título y no se salta niveles', () => {
    const headings = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => /^#{1,6} /.test(line));
    expect(headings.filter((line) => !/\{#[a-z0-9-]+\}$/.test(line))).toEqual([]);
    const depths = headings.map((line) => line.indexOf(' '));
    expect(depths.filter((depth, index) => depth > (depths[index - 1] ?? 1) + 1)).toEqual([]);
  });
});
