import { expect, it } from 'vitest';
import { labs } from './registry.ts';

it.each(labs.map((entry) => [entry.id, entry] as const))('la lista dice del laboratorio %s lo mismo que su lab.ts', async (_, entry) => {
  const { id, slug, title } = await entry.load();
  expect({ id, slug, title }).toEqual({ id: entry.id, slug: entry.slug, title: entry.title });
});

it('van por número y ninguno se repite', () => {
  const ids = labs.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});
