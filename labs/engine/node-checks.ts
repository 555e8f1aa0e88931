import type { Check } from './check.ts';
import type { KubeObject } from './ports.ts';

interface Condition {
  type: string;
  status: string;
  reason?: string;
}

const readyOf = (node: KubeObject | undefined): Condition | undefined => ((node?.status?.conditions ?? []) as Condition[]).find(({ type }) => type === 'Ready');

const told = (node: KubeObject | undefined): string => {
  if (!node) return 'nada: el nodo no existe';
  const ready = readyOf(node);
  return ready ? `${ready.status}${ready.reason ? ` (${ready.reason})` : ''}` : 'nada todavía';
};

/** El kubelet del nodo late y dice que está listo. */
export const nodeReady = (): Check<KubeObject | undefined, KubeObject> => ({
  describe: 'el nodo está Ready',
  test: (node) =>
    readyOf(node)?.status === 'True' ? { ok: true } : { ok: false, mismatch: { path: 'status.conditions[Ready]', expected: 'True', found: told(node) } },
});

/** El clúster ha dado el nodo por perdido: `False` si lo dice su kubelet, `Unknown` si hace rato que no dice nada. */
export const nodeLost = (): Check<KubeObject | undefined, KubeObject> => ({
  describe: 'el nodo ha dejado de estar Ready',
  test(node) {
    const status = readyOf(node)?.status;
    return status !== undefined && status !== 'True'
      ? { ok: true }
      : { ok: false, mismatch: { path: 'status.conditions[Ready]', expected: 'False o Unknown', found: told(node) } };
  },
});
