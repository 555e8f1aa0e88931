/** Motivos y cuántos nodos los dan. */
export type Reasons = ReadonlyMap<string, number>;

export const countReasons = (lists: Iterable<readonly string[]>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const list of lists) for (const reason of list) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
};

/**
 * `0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient memory.`
 * Los motivos van ordenados como texto: primero los que empiezan por 1, luego por 2… y el 10 antes que el 2.
 */
// Sigue a kube-scheduler: framework/types.go (FitError.Error).
export function fitMessage(total: number, reasons: Reasons, blocked?: string): string {
  const start = `0/${total} nodes are available:`;
  if (blocked !== undefined) return `${start} ${blocked}.`;
  const lines = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return lines.length > 0 ? `${start} ${lines.join(', ')}.` : start;
}

/** Límite de un Event, con puntos suspensivos. */
export const truncateNote = (message: string): string => (message.length <= 1024 ? message : `${message.slice(0, 1021)}...`);
