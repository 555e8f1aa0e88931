import type { LabOutcome } from '../engine/verdict.ts';
import { allDone, attemptWritten, hintPointer, lasting, next, notDone, nothingRemains, resourcesRemain, skippedCount, spoken, written } from './messages.ts';
import { paint, type Screen } from './screen.ts';
import { wrap } from './width.ts';

export interface Ending {
  outcome: LabOutcome;
  isVirtual: boolean;
  /** Milisegundos de la pared. */
  wallTime: number;
  /** Si no se pudo anotar, no se dice que se anotó. */
  isWritten: boolean;
  attempt: number;
  labsDone: number;
  labsTotal: number;
  next: string;
  clean: string;
  hint?: { order: string; total: number };
}

/** El final: cuántas comprobaciones, dónde vas y qué orden sigue. */
export function endingLines(ending: Ending, screen: Screen): string[] {
  const { outcome, isVirtual, wallTime, isWritten, attempt, labsDone, labsTotal, hint } = ending;
  const { passed, total, skipped } = outcome;
  const isReader = screen.style === 'reader';
  const duration = isReader ? (time: number, virtual: boolean) => `${spoken(time)}${virtual ? ' del reloj de la maqueta' : ''}` : lasting;
  const took = `${duration(outcome.took, isVirtual)}${isVirtual ? ` (${duration(wallTime, false)} de verdad)` : ''}`;
  const fold = (text: string) => (screen.style === 'interactive' ? wrap(text, screen.columns()) : [text]);
  const remains = isVirtual ? fold(nothingRemains) : orderLine(resourcesRemain(ending.clean), ending.clean, screen);
  if (outcome.outcome === 'done') {
    const done = isReader ? 'Hecho: ' : `${paint(screen, 'good', `Hecho ${screen.glyphs.ok}`)}  `;
    const text = `${allDone(passed, total, took)}${skippedCount(skipped)}${isWritten ? ` ${written}` : ''}`;
    const [first = '', ...rest] = screen.style === 'interactive' ? wrap(text, screen.columns() - 9) : [text];
    return [done + first, ...rest, ...progressLines(labsDone, labsTotal, ending.next, screen), ...remains];
  }
  return [
    ...(hint ? [hintPointer(hint.total, hint.order), ''] : []),
    ...fold(`Todavía no: ${notDone(passed, total)}${skippedCount(skipped)}${isWritten ? ` ${attemptWritten(attempt)}` : ''}`),
    ...remains,
  ];
}

const barWidth = 20;

export function progressLines(done: number, total: number, order: string, screen: Screen): string[] {
  if (screen.style === 'reader') return [`Progreso: ${done} de ${total} laboratorios.`, next(order)];
  // Avanza hasta donde vas; la punta se ve también con todo por hacer.
  const filled = total === 0 ? 0 : Math.round((done / total) * (barWidth - 1));
  const bar = `Progreso [${'#'.repeat(filled)}>${'-'.repeat(barWidth - 1 - filled)}]  ${done}/${total}`;
  return screen.columns() < 60 ? [bar, next(order)] : [`${bar}      ${next(order)}`];
}

/** Una orden no se parte: si no cabe detrás de la frase, baja entera. */
export function orderLine(text: string, order: string, screen: Screen): string[] {
  if (screen.style !== 'interactive' || text.length <= screen.columns()) return [text];
  return [...wrap(text.slice(0, -order.length).trimEnd(), screen.columns()), `  ${order}`];
}
