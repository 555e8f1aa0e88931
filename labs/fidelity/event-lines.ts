import type { Names } from './names.ts';
import type { Seen } from './observe.ts';
import { isPassingEvent, overtakenEvents } from './passing.ts';
import type { Scenario } from './scenario.ts';
import { counted } from './tally.ts';
import type { Lines } from './trace.ts';
import { areSimultaneous, eventText, isTimeDependent, sourceOf } from './views/event.ts';

interface Told {
  reason: string;
  /** Sin cuenta: depende de cuánto se mire. */
  count: number | undefined;
}

/**
 * Sucesos de cada objeto según quién los cuenta, en el orden en que los contó por primera vez en el paso. Cuántas veces, solo si
 * depende de lo que pasa y no de cuánto se mire.
 */
export function eventLines(log: readonly Seen[], names: Names, { steps, looseEvents = [] }: Scenario): Lines[] {
  const counts = new Map<string, number>();
  // Lo que se repite con el reloj solo se cuenta la primera vez: que vuelva a salir en otro paso depende de cuándo acabe este.
  const told = new Set<string>();
  return steps.map((_step, index) => {
    const byObject = new Map<string, { called: string; times: Map<string, Told> }>();
    for (const { step, kind, type, object } of log) {
      if (kind !== 'Event' || type === 'DELETED' || isPassingEvent(object.message ?? '')) continue;
      const count = object.series?.count ?? object.count ?? 1;
      const grown = count - (counts.get(object.metadata.uid) ?? 0);
      if (step !== index || grown <= 0) continue;
      counts.set(object.metadata.uid, count);
      const { kind: about, name, uid } = object.involvedObject;
      const source = names.text(sourceOf(object));
      // Hay quien cuenta un suceso sin el UID de su objeto (taint-eviction-controller).
      const key = `${about} ${uid ?? name} ${source}`;
      const group = byObject.get(key) ?? { called: `${about} ${names.text(name)} · sucesos de ${source}`, times: new Map() };
      const isLoose = looseEvents.includes(object.reason);
      const text = isLoose ? `${object.type} ${object.reason} (texto según el reparto del tiempo)` : names.text(eventText(object)).trim();
      if (isTimeDependent(object)) {
        if (told.has(`${key} ${text}`)) continue;
        told.add(`${key} ${text}`);
      }
      const before = group.times.get(text)?.count ?? 0;
      byObject.set(key, group);
      group.times.set(text, { reason: object.reason, count: isLoose || isTimeDependent(object) ? undefined : before + grown });
    }
    const lines = new Map<string, string[]>();
    for (const { called, times } of byObject.values()) {
      lines.set(called, [...(lines.get(called) ?? []), write(times)]);
    }
    return Object.fromEntries([...lines].map(([called, texts]) => [called, names.isAnonymous(called) ? counted(texts) : texts.join(' ; ')]));
  });
}

function write(times: ReadonlyMap<string, Told>): string {
  const reasons = new Set([...times.values()].map(({ reason }) => reason));
  const isOvertaken = (reason: string) => overtakenEvents.some((rule) => rule.reason === reason && reasons.has(rule.by));
  const texts: { reason: string; text: string }[] = [];
  for (const [event, { reason, count }] of times) {
    if (isOvertaken(reason)) continue;
    // Un contenedor que no se llega a crear se prepara otra vez en cada vuelta del kubelet: cuántas, depende del reloj.
    const isRetried = reason === 'Pulled' && reasons.has('Failed');
    texts.push({ reason, text: `${event}${count !== undefined && count > 1 && !isRetried ? ` ×${count}` : ''}` });
  }
  // Lo que se pide a la vez llega en cualquier orden.
  for (let start = 0; start < texts.length; start++) {
    const { reason } = texts[start] ?? { reason: '' };
    if (!areSimultaneous(reason)) continue;
    let end = start;
    while (texts[end]?.reason === reason) end++;
    texts.splice(start, end - start, ...texts.slice(start, end).sort((a, b) => (a.text < b.text ? -1 : 1)));
    start = end - 1;
  }
  return texts.map(({ text }) => text).join(' → ');
}
