import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { eraseTypes } from '../../src/maqueta/programs/node/erase-types.ts';
import { generatedFiles } from './generated-files.ts';
import { inlineScript, scriptParts } from './inline-script.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const script = inlineScript(scriptParts.map(read));

describe('lo generado a partir del guion de la sonda', () => {
  it.each(Object.entries(generatedFiles(script)))('%s está al día: node labs/sonda/generate.ts', (path, text) => {
    expect(read(path)).toBe(text);
  });

  it('el ConfigMap lleva el guion entero, y la maqueta sabe borrar sus tipos', () => {
    const mounted = (parse(read('manifests/sonda/guion.yaml')) as { data: Record<string, string> }).data['sonda.ts'] ?? '';
    expect(mounted).toBe(script);
    const erased = eraseTypes(mounted) ?? '';
    // Lo ejecutado es lo montado, con trozos en blanco y nada más.
    const changed = erased
      .split('\n')
      .filter((line, row) => [...line].some((char, column) => char.trim() !== '' && char !== mounted.split('\n')[row]?.[column]));
    expect(changed).toEqual([]);
    expect(erased).not.toMatch(/interface |: ProbeResult/);
  });

  it('un guion cambiado en una letra ya no se reconoce', () => {
    expect(eraseTypes(script.replace('plazo', 'plaza'))).toBeUndefined();
  });

  it('es un archivo suelto: solo importa de Node', () => {
    expect([...script.matchAll(/^import .* from '(.*)';$/gm)].map((match) => match[1])).toEqual(['node:http', 'node:http', 'node:os']);
    expect(script).not.toMatch(/^export /m);
  });
});
