import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTermUsage } from '../site-data/term-usage.ts';
import { terms } from './terms.ts';

const root = join(import.meta.dirname, '../..');

describe('el glosario', () => {
  it('no tiene ningún término que nadie use', () => {
    const usage = readTermUsage(root);
    expect(terms.filter((term) => usage[term.id]?.length === 0).map((term) => term.term)).toEqual([]);
  });

  it('define todo <Termino> que escribe un capítulo', () => {
    const known = new Set(terms.map((term) => term.id));
    expect(Object.keys(readTermUsage(root)).filter((id) => !known.has(id))).toEqual([]);
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

  it('define cada uno con frases acabadas, sin definirlo por sí mismo', () => {
    const circular = terms.filter((term) => term.definition.toLocaleLowerCase('es').startsWith(term.term.toLocaleLowerCase('es')));
    expect(terms.filter((term) => !/^[A-ZÁÉÍÓÚ].{30,}\.$/.test(term.definition)).map((term) => term.term)).toEqual([]);
    expect(circular.map((term) => term.term)).toEqual([]);
  });

  it('lo enlaza una página del sitio', () => {
    const pages = readdirSync(join(root, 'docs')).filter((name) => name === 'terminos.mdx');
    expect(pages.map((name) => readFileSync(join(root, 'docs', name), 'utf8').includes('<Glosario />'))).toEqual([true]);
  });
});
