import { expect, it } from 'vitest';
import { reduce } from './reduce.ts';

const asked: string[] = [];
const failsWith =
  (...needed: string[]) =>
  async (items: readonly string[]) => {
    asked.push(items.join(''));
    return needed.every((item) => items.includes(item));
  };

it('quita todo lo que no hace falta para que falle', async () => {
  expect(await reduce(['a', 'b', 'c', 'd'], failsWith('b', 'd'), () => true)).toEqual(['b', 'd']);
});

it('no prueba dos veces lo mismo: una prueba por acción', async () => {
  asked.length = 0;
  await reduce(['a', 'b', 'c'], failsWith('c'), () => true);
  expect(asked).toEqual(['ab', 'ac', 'c']);
});

it('si se acaba el tiempo, da lo más corto que tenía', async () => {
  let left = 2;
  expect(await reduce(['a', 'b', 'c', 'd'], failsWith('a'), () => left-- > 0)).toEqual(['a', 'b']);
});
