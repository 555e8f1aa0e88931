import type { Lines } from './trace.ts';
import type { Track } from './views/view.ts';

/** Dónde está un valor de su paso: un valor de paso lo es según dónde esté. */
export type Place = 'first' | 'last';

interface Called {
  called: string;
  isAnonymous: boolean;
}

/** Junta lo que cambió en un paso y lo escribe en líneas. */
export interface Tally<Owner extends Called> {
  note(owner: Owner, track: string, before: Track | undefined, value: Track): void;
  /** `keep` dice qué valores de qué pista cuentan: los demás son de paso. `skipsDips`, qué números no cuentan sus bajadas de un instante. */
  lines(keep: (key: string, value: string, place?: Place) => boolean, skipsDips?: (key: string) => boolean): Lines;
}

export function createTally<Owner extends Called>(): Tally<Owner> {
  const notes = new Map<Owner, Map<string, Track[]>>();
  return {
    note(owner, track, before, value) {
      let tracks = notes.get(owner);
      if (!tracks) notes.set(owner, (tracks = new Map()));
      const values = tracks.get(track);
      if (values) values.push(value);
      else tracks.set(track, [...(before === undefined ? (typeof value === 'number' ? [0] : []) : [before]), value]);
    },
    lines(keep, skipsDips = () => false) {
      const groups = new Map<string, { isAnonymous: boolean; values: string[] }>();
      for (const [owner, tracks] of notes) {
        for (const [track, values] of tracks) {
          const key = `${owner.called} · ${track}`;
          const kindTrack = `${owner.called.split(' ')[0]} · ${track}`;
          const text = write(values, (value, place) => keep(kindTrack, value, place), skipsDips(kindTrack));
          if (text === undefined) continue;
          const group = groups.get(key) ?? { isAnonymous: owner.isAnonymous, values: [] };
          group.values.push(text);
          groups.set(key, group);
        }
      }
      return Object.fromEntries([...groups].map(([key, { isAnonymous, values }]) => [key, isAnonymous ? counted(values) : values.join(' ; ')]));
    },
  };
}

/** Números, de extremo a extremo; textos, uno tras otro sin repetidos seguidos. `undefined`: no queda nada que contar. */
function write(values: readonly Track[], keep: (value: string, place?: Place) => boolean, skipsDips: boolean): string | undefined {
  if (values.every((value) => typeof value === 'number')) return range(values, skipsDips);
  const last = values.length - 1;
  const kept = values.map(String).filter((value, index) => index === last || keep(value, index === 0 ? 'first' : undefined));
  const texts = kept.length > 1 && !keep(kept.at(-1) ?? '', 'last') ? kept.slice(0, -1) : kept;
  const path = texts.filter((value, index) => index === 0 || value !== texts[index - 1]);
  if (path.length === 1 && values.length > 1) return keep(path[0] ?? '') && values[0] !== values[last] ? path[0] : undefined;
  return path.length === 1 && !keep(path[0] ?? '') ? undefined : path.join(' → ');
}

/** `0→3`, y hasta dónde llegó por el camino si se salió. Los pasos intermedios dependen de cuántas escrituras se juntan en una. */
function range(values: readonly number[], skipsDips: boolean): string | undefined {
  const from = values[0] ?? 0;
  const to = values.at(-1) ?? 0;
  const lowest = skipsDips ? Math.min(from, to) : Math.min(...values);
  const highest = Math.max(...values);
  if (lowest === highest) return undefined;
  return `${from}→${to}${highest > Math.max(from, to) ? ` (sube a ${highest})` : ''}${lowest < Math.min(from, to) ? ` (baja a ${lowest})` : ''}`;
}

/** `×2 A ; ×1 B`, ordenado como texto. */
export function counted(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, count]) => `×${count} ${value}`)
    .join(' ; ');
}
