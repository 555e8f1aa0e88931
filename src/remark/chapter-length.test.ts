import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const docs = join(import.meta.dirname, '../../docs');
const chapters = readdirSync(docs).filter((name) => /^\d\d-/.test(name));
const shortest = 1200;
const longest = 2500;

/** Lo que se lee: sin cabecera, bloques de código, lo incluido, imports ni etiquetas. Lo que va entre etiquetas sí se lee. */
function wordsRead(source: string): number {
  const prose = source
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replace(/^(import|export) .*$/gm, '')
    .replace(/^::include.*$/gm, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(/<\/?[A-Za-z][^<>]*>/g, '');
  return prose.split(/\s+/).filter(Boolean).length;
}

describe('la cuenta de palabras', () => {
  it('deja fuera lo que no es prosa y cuenta lo que va entre etiquetas', () => {
    const source = [
      ...['---', 'title: no cuenta', '---', '', "import X from 'y';", '', '## Uno dos {#tres}', ''],
      ...['~~~mermaid', 'flowchart', '~~~', '', '::include{file="a.yaml"}', '', '<Pregunta texto="no cuenta">', 'cuatro `cinco` **seis**', '</Pregunta>'],
    ].join('\n');
    // También la almohadilla y el ancla: mejor contar de más.
    expect(wordsRead(source)).toBe(7);
  });
});

it.each(chapters)(`%s tiene entre ${shortest} y ${longest} palabras`, (name) => {
  const words = wordsRead(readFileSync(join(docs, name, 'index.mdx'), 'utf8'));
  expect(words).toBeGreaterThanOrEqual(shortest);
  expect(words).toBeLessThanOrEqual(longest);
});
