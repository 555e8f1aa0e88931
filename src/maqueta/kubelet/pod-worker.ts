import type { Timer } from '../clock/clock.ts';
import type { Container, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { type ContainerKind, createContainer, type ManagedContainer } from './container.ts';
import type { Machine } from './machine.ts';
import { createPodProbes } from './pod-probes.ts';
import { createPodStart } from './pod-start.ts';
import { podStatus } from './pod-status.ts';
import { createPodStop } from './pod-stop.ts';
import { createPodVolumes } from './pod-volumes.ts';
import type { ProbeOutcome } from './probe.ts';
import { runAction } from './run-action.ts';
import { hasFailedInit, isCompleted } from './start-order.ts';
import type { Disks } from './volumes.ts';

/** Lo que hace un kubelet con un Pod, desde que lo conoce hasta que no queda nada de él. */
export interface PodWorker {
  readonly uid: string;
  pod(): Pod;
  /** Llegó una versión nueva del Pod. */
  observe(pod: Pod): void;
  /** El Pod ya no está en la API. */
  forget(): void;
  /** Cambió una ConfigMap o un Secret que tiene montado. */
  refreshVolumes(): void;
  /** Se fue la luz: los procesos desaparecen. */
  powerOff(): void;
  powerOn(): void;
  /** Vuelve a escribir lo que sabe: hubo un rato sin hablar con la API. */
  publish(): void;
  container(name: string): ManagedContainer | undefined;
  readonly containers: readonly ManagedContainer[];
}

interface Options {
  world: World;
  machine: Machine;
  disks: Disks;
  pod: Pod;
  /** No queda nada que hacer con él. */
  onGone(): void;
}

// Sigue a kubernetes: pkg/kubelet/pod_workers.go y pkg/kubelet/kubelet.go (SyncPod, SyncTerminatingPod).
export function createPodWorker({ world, machine, disks, pod: first, onGone }: Options): PodWorker {
  const { clock, network, registry, store, events } = world;
  const { uid = '', namespace = '', name = '' } = first.metadata;
  const spec = first.spec ?? { containers: [] };
  const policy = spec.restartPolicy ?? 'Always';
  const source = { component: 'kubelet', host: machine.name };
  const startTime = first.status?.startTime ?? timestamp(clock.now());
  const timers = new Set<Timer>();
  let latest = first;
  let withAddress: Pod | undefined;
  let podIp: string | undefined;
  let hasSandbox = false;
  /** `ending`: acaba por sí mismo y se queda en la API; `terminating`: lo han borrado. */
  let mode: 'running' | 'ending' | 'terminating' | 'gone' = 'running';
  let isInApi = true;
  /** Sus contenedores y sus volúmenes ya no están: lo que se cuente de él es lo último. */
  let isOver = false;
  let failure: { reason: string; message: string } | undefined;
  let publishing: Timer | undefined;

  const later = (delay: number, run: () => void): Timer => {
    const timer = clock.after(delay, () => {
      timers.delete(timer);
      run();
    });
    timers.add(timer);
    return timer;
  };
  const pod = (): Pod =>
    (withAddress ??= {
      ...latest,
      status: { ...latest.status, hostIP: machine.address, hostIPs: [{ ip: machine.address }], ...(podIp ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {}) },
    });

  const event = (type: 'Normal' | 'Warning', reason: string, message: string, container?: ManagedContainer) => {
    if (!machine.isConnected || !machine.isOn) return;
    const path = container && `spec.${container.kind === 'main' ? 'containers' : 'initContainers'}{${container.spec.name}}`;
    events.record(latest, type, reason, message, source, path);
  };
  const volumes = createPodVolumes({
    world,
    disks,
    node: machine.name,
    random: machine.random,
    pod,
    later,
    onFailure: (message) => event('Warning', 'FailedMount', message),
  });
  const host = {
    world,
    machine,
    pod,
    address: () => podIp ?? '',
    volume: volumes.get,
    onExit: () => {
      if (machine.isOn) later(machine.untilRelist(), afterExit);
    },
    onHealthChange: () => probes.wake(),
  };
  const build = (list: readonly Container[], kind: (container: Container) => ContainerKind, reason: string) =>
    list.map((container) => createContainer(host, container, kind(container), reason));
  const init = build(spec.initContainers ?? [], ({ restartPolicy }) => (restartPolicy === 'Always' ? 'sidecar' : 'init'), 'PodInitializing');
  const main = build(spec.containers, () => 'main', init.length > 0 ? 'PodInitializing' : 'ContainerCreating');
  const containers = [...init, ...main];
  const isIdle = () => !containers.some(({ isRunning }) => isRunning);

  const publish = () => {
    publishing?.cancel();
    publishing = undefined;
    if (!machine.isOn || !machine.isConnected || !isInApi) return;
    const current = store.collection<Pod>('pods').get(namespace, name);
    if (current?.metadata.uid !== uid) return;
    const statuses = { init: init.map((container) => container.status()), main: main.map((container) => container.status()) };
    const status = podStatus({
      ...statuses,
      pod: current,
      hostIp: machine.address,
      podIp,
      startTime,
      now: timestamp(clock.now()),
      hasSandbox,
      isTerminal: mode !== 'running',
      isOver,
      failure,
    });
    registry.updateStatus('pods', { ...current, status: { ...current.status, ...status } });
  };
  const publishSoon = (delay: number) => {
    publishing ??= later(delay, publish);
  };

  const target = (container: ManagedContainer) => ({
    network,
    origin: { node: machine.name },
    address: podIp ?? '',
    container: container.spec,
    exec: (command: readonly string[], onDone: Parameters<ManagedContainer['exec']>[2]) => container.exec(command, '', onDone),
  });
  const stops = createPodStop({ clock, containers, target, event });
  const probes = createPodProbes({
    clock,
    since: clock.now(),
    target,
    event,
    onStarted(container) {
      publishSoon(machine.untilRelist());
      if (container.kind === 'sidecar') start.pump();
    },
    onReadiness: () => publishSoon(machine.random.between(5, 20)),
    onUnhealthy(container, kind) {
      if (stops.isStopping(container) || mode !== 'running') return;
      event('Normal', 'Killing', `Container ${container.spec.name} failed ${kind} probe, will be restarted`, container);
      probes.stop(container);
      stops.stop(container, container.spec[`${kind}Probe`]?.terminationGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30);
    },
  });
  const start = createPodStart({
    world,
    machine,
    pod: first,
    containers,
    isAllowed: () => mode === 'running' && hasSandbox && machine.isOn,
    isStopping: stops.isStopping,
    later,
    event,
    publish,
    publishSoon,
    onStarted: afterStart,
    onIdle() {
      if (isCompleted(containers, policy)) end('ending', spec.terminationGracePeriodSeconds ?? 30);
    },
  });

  function begin() {
    if (mode !== 'running') return;
    publish();
    if (spec.activeDeadlineSeconds !== undefined) later(Math.max(0, Date.parse(startTime) + spec.activeDeadlineSeconds * 1000 - clock.now()), expire);
    mountAll();
  }

  const mountAll = () =>
    volumes.mount(() => {
      if (mode === 'running') later(machine.random.between(100, 350), createSandbox);
    });

  const createSandbox = () => {
    if (mode !== 'running') return;
    podIp = spec.hostNetwork ? machine.address : network.allocatePodIp(machine.name);
    if (!podIp) {
      event(
        'Warning',
        'FailedCreatePodSandBox',
        `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: no IP addresses available in range set`,
      );
      return void later(machine.random.between(10_000, 15_000), createSandbox);
    }
    withAddress = undefined;
    hasSandbox = true;
    volumes.fillAddress();
    publishSoon(machine.untilRelist());
    start.pump();
  };

  function afterStart(container: ManagedContainer) {
    const { postStart } = container.spec.lifecycle ?? {};
    if (!postStart) return probes.start(container);
    const { startedAt } = container;
    const done = (outcome: ProbeOutcome) => {
      if (!container.isRunning || container.startedAt !== startedAt) return;
      if (outcome.kind === 'success') return probes.start(container);
      event('Warning', 'FailedPostStartHook', 'PostStartHook failed', container);
      event('Normal', 'Killing', 'FailedPostStartHook', container);
      stops.stop(container, graceOf(latest));
    };
    if (postStart.sleep) later(postStart.sleep.seconds * 1000, () => done({ kind: 'success' }));
    else runAction(postStart, 3_600_000, target(container), done);
  }

  /** Lo único que se cambia en un Pod vivo: el que corre se reinicia, y el que espera por su imagen prueba con la nueva. */
  function changeImage(container: ManagedContainer) {
    const wanted = [...(latest.spec?.initContainers ?? []), ...(latest.spec?.containers ?? [])].find(({ name }) => name === container.spec.name);
    if (!wanted || wanted.image === container.spec.image) return;
    container.change(wanted);
    if (!container.isRunning) return start.retryNow(container);
    event('Normal', 'Killing', `Container ${container.spec.name} definition changed, will be restarted`, container);
    probes.stop(container);
    stops.stop(container, spec.terminationGracePeriodSeconds ?? 30);
  }

  /** El kubelet ve, en su vuelta, que algo ha acabado. */
  const afterExit = () => {
    if (!machine.isOn || mode === 'gone') return;
    // Al que el propio kubelet ha parado lo vuelve a arrancar en la misma vuelta: nadie llega a verlo acabado.
    const isReplacing = containers.some((container) => !container.isRunning && stops.isStopping(container));
    for (const container of containers) {
      if (container.isRunning) continue;
      probes.stop(container);
      stops.forget(container);
    }
    if (mode !== 'running') return continueEnding();
    if (!isReplacing) publish();
    start.pump();
  };

  const expire = () => {
    if (mode !== 'running') return;
    failure = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
    event('Normal', failure.reason, failure.message);
    end('ending', spec.terminationGracePeriodSeconds ?? 30);
  };

  function end(next: 'ending' | 'terminating', grace: number) {
    mode = next;
    start.cancel();
    if (hasFailedInit(containers, policy)) for (const container of main) if (!container.state.terminated) container.wait('PodInitializing');
    for (const container of containers) probes.stop(container, ['readiness']);
    // A los de un Pod que se borra no se les promete otro intento. Sigue a kubelet_pods.go (ShouldContainerBeRestarted).
    if (next === 'terminating') for (const container of containers) container.settle();
    stops.begin(grace);
    continueEnding();
  }

  const continueEnding = () => {
    if (!stops.advance()) return;
    for (const container of containers) probes.stop(container);
    if (mode === 'terminating') return void later(machine.random.between(10, 60), depart);
    publish();
    later(machine.random.between(50, 150), () => {
      releaseSandbox();
      isOver = true;
      publish();
    });
  };

  /** Cuenta cómo acabó; y se va de la API cuando sus volúmenes están desmontados, un rato después: entretanto ya no ocupa su sitio. */
  // Sigue a kubernetes: pkg/kubelet/kubelet.go (SyncTerminatedPod) y volumemanager (WaitForUnmount mira cada 300 ms).
  const depart = () => {
    if (mode === 'gone') return;
    releaseSandbox();
    publish();
    later(machine.random.between(300, 450), finish);
  };

  const releaseSandbox = () => {
    if (hasSandbox && podIp && !spec.hostNetwork) network.releasePodIp(podIp);
    hasSandbox = false;
  };

  /** Nada corre ya: se cuenta cómo acabó y se quita de la API. */
  const finish = () => {
    if (mode === 'gone' || !machine.isOn || (isInApi && !machine.isConnected)) return;
    releaseSandbox();
    isOver = true;
    publish();
    mode = 'gone';
    if (isInApi && store.collection<Pod>('pods').get(namespace, name)?.metadata.uid === uid) {
      registry.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    }
    for (const timer of timers) timer.cancel();
    onGone();
  };

  /** Ni el borrado más tajante ahorra al proceso un segundo para irse. Sin gracia pedida vale la del Pod. */
  // Sigue a kubernetes: pkg/kubelet/pod_workers.go (calculateEffectiveGracePeriod).
  const graceOf = ({ metadata }: Pod): number => Math.max(1, metadata.deletionGracePeriodSeconds || (spec.terminationGracePeriodSeconds ?? 30));

  later(machine.random.between(5, 30), begin);

  return {
    uid,
    pod,
    observe(next) {
      latest = next;
      withAddress = undefined;
      if (mode === 'running' && !next.metadata.deletionTimestamp) for (const container of containers) changeImage(container);
      if (mode === 'gone' || !next.metadata.deletionTimestamp) return;
      if (mode !== 'terminating') {
        const isUnborn = mode === 'running' && isIdle();
        end('terminating', graceOf(next));
        // Que ya sabe que se va se ve en observedGeneration. Sigue a kubelet.go (SyncTerminatingPod empieza por contar el estado).
        if (isUnborn || !isIdle()) publishSoon(machine.random.between(5, 20));
        return;
      }
      if (isIdle()) finish();
      else stops.shorten(graceOf(next));
    },
    forget() {
      if (mode === 'gone') return;
      isInApi = false;
      if (mode !== 'terminating') end('terminating', graceOf(latest));
      else if (isIdle()) finish();
    },
    refreshVolumes: volumes.refresh,
    powerOff() {
      for (const timer of timers) timer.cancel();
      timers.clear();
      publishing = undefined;
      start.cancel();
      for (const container of containers) {
        probes.stop(container);
        stops.forget(container);
        container.vanish();
      }
      releaseSandbox();
    },
    powerOn() {
      if (mode === 'gone') return;
      if (mode === 'terminating') return void later(machine.random.between(50, 200), finish);
      if (mode === 'ending') return publish();
      volumes.loseMemory();
      // Los init vuelven a correr: el Pod entero empieza de nuevo.
      for (const container of init) if (container.kind === 'init') container.wait('PodInitializing');
      if (podIp) event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
      podIp = undefined;
      withAddress = undefined;
      publish();
      later(machine.random.between(50, 200), mountAll);
    },
    publish() {
      if (mode === 'terminating' && isIdle()) return finish();
      publish();
    },
    container: (wanted) => containers.find((container) => container.spec.name === wanted),
    containers,
  };
}
