import type { ContainerStatus, Pod, PodCondition, PodStatus } from '../schema/types.generated.ts';

/** Lo que el kubelet sabe de un Pod al escribir su estado. */
export interface Observed {
  pod: Pod;
  hostIp: string;
  podIp: string | undefined;
  startTime: string;
  now: string;
  hasSandbox: boolean;
  init: readonly ContainerStatus[];
  main: readonly ContainerStatus[];
  /** Ya no va a correr nada más: acabó, se borró o venció su plazo. */
  isTerminal: boolean;
  /** Tampoco queda nada que recoger. */
  isOver: boolean;
  failure: { reason: string; message: string } | undefined;
}

type Phase = NonNullable<PodStatus['phase']>;

/** El estado de un Pod a partir del de sus contenedores. */
// Sigue a kubernetes: pkg/kubelet/kubelet_pods.go (generateAPIPodStatus, getPhase) y pkg/kubelet/status/generate.go.
export function podStatus(observed: Observed): PodStatus {
  const { pod, hostIp, podIp, startTime, now, hasSandbox, init, main, failure } = observed;
  const before: PodStatus = pod.status ?? {};
  const phase = failure ? 'Failed' : phaseOf(observed);
  const generation = pod.metadata.generation;
  const unready = main.filter(({ ready }) => !ready).map(({ name }) => name);
  const incomplete = init.filter((status) => !isInitialized(pod, status)).map(({ name }) => name);
  const sidecars = init.filter(({ name, ready }) => isSidecar(pod, name) && !ready).map(({ name }) => name);
  const notReady = [...sidecars, ...unready];

  const completed = phase === 'Succeeded' ? { reason: 'PodCompleted' } : phase === 'Failed' ? { reason: 'PodFailed' } : undefined;
  const containersReady =
    completed ?? (notReady.length > 0 ? { reason: 'ContainersNotReady', message: `containers with unready status: [${notReady.join(' ')}]` } : undefined);
  const gates = (pod.spec?.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = before.conditions?.find(({ type }) => type === conditionType);
    if (!found) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    return found.status === 'True' ? [] : [`the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`];
  });
  const ready = containersReady ?? (gates.length > 0 ? { reason: 'ReadinessGatesNotReady', message: gates.join(', ') } : undefined);
  const initialized =
    incomplete.length > 0 && phase !== 'Succeeded'
      ? { reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.join(' ')}]` }
      : undefined;

  const own: PodCondition[] = [
    condition(
      'PodReadyToStartContainers',
      hasSandbox,
      hasSandbox ? undefined : { reason: 'PodSandboxNotReady', message: podIp ? 'pod sandbox is not ready' : 'no pod sandbox exists' },
    ),
    condition('Initialized', !initialized, phase === 'Succeeded' ? { reason: 'PodCompleted' } : initialized),
    condition('Ready', !ready, ready),
    condition('ContainersReady', !containersReady, containersReady),
    condition('PodScheduled', true),
  ];
  const types = new Set(own.map(({ type }) => type));
  const status: PodStatus = {
    ...(before.qosClass ? { qosClass: before.qosClass } : {}),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase,
    ...(failure ? { reason: failure.reason, message: failure.message } : {}),
    // Las condiciones de otros (DisruptionTarget, puertas de disponibilidad) se respetan.
    conditions: [...own.map((next) => withTransition(before.conditions ?? [], next, now)), ...(before.conditions ?? []).filter(({ type }) => !types.has(type))],
    hostIP: hostIp,
    hostIPs: [{ ip: hostIp }],
    ...(podIp ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {}),
    startTime,
    ...(init.length > 0 ? { initContainerStatuses: [...init] } : {}),
    containerStatuses: [...main],
  };
  return observed.isOver ? concluded(status) : status;

  function condition(type: string, isTrue: boolean, why?: { reason: string; message?: string }): PodCondition {
    return { type, status: isTrue ? 'True' : 'False', ...(generation === undefined ? {} : { observedGeneration: generation }), ...why };
  }
}

export const isSidecar = (pod: Pod, name: string): boolean =>
  pod.spec?.initContainers?.find((container) => container.name === name)?.restartPolicy === 'Always';

const isInitialized = (pod: Pod, { name, state, lastState, started }: ContainerStatus): boolean =>
  isSidecar(pod, name) ? started === true || Boolean(lastState?.terminated) : state?.terminated?.exitCode === 0;

function phaseOf({ pod, init, main, isTerminal }: Observed): Phase {
  const policy = pod.spec?.restartPolicy ?? 'Always';
  const regular = init.filter(({ name }) => !isSidecar(pod, name));
  const sidecars = init.filter(({ name }) => isSidecar(pod, name));
  const codeOf = ({ state, lastState }: ContainerStatus) => (state?.terminated ?? (state?.waiting ? lastState?.terminated : undefined))?.exitCode;
  const isNew = (status: ContainerStatus) => !status.state?.running && codeOf(status) === undefined;
  if (policy === 'Never' && regular.some((status) => (codeOf(status) ?? 0) !== 0)) return 'Failed';
  const hasStarted = main.some((status) => !isNew(status));
  const hasSucceeded = main.every(({ state }) => state?.terminated?.exitCode === 0);
  // Los sidecars se van los últimos, y hasta entonces el kubelet no vuelve a contar nada.
  if (isTerminal && main.every(({ state }) => state?.terminated)) return hasSucceeded ? 'Succeeded' : 'Failed';
  if (regular.some((status) => status.state?.running || isNew(status))) return 'Pending';
  if (!hasStarted && sidecars.some(({ state, started }) => state?.running && !started)) return 'Pending';
  if ([...sidecars, ...main].some(isNew)) return 'Pending';
  if ([...sidecars, ...main].some(({ state }) => state?.running)) return 'Running';
  const isRestartable = policy === 'Always' || (policy === 'OnFailure' && main.some((status) => codeOf(status) !== 0));
  if (!isTerminal && isRestartable) return 'Running';
  return hasSucceeded ? 'Succeeded' : 'Failed';
}

/** Lo último que se dice de un Pod: quien no tenga final lleva uno, y el Pod también. Sigue a status_manager.go (TerminatePod). */
function concluded(status: PodStatus): PodStatus {
  const { initContainerStatuses: init = [], containerStatuses: main = [], phase } = status;
  const close = (one: ContainerStatus): ContainerStatus => (one.state?.terminated ? one : { ...one, state: { terminated: lost } });
  const hasBegun = ({ state, lastState }: ContainerStatus) => !state?.waiting || lastState?.terminated !== undefined;
  const isInitialized = init.length === 0 || main.some(hasBegun) || init.at(-1)?.state?.terminated?.exitCode === 0;
  // De los init, los últimos que ni empezaron se quedan esperando; el primero nunca.
  const begun = Math.max(1, init.findLastIndex(hasBegun) + 1);
  return {
    ...status,
    phase: phase === 'Succeeded' ? 'Succeeded' : 'Failed',
    ...(init.length > 0 ? { initContainerStatuses: init.map((one, index) => (index < begun ? close(one) : one)) } : {}),
    containerStatuses: isInitialized ? main.map(close) : main,
  };
}

const lost = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  startedAt: null,
  finishedAt: null,
} as unknown as NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

function withTransition(before: readonly PodCondition[], next: PodCondition, now: string): PodCondition {
  const known = before.find(({ type }) => type === next.type);
  return { ...next, lastTransitionTime: known?.status === next.status && known.lastTransitionTime ? known.lastTransitionTime : now };
}
