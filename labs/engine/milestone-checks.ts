import type { Check } from './check.ts';
import { isReadyPod } from './reading.ts';
import type { TimedEvent } from './timeline.ts';

/** Lo que le pasa a un Pod, visto en un watch: `web-0 nace`, `web-0 listo`, `web-0 se va`, `web-0 desaparece`. */
export interface Milestone {
  name: string;
  /** `listo`: la primera vez que está Ready; que luego deje de estarlo no se cuenta. */
  what: 'nace' | 'listo' | 'se va' | 'desaparece';
  at: number;
}

/** La historia de los Pods de un watch, por orden de llegada. Cada hito se cuenta una vez por UID. */
export function milestonesOf(events: readonly TimedEvent[]): Milestone[] {
  const told = new Set<string>();
  const story: Milestone[] = [];
  for (const { type, object, at } of events) {
    const { name, uid, deletionTimestamp } = object.metadata;
    const tell = (what: Milestone['what'], isTrue: boolean) => {
      if (!isTrue || told.has(`${uid} ${what}`)) return;
      told.add(`${uid} ${what}`);
      story.push({ name, what, at });
    };
    tell('nace', type === 'added');
    tell('listo', type !== 'deleted' && isReadyPod(object));
    tell('se va', type !== 'deleted' && deletionTimestamp !== undefined);
    tell('desaparece', type === 'deleted');
  }
  return story;
}

/**
 * La historia es exactamente esta, en este orden: `unfolds('web-0 nace', 'web-0 listo', 'web-1 nace')`.
 * Un hito fuera de turno o de más no se cura: la espera acaba ahí.
 */
export const unfolds = (...expected: string[]): Check<readonly TimedEvent[]> => ({
  describe: expected.join(', '),
  test(events) {
    const found = milestonesOf(events).map(sayMilestone);
    const wrong = found.findIndex((milestone, index) => milestone !== expected[index]);
    if (wrong >= 0) {
      const due = expected[wrong] ?? 'nada más';
      const after = wrong === 0 ? '' : ` tras «${found[wrong - 1]}»`;
      return { ok: false, mismatch: { path: `historia${after}`, expected: due, found: String(found[wrong]) }, cannotHeal: `«${found[wrong]}» fuera de turno` };
    }
    if (found.length === expected.length) return { ok: true };
    return {
      ok: false,
      mismatch: { path: `historia, hito ${found.length + 1} de ${expected.length}`, expected: String(expected[found.length]), found: 'nada todavía' },
    };
  },
});

/** Todos llegan a ese hito antes de que ninguno llegue al otro: nadie espera a nadie. */
export const allBefore = (names: readonly string[], what: Milestone['what'], other: Milestone['what']): Check<readonly TimedEvent[]> => ({
  describe: `${names.join(', ')}: ${what} los ${names.length} antes del primer «${other}»`,
  test(events) {
    const story = milestonesOf(events).filter(({ name }) => names.includes(name));
    const first = story.findIndex((milestone) => milestone.what === other);
    const reached = new Set((first < 0 ? story : story.slice(0, first)).filter((milestone) => milestone.what === what).map(({ name }) => name));
    if (reached.size === names.length) return { ok: true };
    const mismatch = { path: `«${what}» antes del primer «${other}»`, expected: names.join(', '), found: [...reached].join(', ') || 'ninguno' };
    return first < 0 ? { ok: false, mismatch } : { ok: false, mismatch, cannotHeal: `${story[first]?.name} llegó antes a «${other}»` };
  },
});

/** Cuándo llegó el primero y el último a ese hito. */
export function spanOf(story: readonly Milestone[], what: Milestone['what']): { first: number; last: number } {
  const times = story.filter((milestone) => milestone.what === what).map(({ at }) => at);
  if (times.length === 0) throw new Error(`Nadie llegó a «${what}»: compruébalo antes con unfolds o allBefore`);
  return { first: Math.min(...times), last: Math.max(...times) };
}

const sayMilestone = ({ name, what }: Milestone): string => `${name} ${what}`;

/** Los hitos en una línea, con los segundos desde el primero: `web-0 nace 0,0 s · web-0 listo 2,1 s`. */
export function tellStory(story: readonly Milestone[]): string {
  const start = story[0]?.at ?? 0;
  return story.map((milestone) => `${sayMilestone(milestone)} ${((milestone.at - start) / 1000).toFixed(1).replace('.', ',')} s`).join(' · ');
}
