import type { Names } from './names.ts';
import type { Seen } from './observe.ts';
import { matchesLabels } from './refs.ts';
import type { DeclaredOrder, Milestone } from './scenario.ts';
import { counted } from './tally.ts';
import type { Lines } from './trace.ts';
import { isPodReady } from './views/pod-status-word.ts';

/**
 * El orden declarado entre objetos de un tipo, por llegada en un mismo watch. Hitos iguales y seguidos van juntos: entre ellos el
 * orden no dice nada (`creado web-0, web-1, web-2`), y así crear en paralelo no se parece a crear de uno en uno.
 */
export function orderLines(log: readonly Seen[], names: Names, declared: readonly DeclaredOrder[]): Lines[] {
  const steps = Math.max(0, ...log.map(({ step }) => step + 1));
  const known = new Map<string, Set<Milestone>>();
  return Array.from({ length: steps }, (_value, index) =>
    Object.fromEntries(
      declared.flatMap(({ kind, labels, milestones }) => {
        const runs: { milestone: Milestone; who: string[] }[] = [];
        for (const seen of log) {
          if (seen.kind !== kind || seen.step !== index || (labels && !matchesLabels(seen.object, labels))) continue;
          for (const milestone of reached(seen, known)) {
            if (!milestones.includes(milestone)) continue;
            const who = names.text(seen.object.metadata.name);
            const run = runs.at(-1);
            if (run?.milestone === milestone) run.who.push(who);
            else runs.push({ milestone, who: [who] });
          }
        }
        if (runs.length === 0) return [];
        const text = runs.map(({ milestone, who }) => `${milestone} ${who.some(names.isAnonymous) ? counted(who) : [...who].sort().join(', ')}`).join(' → ');
        return [[`orden de ${kind}${labels ? ` (${labels})` : ''}`, text]];
      }),
    ),
  );
}

/** Los hitos que un objeto alcanza con esta novedad y no tenía. */
function reached({ type, object }: Seen, known: Map<string, Set<Milestone>>): Milestone[] {
  const { uid } = object.metadata;
  const before = known.get(uid) ?? new Set<Milestone>();
  known.set(uid, before);
  const now: Milestone[] = ['creado'];
  if (isPodReady(object)) now.push('listo');
  if (object.metadata.deletionTimestamp) now.push('borrándose');
  if (type === 'DELETED' || object.status?.phase === 'Succeeded' || object.status?.phase === 'Failed') now.push('acabado');
  if (type === 'DELETED') now.push('borrado');
  const fresh = now.filter((milestone) => !before.has(milestone));
  for (const milestone of fresh) before.add(milestone);
  return fresh;
}
