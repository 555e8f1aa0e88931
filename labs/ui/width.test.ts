import { describe, expect, it } from 'vitest';
import { clip, padTo, widthOf, wrap } from './width.ts';

const nfd = (text: string) => text.normalize('NFD');

describe('el ancho se mide tras normalizar', () => {
  it.each([
    ['añádelo', 7],
    [nfd('añádelo'), 7],
    [nfd('Íñigo'), 5],
    ['¿…?', 3],
    ['日本', 4],
    ['✔', 1],
    ['', 0],
  ])('«%s» mide %i', (text, columns) => expect(widthOf(text)).toBe(columns));

  it('rellena lo mismo en NFC y en NFD', () => {
    expect(padTo(nfd('Íñigo'), 8).normalize('NFC')).toBe('Íñigo   ');
  });
});

describe('wrap', () => {
  it('parte por espacios', () => expect(wrap('uno dos tres', 7)).toEqual(['uno dos', 'tres']));
  it('no parte una palabra aunque no quepa: un nombre se tiene que poder copiar', () =>
    expect(wrap('ver lab-04-mundo-real-largo ya', 10)).toEqual(['ver', 'lab-04-mundo-real-largo', 'ya']));
  it('no deja espacios colgando', () => expect(wrap('uno   dos', 4)).toEqual(['uno', 'dos']));
});

describe('clip', () => {
  it('recorta sin partir un carácter compuesto', () => expect(clip(nfd('añádelo'), 4)).toBe('añá…'));
  it('lo que cabe queda igual', () => expect(clip('corto', 5)).toBe('corto'));
});
