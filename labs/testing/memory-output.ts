import type { LabEvent, Output } from '../engine/ports.ts';

/** Guarda los sucesos en vez de dibujarlos. */
export function createMemoryOutput(): Output & { events: LabEvent[]; of<K extends LabEvent['kind']>(kind: K): Extract<LabEvent, { kind: K }>[] } {
  const events: LabEvent[] = [];
  return {
    events,
    emit: (event) => void events.push(event),
    of: <K extends LabEvent['kind']>(kind: K) => events.filter((event): event is Extract<LabEvent, { kind: K }> => event.kind === kind),
  };
}
