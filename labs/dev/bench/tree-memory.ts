import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memoria de un proceso y de todos sus descendientes, en MB, sin contar dos veces lo que comparten (PSS). Lo que un proceso guarda en
 * un tmpfs no es suyo y no se cuenta: en el taller, los datos de etcd.
 */
export function treeMemory(root: number): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = readOrEmpty(`/proc/${entry}/stat`);
    // El nombre va entre paréntesis y puede llevar espacios; el padre es el segundo campo tras él.
    if (stat) parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const kilobytes = descendants(root, parents).reduce(
    (sum, pid) => sum + Number(/^Pss:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
    0,
  );
  return kilobytes / 1024;
}

export function descendants(root: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].flatMap(([pid, parent]) => (parent === root ? [pid] : []));
  return [root, ...children.flatMap((child) => descendants(child, parents))];
}

/** Un proceso puede acabar mientras se le mira. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
