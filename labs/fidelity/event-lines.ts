import type { Names } from './names.ts';
import type { Seen } from './observe.ts';
import { passingEvent } from './passing.ts';
import type { Scenario } from './scenario.ts';
import { counted } from './tally.ts';
import type { Lines } from './trace.ts';
import { eventText, isTimeDependent, sourceOf } from './views/event.ts';

/**
 * Sucesos de cada objeto según quién los cuenta, en el orden en que los contó por primera vez en el paso. Cuántas veces, solo si
 * depende de lo que pasa y no de cuánto se mire.
 */
export function eventLines(log: readonly Seen[], names: Names, { steps, looseEvents = [] }: Scenario): Lines[] {
  const counts = new Map<string, number>();
  // Lo que se repite con el reloj solo se cuenta la primera vez: que vuelva a salir en otro paso depende de cuándo acabe este.
  const told = new Set<string>();
  return steps.map((_step, index) => {
    const byObject = new Map<string, { called: string; times: Map<string, number | undefined> }>();
    for (const { step, kind, type, object } of log) {
      if (kind !== 'Event' || type === 'DELETED' || passingEvent.test(object.message ?? '')) continue;
      const count = object.series?.count ?? object.count ?? 1;
      const grown = count - (counts.get(object.metadata.uid) ?? 0);
      if (step !== index || grown <= 0) continue;
      counts.set(object.metadata.uid, count);
      const { kind: about, name, uid } = object.involvedObject;
      const source = names.text(sourceOf(object));
      const key = `${uid} ${source}`;
      const group = byObject.get(key) ?? { called: `${about} ${names.text(name)} · sucesos de ${source}`, times: new Map() };
      const isLoose = looseEvents.includes(object.reason);
      const text = isLoose ? `${object.type} ${object.reason} (texto según el reparto del tiempo)` : names.text(eventText(object)).trim();
      if (isTimeDependent(object)) {
        if (told.has(`${key} ${text}`)) continue;
        told.add(`${key} ${text}`);
      }
      const before = group.times.get(text) ?? 0;
      byObject.set(key, group);
      group.times.set(text, isLoose || isTimeDependent(object) ? undefined : before + grown);
    }
    const lines = new Map<string, string[]>();
    for (const { called, times } of byObject.values()) {
      const text = [...times].map(([event, count]) => `${event}${count !== undefined && count > 1 ? ` ×${count}` : ''}`).join(' → ');
      lines.set(called, [...(lines.get(called) ?? []), text]);
    }
    return Object.fromEntries([...lines].map(([called, texts]) => [called, names.isAnonymous(called) ? counted(texts) : texts.join(' ; ')]));
  });
}
