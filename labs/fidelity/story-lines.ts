import { watched } from './kinds.ts';
import type { Names } from './names.ts';
import type { Seen } from './observe.ts';
import { isDipPassing, isFarewell, isPassing } from './passing.ts';
import type { Scenario } from './scenario.ts';
import { createTally, type Tally } from './tally.ts';
import type { Lines } from './trace.ts';
import type { Track } from './views/view.ts';
import { viewOf } from './views/view-of.ts';

/** El espacio estaba antes de empezar: solo se cuenta lo que cambie en él. */
const mute: Pick<Tally<Life>, 'note'> = { note() {} };

/** Con este valor nace una pista que no dice nada: no hace falta contarlo. */
const silent: ReadonlySet<string> = new Set(['no', 'ninguno', 'ninguna', 'nadie', 'sin nombre']);

/** Lo que se sabe de una cosa a lo largo del escenario. */
interface Life {
  kind: string;
  /** Nombre con el que sale en la traza. */
  called: string;
  isAnonymous: boolean;
  last: Map<string, Track>;
  parts: Map<string, Life>;
}

/**
 * Los cambios de cada objeto, paso a paso y pista a pista. Los objetos con nombre al azar no se distinguen entre sí: se cuentan
 * juntos, y `×3` dice cuántos tuvieron la misma historia.
 */
export function storyLines(log: readonly Seen[], names: Names, scenario: Scenario): Lines[] {
  const lives = new Map<string, Life>();
  const called = new Map<string, number>();
  const loose = new Set((scenario.looseTracks ?? []).map(({ track }) => track));

  const nameOf = (kind: string, name: string): string => {
    const alias = `${kind} ${names.text(name)}`;
    if (names.isAnonymous(alias)) return alias;
    const times = (called.get(alias) ?? 0) + 1;
    called.set(alias, times);
    return times === 1 ? alias : `${alias} (${times}.º con ese nombre)`;
  };
  const newLife = (kind: string, name: string): Life => ({ kind, called: name, isAnonymous: names.isAnonymous(name), last: new Map(), parts: new Map() });

  return scenario.steps.map((_step, index) => {
    const tally = createTally();
    for (const kind of watched) {
      if (kind === 'Event') continue;
      for (const seen of log) {
        if (seen.step !== index || seen.kind !== kind) continue;
        const { uid, name } = seen.object.metadata;
        let life = lives.get(uid);
        if (!life) {
          life = newLife(kind, nameOf(kind, name));
          lives.set(uid, life);
          if (kind !== 'Namespace') tally.note(life, 'vida', undefined, 'creado');
        }
        take(life, seen, kind === 'Namespace' && seen.type === 'ADDED' ? mute : tally, names);
      }
    }
    return tally.lines((key, value, place) => !loose.has(key) && !isPassing(key, value, place), isDipPassing);
  });
}

function take(life: Life, { type, kind, object }: Seen, tally: Pick<Tally<Life>, 'note'>, names: Names): void {
  const gone = new Set(life.parts.keys());
  const views = viewOf(kind, object);
  for (const { part, label, tracks } of views) {
    let owner = life;
    if (part) {
      gone.delete(part);
      const found = life.parts.get(part);
      const name = `${life.called} · ${names.text(label)}`;
      owner = found ?? { kind: life.kind, called: name, isAnonymous: names.isAnonymous(name), last: new Map(), parts: new Map() };
      if (!found) life.parts.set(part, owner);
    }
    if (type === 'DELETED' && part) {
      gone.add(part);
      continue;
    }
    if (type === 'DELETED') continue;
    note(owner, object.metadata.deletionTimestamp ? withoutFarewell(owner, tracks) : tracks, tally, names);
  }
  for (const part of gone) {
    const owner = life.parts.get(part);
    if (owner) tally.note(owner, 'estado', owner.last.get('estado'), 'fuera');
    life.parts.delete(part);
  }
  if (type === 'DELETED') {
    if (kind === 'Pod') tally.note(life, 'estado', life.last.get('estado'), 'borrado');
    tally.note(life, 'vida', 'está', 'borrado');
  }
}

/** Mientras se borra, lo que no se compara se queda como estaba. */
function withoutFarewell({ kind, last }: Life, tracks: Readonly<Record<string, Track>>): Record<string, Track> {
  const kept = [...last].filter(([track]) => isFarewell(`${kind} · ${track}`));
  return Object.fromEntries([...Object.entries(tracks).filter(([track]) => !isFarewell(`${kind} · ${track}`)), ...kept]);
}

/** Apunta lo que cambia. Una pista que desaparece vuelve a su nada: 0 si era un número. */
function note(life: Life, tracks: Readonly<Record<string, Track>>, tally: Pick<Tally<Life>, 'note'>, names: Names): void {
  for (const track of new Set([...life.last.keys(), ...Object.keys(tracks)])) {
    const before = life.last.get(track);
    const raw = tracks[track];
    const value = typeof raw === 'string' ? names.text(raw) : (raw ?? (typeof before === 'number' ? 0 : 'sin dato'));
    if (value === before) continue;
    life.last.set(track, value);
    if (before === undefined && (value === 0 || (typeof value === 'string' && silent.has(value)))) continue;
    tally.note(life, track, before, value);
  }
}
