import { Event } from './engine/kinds.ts';
import { readingOf } from './engine/known-reasons.ts';
import type { LabError } from './engine/lab-error.ts';
import type { KubeObject, StepFailure, Target } from './engine/ports.ts';
import { lastSeen, sortEvents } from './lab-cluster.ts';

const longest = 8;

/** Lo que ayuda a entender un paso que no pasa: se recoge solo al fallar, como kuttl y chainsaw. */
export async function explainFailure(error: LabError, target: Pick<Target, 'cluster' | 'kubectlArguments'>, namespace: string): Promise<StepFailure> {
  const { mismatch } = error;
  const subject = subjectOf(mismatch?.object);
  const events = await recentEvents(target, namespace, subject);
  const told = events.map((event) => ({ reason: String(event.reason), message: String(event.message) }));
  // Lo que la API rechaza al pedírselo no deja ningún suceso: lo dice el propio error.
  const reading = readingOf([...told, { reason: '', message: error.message }]);
  const kubectl = ['kubectl', ...target.kubectlArguments, '-n', namespace];
  const command =
    error.fix ??
    [
      ...kubectl,
      ...(reading?.look
        ? ['describe', reading.look]
        : subject
          ? ['describe', subject.kind.toLowerCase(), subject.name]
          : ['get', 'events', '--sort-by=.lastTimestamp']),
    ].join(' ');
  return {
    message: error.where ? `${error.message} (${error.where})` : error.message,
    events: events.slice(-longest).map(tell),
    // Sin forma de nombrar este clúster con kubectl, una orden tocaría otro.
    ...(error.fix !== undefined || target.kubectlArguments.length > 0 ? { command } : {}),
    ...(mismatch ? { mismatch } : {}),
    ...(reading ? { reading: reading.text } : {}),
  };
}

/** `StatefulSet apps/v1 · espacio/web` → tipo y nombre. */
function subjectOf(title: string | undefined): { kind: string; name: string } | undefined {
  const [, kind, name] = /^(\S+) \S+ · (?:[^/]+\/)?(.+)$/.exec(title ?? '') ?? [];
  return kind && name ? { kind, name } : undefined;
}

/** Los del objeto y los de lo que lleva su nombre delante (sus Pods); sin objeto, los avisos del espacio. */
async function recentEvents(
  { cluster }: Pick<Target, 'cluster'>,
  namespace: string,
  subject: { kind: string; name: string } | undefined,
): Promise<KubeObject[]> {
  try {
    const { items } = await cluster.list({ ...Event, namespace });
    const about = (event: KubeObject) => event.involvedObject as { name?: string } | undefined;
    const chosen = subject
      ? items.filter((event) => about(event)?.name === subject.name || about(event)?.name?.startsWith(`${subject.name}-`))
      : items.filter((event) => event.type === 'Warning');
    return sortEvents(chosen);
  } catch {
    // Si el clúster ya no contesta, el fallo se cuenta igual, sin sucesos.
    return [];
  }
}

/** `09:00:14 Warning FailedScheduling (x4) 0/1 nodes are available…` */
function tell(event: KubeObject): string {
  const count = Number(event.count ?? (event.series as { count?: number } | undefined)?.count ?? 1);
  const times = count > 1 ? ` (x${count})` : '';
  const who = (event.involvedObject as { name?: string } | undefined)?.name;
  return `${lastSeen(event).slice(11, 19)} ${event.type} ${event.reason}${times} ${who}: ${String(event.message).replace(/\s+/g, ' ')}`;
}
