import type { Check } from './check.ts';
import type { KubeObject } from './ports.ts';
import { isReadyPod } from './reading.ts';
import type { TimedEvent } from './timeline.ts';

/** Cómo cambia de versión un DaemonSet: en cada nodo hay un relevo entre el Pod viejo y el nuevo. */

/** `acaba`: sus contenedores ya no corren. Puede seguir en la API un momento. */
export type Turn = `${'viejo' | 'nuevo'} ${'nace' | 'listo' | 'se va' | 'acaba'}`;

export interface Beat {
  node: string;
  turn: Turn;
  at: number;
}

/** Primero se va el viejo: hay un rato sin nadie. */
export const gapFirst: readonly Turn[] = ['viejo se va', 'viejo acaba', 'nuevo nace', 'nuevo listo'];
/** Primero llega el nuevo: hay un rato con dos. */
export const surgeFirst: readonly Turn[] = ['nuevo nace', 'nuevo listo', 'viejo se va', 'viejo acaba'];

/** Los pasos de cada relevo, por orden de llegada en un mismo watch. `before`: los Pods que había al abrirlo. */
export function beatsOf(events: readonly TimedEvent[], before: readonly KubeObject[]): Beat[] {
  const old = new Set(before.map(({ metadata }) => metadata.uid));
  const told = new Set<string>();
  const beats: Beat[] = [];
  for (const { type, object, at } of events) {
    const { uid, deletionTimestamp } = object.metadata;
    const who = old.has(uid) ? 'viejo' : 'nuevo';
    const tell = (what: 'nace' | 'listo' | 'se va' | 'acaba', isTrue: boolean) => {
      if (!isTrue || told.has(`${uid} ${what}`)) return;
      told.add(`${uid} ${what}`);
      beats.push({ node: destinationOf(object), turn: `${who} ${what}`, at });
    };
    const isOver = type === 'deleted' || object.status?.phase === 'Succeeded' || object.status?.phase === 'Failed';
    if (who === 'nuevo') {
      tell('nace', type === 'added');
      tell('listo', type !== 'deleted' && isReadyPod(object));
    }
    tell('se va', deletionTimestamp !== undefined);
    tell('acaba', isOver);
  }
  return beats;
}

/**
 * En cada uno de esos nodos el relevo sigue ese orden, y de nodo en nodo: ninguno empieza el suyo (`order[0]`) hasta que en el anterior
 * el nuevo está listo. Un paso fuera de turno no se cura: la espera acaba ahí.
 */
export const relayed = (nodes: readonly string[], order: readonly Turn[]): Check<readonly Beat[]> => ({
  describe: `en cada nodo, ${order.join(', ')}; y de nodo en nodo`,
  test(beats) {
    const done = new Map<string, number>(nodes.map((node) => [node, 0]));
    let busy: string | undefined;
    for (const { node, turn } of beats) {
      const count = done.get(node) ?? 0;
      const wrong = (expected: string) => ({
        ok: false as const,
        mismatch: { path: `relevo en ${node}`, expected, found: turn },
        cannotHeal: `en ${node}, «${turn}» fuera de turno`,
      });
      if (!done.has(node)) return wrong('nada: ese nodo no cuenta');
      if (order[count] !== turn) return wrong(order[count] ?? 'nada más');
      if (count === 0) {
        if (busy !== undefined) return wrong(`que acabe antes el relevo de ${busy}`);
        busy = node;
      }
      if (turn === 'nuevo listo') busy = undefined;
      done.set(node, count + 1);
    }
    const left = [...done].find(([, count]) => count < order.length);
    if (!left) return { ok: true };
    return { ok: false, mismatch: { path: `relevo en ${left[0]}`, expected: String(order[left[1]]), found: 'nada todavía' } };
  },
});

/** El relevo de un nodo en una línea, con los segundos desde su primer paso. */
export function tellRelay(beats: readonly Beat[], node: string): string {
  const own = beats.filter((beat) => beat.node === node);
  const start = own[0]?.at ?? 0;
  return `${node}: ${own.map(({ turn, at }) => `${turn} ${((at - start) / 1000).toFixed(1).replace('.', ',')} s`).join(' · ')}`;
}

/** El nodo para el que nació, aunque todavía no se lo hayan asignado: el controlador lo ata a él por afinidad. */
function destinationOf({ spec }: KubeObject): string {
  if (spec?.nodeName) return spec.nodeName;
  const terms = (spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []) as {
    matchFields?: { key: string; values?: string[] }[];
  }[];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name')?.values?.[0] ?? '';
}
