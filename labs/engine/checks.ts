import type { Check, CheckResult } from './check.ts';
import { compare, say } from './compare.ts';
import type { KubeObject } from './ports.ts';
import { controllerOf, isReadyPod, readyAddresses } from './reading.ts';

/** El vocabulario de los laboratorios. Todas son de nivel («es cierto ahora»); las de flanco, en timeline-checks.ts. */

type Maybe = KubeObject | undefined;
type Some = [KubeObject, ...KubeObject[]];
type Anything = KubeObject | readonly KubeObject[] | undefined;

const pass: CheckResult = { ok: true };

const fail = (path: string, expected: unknown, found: unknown, cannotHeal?: string): CheckResult => ({
  ok: false,
  mismatch: { path, expected: say(expected), found: say(found) },
  ...(cannotHeal ? { cannotHeal } : {}),
});

/** `StatefulSet apps/v1 · espacio/web` */
export const titleOf = ({ kind, apiVersion, metadata }: KubeObject): string =>
  `${kind} ${apiVersion} · ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;

/** Añade al desajuste de qué objeto se habla. */
const about = (object: Maybe, result: CheckResult): CheckResult =>
  result.ok || !object ? result : { ...result, mismatch: { ...result.mismatch, object: titleOf(object) } };

export const exists = (): Check<Maybe, KubeObject> => ({
  describe: 'el objeto existe',
  test: (object) => (object ? pass : fail('metadata.name', 'el objeto', 'nada todavía')),
});

export const absent = (): Check<Maybe, undefined> => ({
  describe: 'el objeto ya no existe',
  test: (object) =>
    about(
      object,
      object
        ? fail('metadata.name', 'ningún objeto', object.metadata.deletionTimestamp ? `${object.metadata.name}, que aún se está yendo` : object.metadata.name)
        : pass,
    ),
});

/**
 * El Pod está Ready y no se está yendo. No espera a una imagen que no se puede descargar, ni a un Pod que ya terminó.
 * Un CrashLoopBackOff sí se espera: puede que arranque a la tercera.
 */
export const isReady = (): Check<Maybe, KubeObject> => ({
  describe: 'el Pod está Ready',
  test(pod) {
    if (!pod) return fail('status.conditions[Ready]', 'True', 'nada: el Pod todavía no existe');
    if (isReadyPod(pod)) return pass;
    return about(pod, fail('status.conditions[Ready]', 'True', stateOf(pod), hopelessness(pod)));
  },
});

/** Cuántos Pods hay, estén como estén: también cuenta el que se está yendo. */
export const podCount = (count: number): Check<KubeObject[]> => ({
  describe: count === 1 ? '1 Pod' : `${count} Pods`,
  test: (pods) => (pods.length === count ? pass : fail('Pods', count, names(pods))),
});

/** Al menos `count` Pods Ready. Para exigir que no haya ninguno más, súmale `podCount`. */
export const readyPods = (count: number): Check<KubeObject[], Some> => ({
  describe: count === 1 ? '1 Pod Ready' : `${count} Pods Ready`,
  test(pods) {
    const ready = pods.filter(isReadyPod);
    if (ready.length >= count) return pass;
    const waiting = pods.filter((pod) => !isReadyPod(pod));
    const rest = waiting.map((pod) => `${pod.metadata.name} ${stateOf(pod)}`).join(', ');
    const hopeless = waiting.map(hopelessness).find(Boolean);
    return fail('Pods Ready', count, rest ? `${ready.length}; ${rest}` : `${ready.length}`, hopeless);
  },
});

/**
 * Deployment, ReplicaSet, StatefulSet o DaemonSet con al menos `count` réplicas al día y listas.
 * El estado solo vale si `observedGeneration` alcanzó a `generation`: antes habla de la versión anterior.
 */
export const replicasReady = (count: number): Check<Maybe, KubeObject> => ({
  describe: count === 1 ? '1 réplica lista' : `${count} réplicas listas`,
  test(object) {
    if (!object) return fail('status.readyReplicas', count, 'nada: el objeto todavía no existe');
    const { status, metadata, kind } = object;
    if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0)) {
      return about(object, fail('status.observedGeneration', metadata.generation, status?.observedGeneration ?? 0));
    }
    const isDaemon = kind === 'DaemonSet';
    const updated = isDaemon ? 'updatedNumberScheduled' : 'updatedReplicas';
    const ready = isDaemon ? 'numberReady' : 'readyReplicas';
    // Un ReplicaSet no actualiza Pods: no tiene updatedReplicas.
    for (const field of kind === 'ReplicaSet' ? [ready] : [updated, ready]) {
      if ((status?.[field] ?? 0) < count) return about(object, fail(`status.${field}`, count, status?.[field] ?? 0));
    }
    return pass;
  },
});

/** Los campos dados están así en el objeto; los demás no importan. */
export const hasFields = (expected: Record<string, unknown>): Check<Maybe, KubeObject> => ({
  describe: leavesOf(expected).join(', '),
  test(object) {
    const mismatch = compare(expected, object);
    return mismatch ? about(object, { ok: false, mismatch }) : pass;
  },
});

/** El mismo objeto, no otro que se llame igual. Con una lista: está entre ellos. */
export const sameUid = (before: Maybe): Check<Anything> => ({
  describe: `el mismo objeto (uid ${before?.metadata.uid ?? 'desconocido'})`,
  test: (now) =>
    before && listOf(now).some((object) => object.metadata.uid === before.metadata.uid) ? pass : fail('metadata.uid', before?.metadata.uid, uids(now)),
});

/** Otro objeto, aunque se llame igual. Con una lista: el de antes ya no está. */
export const otherUid = (before: Maybe): Check<Anything> => ({
  describe: `otro objeto (uid distinto de ${before?.metadata.uid ?? 'desconocido'})`,
  test(now) {
    const objects = listOf(now);
    const isOther = before !== undefined && !objects.some((object) => object.metadata.uid === before.metadata.uid);
    return isOther && (Array.isArray(now) || objects.length > 0) ? pass : fail('metadata.uid', `distinto de ${before?.metadata.uid}`, uids(now));
  },
});

export const sameName = (before: KubeObject): Check<Maybe, KubeObject> => hasFields({ metadata: { name: before.metadata.name } });

/** Las direcciones listas de esos EndpointSlices son exactamente estas, sin importar el orden. */
export const endpointsAre = (addresses: readonly string[]): Check<KubeObject[]> => {
  const expected = [...addresses].sort().join(', ') || 'ninguna';
  return {
    describe: `endpoints: ${expected}`,
    test(slices) {
      const found = readyAddresses(slices).join(', ') || 'ninguna';
      return found === expected ? pass : fail('endpoints', expected, found);
    },
  };
};

/** Hay un suceso con ese motivo cuyo mensaje contiene el texto. */
export const eventMatches = (reason: string, text = ''): Check<KubeObject[], Some> => ({
  describe: text ? `un suceso ${reason} que dice «${text}»` : `un suceso ${reason}`,
  test(events) {
    if (events.some((event) => event.reason === reason && String(event.message).includes(text))) return pass;
    const last = events.at(-1);
    return fail('sucesos', text ? `${reason}: … ${text} …` : reason, last ? `${last.reason}: ${last.message}` : 'ninguno');
  },
});

/**
 * Cualquier afirmación sobre un valor. `path` y `expected` son lo que lee la persona cuando no se cumple, y `found`, lo que lee de lo que
 * hay: sin decirlo, el valor o, de una lista, cuántos.
 */
export const satisfies = <T>(
  path: string,
  expected: string,
  isTrue: (value: T) => boolean,
  found: (value: T) => unknown = (value) => (Array.isArray(value) ? `${value.length}` : value),
): Check<T> => ({
  describe: `${path}: ${expected}`,
  test: (value) => (isTrue(value) ? pass : fail(path, expected, found(value))),
});

/** Todas a la vez. El desajuste es el de la primera que no se cumple; si alguna no puede sanar, no se espera. */
export const allOf = <T, Passed>(first: Check<T, Passed>, ...rest: readonly Check<NoInfer<T>, unknown>[]): Check<T, Passed> => ({
  describe: [first, ...rest].map((check) => check.describe).join(' y '),
  test(value) {
    const failures = [first, ...rest].map((check) => check.test(value)).filter((result) => !result.ok);
    return failures.find((result) => result.cannotHeal) ?? failures[0] ?? pass;
  },
});

export const not = <T>(check: Check<T, unknown>): Check<T> => ({
  describe: `no: ${check.describe}`,
  test: (value) => (check.test(value).ok ? fail(check.describe, 'que no se cumpla', 'se cumple') : pass),
});

/** Fase del Pod, y el motivo si alguno de sus contenedores espera: `Pending (ErrImagePull)`. */
function stateOf(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp) return 'Terminating';
  const phase = pod.status?.phase ?? 'sin estado';
  const unscheduled = conditionsOf(pod).find((condition) => condition.type === 'PodScheduled' && condition.status === 'False');
  const reason = waitingReason(pod) ?? unscheduled?.reason;
  return reason ? `${phase} (${reason})` : phase === 'Running' ? 'Running, sin pasar su sonda' : phase;
}

const conditionsOf = (pod: KubeObject) => (pod.status?.conditions ?? []) as { type: string; status: string; reason?: string }[];

function waitingReason(pod: KubeObject): string | undefined {
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])] as {
    state?: { waiting?: { reason?: string } };
  }[];
  return containers
    .map((container) => container.state?.waiting?.reason)
    .find((reason) => reason && reason !== 'ContainerCreating' && reason !== 'PodInitializing');
}

/** Estados de los que un Pod no sale sin que alguien cambie algo. ErrImagePull puede ser un tropiezo; ImagePullBackOff ya ha repetido. */
function hopelessness(pod: KubeObject): string | undefined {
  // Al irse pasa por Succeeded o Failed, y puede venir otro con su nombre.
  if (pod.metadata.deletionTimestamp) return undefined;
  const reason = waitingReason(pod);
  if (reason && ['ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'].includes(reason))
    return `${pod.metadata.name} está en ${reason}; revisa el campo image`;
  const phase = pod.status?.phase;
  // Al que ha terminado lo repone su dueño, salvo que fuera una tarea.
  const owner = controllerOf(pod);
  if (owner && owner.kind !== 'Job') return undefined;
  if (phase === 'Failed' || phase === 'Succeeded') return `${pod.metadata.name} ya ha terminado (${phase})`;
  return undefined;
}

const listOf = (value: Anything): readonly KubeObject[] => (value === undefined ? [] : Array.isArray(value) ? value : [value as KubeObject]);
const uids = (value: Anything) =>
  listOf(value)
    .map((object) => object.metadata.uid)
    .join(', ') || 'ningún objeto';
const names = (pods: readonly KubeObject[]) => (pods.length === 0 ? '0' : `${pods.length}: ${pods.map((pod) => pod.metadata.name).join(', ')}`);

function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} ${say(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key));
}
