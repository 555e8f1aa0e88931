import type { Environment } from '../environment.ts';
import { order } from '../parse.ts';
import { contentHash } from '../progress/content-hash.ts';
import { labProgress, type Progress, stateOf } from '../progress/progress.ts';
import { folderOf } from '../registry.ts';

/** Cuántos laboratorios están hechos y qué orden sigue: el primero que no; hechos todos, repetirlos seguidos. */
export async function whereYouAre({ root, labs }: Pick<Environment, 'root' | 'labs'>, progress: Progress): Promise<{ done: number; next: string }> {
  const states = await Promise.all(
    labs.map(async (entry) => ({ id: entry.id, state: stateOf(labProgress(progress, entry.id), await contentHash(root, folderOf(entry))) })),
  );
  const current = states.find(({ state }) => state !== 'done');
  return { done: states.filter(({ state }) => state === 'done').length, next: current ? order(current.id) : order('todos') };
}
