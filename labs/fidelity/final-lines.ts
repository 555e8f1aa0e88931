import { kinds, pathOf, tabulated } from './kinds.ts';
import type { Observation } from './observe.ts';
import type { Scenario } from './scenario.ts';
import type { Raw, Site } from './site.ts';
import type { Lines } from './trace.ts';

/** Lo que enseñaría `kubectl get` al acabar. Las filas van ordenadas ya sin nombres al azar: su orden real tampoco lo es. */
export async function finalLines(site: Site, namespace: string, _scenario: Scenario, seen: Observation, clean: (text: string) => string): Promise<Lines> {
  const lines: Record<string, string> = {};
  for (const kind of tabulated) {
    const { status, body } = await site.request({ path: pathOf(kind, namespace), accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
    if (status !== 200 || body.kind !== 'Table' || (body.rows ?? []).length === 0) continue;
    const columns = (body.columnDefinitions as Raw[]).map(({ name, priority }, index) => ({ name, priority, index })).filter(({ priority }) => priority === 0);
    lines[`kubectl get ${kinds[kind].plural}`] = columns.map(({ name }) => name).join(' | ');
    const rows = (body.rows as Raw[])
      .map(({ cells }) => columns.map(({ name, index }) => (/^(Age|First Seen|Last Seen)$/.test(name) ? '<edad>' : cellText(clean, cells[index]))).join(' | '))
      .sort();
    for (const [index, row] of rows.entries()) lines[`kubectl get ${kinds[kind].plural} · fila ${index + 1}`] = row;
  }
  for (const set of seen.of('DaemonSet')) lines[`Pods por nodo de ${set.metadata.name}`] = spread(seen.of('Pod').filter((pod) => isOwned(pod, set)));
  return lines;
}

const cellText = (clean: (text: string) => string, cell: unknown): string => clean(String(cell)).replace(/\(\S+ ago\)/g, '(hace <edad>)');

const isOwned = (pod: Raw, owner: Raw): boolean => pod.metadata.ownerReferences?.some(({ uid }: Raw) => uid === owner.metadata.uid) ?? false;

const spread = (pods: readonly Raw[]): string => {
  const counts = new Map<string, number>();
  for (const pod of pods) counts.set(pod.spec.nodeName, (counts.get(pod.spec.nodeName) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a).join(', ') || 'ninguno';
};
