import { expect, it } from 'vitest';
import { LabError } from '../../engine/lab-error.ts';
import { parseRandom } from './parse-random.ts';

it('sin decir nada: 90 s, la semilla de las entregas y ocho programas por lo menos', () => {
  expect(parseRandom([])).toEqual({ seed: 7, duration: '90s', least: 8, isNoted: false });
});

it('se dice en cualquier orden', () => {
  expect(parseRandom(['pasos=0,2', 'semilla=3', 'durante=2m', 'caso=20', 'minimo=1', 'anotar', 'kubeconfig=a=b'])).toEqual({
    seed: 3,
    duration: '2m',
    least: 1,
    isNoted: true,
    only: { index: 20, places: [0, 2] },
    kubeconfig: 'a=b',
  });
  expect(parseRandom(['caso=0', 'pasos=']).only).toEqual({ index: 0, places: [] });
});

it.each([
  ['segundos=90', 'No conozco «segundos».'],
  ['semillas=1', 'No conozco «semillas». ¿Querías decir «semilla»?'],
  ['semilla', 'A «semilla» le falta «=» y su valor.'],
  ['anotar=si', '«anotar» va solo.'],
  ['semilla=-1', '«semilla=-1» no vale: se espera un número entero.'],
  ['durante=90', '«90» no es una duración: se espera un número y ms, s o m, como 60s.'],
  ['caso=500', '«caso=500» no vale: hay 500 por semilla, del 0 al 499.'],
  ['pasos=0,2', '«pasos» dice qué acciones de un caso: falta «caso».'],
  ['pasos=a', '«pasos=a» no vale: se esperan números separados por comas, como 0,2.'],
])('%s no se entiende, y se dice por qué', (word, message) => {
  expect(() => parseRandom([word])).toThrow(new LabError(message, { code: 'USAGE', fix: 'node labs/fidelity/random.ts durante=90s semilla=7' }));
});
