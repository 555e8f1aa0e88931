import type { Timer } from '../clock/clock.ts';
import type { Volume as Files } from '../programs/volume.ts';
import type { Container, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { goDuration } from './backoff.ts';
import { type ContainerKind, createContainer, type Host, type ManagedContainer } from './container.ts';
import type { Machine } from './machine.ts';
import { podStatus } from './pod-status.ts';
import { createProber, type ProbeOutcome, type Prober } from './probe.ts';
import { runAction } from './run-action.ts';
import { createImageAttempts, type ImageAttempts, startContainer } from './start-container.ts';
import { stopContainer, type Stopping } from './stop-container.ts';
import { type Disks, fill, isFromApi, mountVolume } from './volumes.ts';

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

type ProbeKind = 'startup' | 'liveness' | 'readiness';
const probeNames = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

// Sigue a kubernetes: pkg/kubelet/pod_workers.go, pkg/kubelet/kubelet.go (SyncPod) y pkg/kubelet/kuberuntime/kuberuntime_manager.go (computePodActions).
export function createPodWorker({ world, machine, disks, pod: first, onGone }: Options): PodWorker {
  const { clock, network, registry, store, events } = world;
  const uid = first.metadata.uid ?? '';
  const namespace = first.metadata.namespace ?? '';
  const name = first.metadata.name ?? '';
  const spec = first.spec ?? { containers: [] };
  const policy = spec.restartPolicy ?? 'Always';
  const source = { component: 'kubelet', host: machine.name };
  const knownAt = clock.now();
  const startTime = first.status?.startTime ?? timestamp(knownAt);
  const timers = new Set<Timer>();
  const volumes = new Map<string, Files>();
  const probers = new Map<ManagedContainer, Map<ProbeKind, Prober>>();
  const attempts = new Map<ManagedContainer, ImageAttempts>();
  const stopping = new Map<ManagedContainer, Stopping>();
  let latest = first;
  let withAddress: Pod | undefined;
  let podIp: string | undefined;
  let hasSandbox = false;
  let mode: 'running' | 'ending' | 'terminating' | 'gone' = 'running';
  let isInApi = true;
  let failure: { reason: string; message: string } | undefined;
  let deadline = Number.POSITIVE_INFINITY;
  let starting: { container: ManagedContainer; cancel(): void } | undefined;
  let publishing: Timer | undefined;
  let mountDelay = 500;

  const later = (delay: number, run: () => void): Timer => {
    const timer = clock.after(delay, () => {
      timers.delete(timer);
      run();
    });
    timers.add(timer);
    return timer;
  };

  const host: Host = {
    world,
    machine,
    pod: () => (withAddress ??= { ...latest, status: { ...latest.status, hostIP: machine.address, hostIPs: [{ ip: machine.address }], ...(podIp ? { podIP: podIp, podIPs: [{ ip: podIp }] } : {}) } }),
    address: () => podIp ?? '',
    volume: (volume) => volumes.get(volume),
    onExit: () => {
      if (machine.isOn) later(machine.untilRelist(), afterExit);
    },
    onHealthChange() {
      for (const kinds of probers.values()) for (const prober of kinds.values()) prober.wake();
    },
  };
  const build = (kind: (container: Container) => ContainerKind, list: readonly Container[], reason: string) => list.map((container) => createContainer(host, container, kind(container), reason));
  const hasInit = (spec.initContainers?.length ?? 0) > 0;
  const init = build((container) => (container.restartPolicy === 'Always' ? 'sidecar' : 'init'), spec.initContainers ?? [], 'PodInitializing');
  const main = build(() => 'main', spec.containers, hasInit ? 'PodInitializing' : 'ContainerCreating');
  const containers = [...init, ...main];

  const event = (type: 'Normal' | 'Warning', reason: string, message: string, container?: ManagedContainer) => {
    if (!machine.isConnected || !machine.isOn) return;
    const path = container && `spec.${container.kind === 'main' ? 'containers' : 'initContainers'}{${container.spec.name}}`;
    events.record(latest, type, reason, message, source, path);
  };

  // --- Estado en la API ---

  const publish = () => {
    publishing?.cancel();
    publishing = undefined;
    if (!machine.isOn || !machine.isConnected || !isInApi) return;
    const current = store.collection<Pod>('pods').get(namespace, name);
    if (current?.metadata.uid !== uid) return;
    const status = podStatus({
      pod: current,
      hostIp: machine.address,
      podIp,
      startTime,
      now: timestamp(clock.now()),
      hasSandbox,
      init: init.map((container) => container.status()),
      main: main.map((container) => container.status()),
      isTerminal: mode !== 'running',
      failure,
    });
    registry.updateStatus('pods', { ...current, status: { ...current.status, ...status } });
  };
  const publishSoon = (delay: number) => {
    if (publishing) return;
    publishing = later(delay, publish);
  };

  // --- Arranque ---

  const begin = () => {
    publish();
    if (spec.activeDeadlineSeconds !== undefined) later(Math.max(0, Date.parse(startTime) + spec.activeDeadlineSeconds * 1000 - clock.now()), expire);
    mountAll();
  };

  const mountAll = () => {
    if (mode !== 'running') return;
    for (const volume of spec.volumes ?? []) {
      if (volumes.has(volume.name)) continue;
      const mounted = mountVolume(world, disks, host.pod(), volume, machine.name);
      if ('volume' in mounted) {
        if (mounted.message) event('Warning', 'FailedMount', mounted.message);
        // Sigue a kubernetes: pkg/util/goroutinemap/exponentialbackoff: de 500 ms a 2 min 2 s.
        later(mountDelay, mountAll);
        mountDelay = Math.min(mountDelay * 2, 122_000);
        return;
      }
      volumes.set(volume.name, mounted);
    }
    later(machine.random.between(100, 350), createSandbox);
  };

  const createSandbox = () => {
    if (mode !== 'running') return;
    podIp = spec.hostNetwork ? machine.address : network.allocatePodIp(machine.name);
    withAddress = undefined;
    hasSandbox = true;
    for (const volume of spec.volumes ?? []) {
      // La IP ya se sabe: lo que la pedía por downwardAPI se completa.
      const files = volumes.get(volume.name);
      if (files && (volume.downwardAPI || volume.projected)) fill(world, host.pod(), volume, files);
    }
    publishSoon(machine.untilRelist());
    pump();
  };

  /** Decide qué contenedor toca ahora y lo pone en marcha. De uno en uno, como SyncPod. */
  const pump = () => {
    if (mode !== 'running' || !hasSandbox || starting || !machine.isOn) return;
    const next = nextToStart();
    if (!next) return checkCompletion();
    const since = next.finishedAt;
    const wait = next.state.terminated || next.state.waiting?.reason === 'CrashLoopBackOff' ? next.restarts.remaining(since, clock.now()) : 0;
    if (wait > 0) return backOff(next, wait);
    if (next.finishedAt > 0 && next.state.waiting?.reason !== 'ErrImagePull' && next.state.waiting?.reason !== 'ImagePullBackOff') next.restarts.next(since, clock.now());
    let tries = attempts.get(next);
    if (!tries) attempts.set(next, (tries = createImageAttempts()));
    let isHeld = true;
    const release = () => {
      isHeld = false;
      if (starting?.container === next) starting = undefined;
    };
    const cancel = startContainer(world, machine, next, tries, {
      event: (container, type, reason, message) => event(type, reason, message, container),
      onWaiting: () => publishSoon(machine.random.between(5, 20)),
      onStarted() {
        release();
        if (next.isRunning) afterStart(next);
        publishSoon(machine.untilRelist());
        pump();
      },
      onRetry(delay) {
        release();
        blocked.add(next);
        later(delay, () => {
          blocked.delete(next);
          pump();
        });
        pump();
      },
    });
    if (isHeld) starting = { container: next, cancel };
  };
  /** Contenedores que esperan a poder intentarlo otra vez: los demás no se paran por ellos. */
  const blocked = new Set<ManagedContainer>();

  const nextToStart = (): ManagedContainer | undefined => {
    const isDue = (container: ManagedContainer) => !container.isRunning && !blocked.has(container) && !stopping.has(container);
    for (const container of init) {
      if (container.kind === 'sidecar') {
        if (!container.isRunning) return isDue(container) ? container : undefined;
        if (!container.isStarted) return undefined;
        continue;
      }
      const code = container.state.terminated?.exitCode;
      if (code === 0) continue;
      if (container.isRunning || !isDue(container)) return undefined;
      if (code !== undefined && policy === 'Never') return undefined;
      return container;
    }
    return main.find((container) => isDue(container) && shouldRun(container));
  };

  const shouldRun = (container: ManagedContainer): boolean => {
    const { terminated } = container.state;
    if (!terminated) return true;
    return policy === 'Always' || (policy === 'OnFailure' && terminated.exitCode !== 0);
  };

  const backOff = (container: ManagedContainer, wait: number) => {
    const message = `back-off ${goDuration(container.restarts.delay)} restarting failed container=${container.spec.name} pod=${name}_${namespace}(${uid})`;
    const isFirst = container.state.waiting?.reason !== 'CrashLoopBackOff';
    // Primero se ve cómo acabó; en la vuelta siguiente, que está esperando.
    if (isFirst) {
      event('Warning', 'BackOff', `Back-off restarting failed container ${container.spec.name} in pod ${name}_${namespace}(${uid})`, container);
      later(1000, () => {
        if (container.isRunning || mode !== 'running' || !container.state.terminated) return;
        container.wait('CrashLoopBackOff', message);
        publish();
      });
    }
    blocked.add(container);
    later(Math.min(wait, 60_000) * machine.random.between(1, 1.1), () => {
      blocked.delete(container);
      pump();
    });
    pump();
  };

  // --- En marcha ---

  const afterStart = (container: ManagedContainer) => {
    const { postStart } = container.spec.lifecycle ?? {};
    if (!postStart) return startProbes(container);
    const startedAt = container.startedAt;
    const done = (outcome: ProbeOutcome) => {
      if (!container.isRunning || container.startedAt !== startedAt) return;
      if (outcome.kind === 'success') return startProbes(container);
      event('Warning', 'FailedPostStartHook', 'PostStartHook failed', container);
      event('Normal', 'Killing', 'FailedPostStartHook', container);
      stop(container, graceOf(latest));
    };
    if (postStart.sleep) later(postStart.sleep.seconds * 1000, () => done({ kind: 'success' }));
    else runAction(postStart, 3_600_000, target(container), done);
  };

  const target = (container: ManagedContainer) => ({
    network,
    origin: { node: machine.name },
    address: podIp ?? '',
    container: container.spec,
    exec: (command: readonly string[], onDone: Parameters<ManagedContainer['exec']>[2]) => container.exec(command, '', onDone),
  });

  const startProbes = (container: ManagedContainer) => {
    const { startupProbe } = container.spec;
    if (startupProbe) return probe(container, 'startup');
    started(container);
  };

  const started = (container: ManagedContainer) => {
    container.isStarted = true;
    if (container.spec.readinessProbe) probe(container, 'readiness');
    else container.isReady = true;
    if (container.spec.livenessProbe) probe(container, 'liveness');
    publishSoon(machine.untilRelist());
    if (container.kind === 'sidecar') pump();
  };

  const probe = (container: ManagedContainer, kind: ProbeKind) => {
    const wanted = container.spec[`${kind}Probe`];
    if (!wanted) return;
    const kinds = probers.get(container) ?? new Map<ProbeKind, Prober>();
    probers.set(container, kinds);
    kinds.get(kind)?.stop();
    const prober = createProber({
      clock,
      probe: wanted,
      since: knownAt,
      startedAt: container.startedAt,
      run: (onDone) => {
        const timeout = (wanted.timeoutSeconds ?? 1) * 1000;
        if (!wanted.exec) return runAction(wanted, timeout, target(container), onDone);
        const limit = clock.after(timeout, () => {
          cancel();
          onDone({ kind: 'failure', message: `command timed out: ${JSON.stringify(wanted.exec?.command?.join(' '))} timed out after ${goDuration(timeout)}` });
        });
        const cancel = runAction(wanted, timeout, target(container), (outcome) => {
          limit.cancel();
          onDone(outcome);
        });
        return () => {
          limit.cancel();
          cancel();
        };
      },
      onOutcome(outcome) {
        if (outcome.kind === 'failure') event('Warning', 'Unhealthy', `${probeNames[kind]} probe failed: ${outcome.message}`, container);
        if (outcome.kind === 'unknown') event('Warning', 'Unhealthy', `${probeNames[kind]} probe errored and resulted in unknown state: ${outcome.message}`, container);
      },
      onResult: (isHealthy) => probed(container, kind, isHealthy),
      isSettled: () => container.isStable && !wanted.exec,
    });
    kinds.set(kind, prober);
  };

  const probed = (container: ManagedContainer, kind: ProbeKind, isHealthy: boolean) => {
    if (kind === 'readiness') {
      if (container.isReady === isHealthy) return;
      container.isReady = isHealthy;
      return publishSoon(machine.random.between(5, 20));
    }
    if (isHealthy) {
      if (kind === 'liveness' || container.isStarted) return;
      probers.get(container)?.get('startup')?.stop();
      started(container);
      return publishSoon(machine.random.between(5, 20));
    }
    if (stopping.has(container) || mode !== 'running') return;
    event('Normal', 'Killing', `Container ${container.spec.name} failed ${kind} probe, will be restarted`, container);
    const own = container.spec[`${kind}Probe`]?.terminationGracePeriodSeconds;
    stopProbes(container);
    stop(container, own ?? spec.terminationGracePeriodSeconds ?? 30);
  };

  const stopProbes = (container: ManagedContainer, kept: readonly ProbeKind[] = []) => {
    for (const [kind, prober] of probers.get(container) ?? []) {
      if (kept.includes(kind)) continue;
      prober.stop();
      probers.get(container)?.delete(kind);
    }
  };

  const stop = (container: ManagedContainer, grace: number) => {
    if (stopping.has(container) || !container.isRunning) return;
    stopping.set(container, stopContainer({ clock, container, grace, target: target(container), onHookFailed: (message) => event('Warning', 'FailedPreStopHook', message, container) }));
  };

  /** El kubelet ve, en su vuelta, que algo ha acabado. */
  const afterExit = () => {
    if (!machine.isOn || mode === 'gone') return;
    for (const container of containers) {
      if (container.isRunning) continue;
      stopProbes(container);
      stopping.get(container)?.cancel();
      stopping.delete(container);
    }
    if (mode !== 'running') return continueEnding();
    publish();
    pump();
  };

  // --- Final ---

  const checkCompletion = () => {
    const initFailed = policy === 'Never' && init.some(({ kind, state }) => kind === 'init' && (state.terminated?.exitCode ?? 0) !== 0);
    const isOver = main.every((container) => !container.isRunning && container.state.terminated && !shouldRun(container));
    if (!initFailed && !isOver) return;
    mode = 'ending';
    if (initFailed) for (const container of main) if (!container.state.terminated) container.wait('PodInitializing');
    deadline = clock.now() + (spec.terminationGracePeriodSeconds ?? 30) * 1000;
    continueEnding();
  };

  const expire = () => {
    if (mode !== 'running') return;
    failure = { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' };
    event('Normal', failure.reason, failure.message);
    end('ending', spec.terminationGracePeriodSeconds ?? 30);
  };

  const end = (next: 'ending' | 'terminating', grace: number) => {
    mode = next;
    starting?.cancel();
    starting = undefined;
    deadline = clock.now() + grace * 1000;
    for (const container of containers) stopProbes(container, ['readiness']);
    continueEnding();
  };

  /** Primero los contenedores; cuando no queda ninguno, los sidecars, del último al primero. */
  const continueEnding = () => {
    const left = () => Math.max(0, (deadline - clock.now()) / 1000);
    const alive = containers.filter(({ isRunning }) => isRunning);
    const first = alive.filter(({ kind }) => kind !== 'sidecar');
    for (const container of first.length > 0 ? first : alive.slice(-1)) {
      if (stopping.has(container)) continue;
      event('Normal', 'Killing', `Stopping container ${container.spec.name}`, container);
      stop(container, left());
    }
    if (alive.length > 0) return;
    for (const container of containers) stopProbes(container);
    if (mode === 'terminating') later(machine.random.between(10, 60), finish);
    else {
      mode = 'ending';
      publish();
      releaseSandbox();
    }
  };

  const releaseSandbox = () => {
    if (podIp && !spec.hostNetwork) network.releasePodIp(podIp);
    hasSandbox = false;
  };

  const finish = () => {
    if (mode === 'gone' || !machine.isOn) return;
    if (isInApi && !machine.isConnected) return;
    if (hasSandbox) releaseSandbox();
    if (isInApi) {
      publish();
      const current = store.collection<Pod>('pods').get(namespace, name);
      if (current?.metadata.uid === uid) {
        mode = 'gone';
        registry.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
      }
    }
    dispose();
  };

  const dispose = () => {
    mode = 'gone';
    for (const timer of timers) timer.cancel();
    timers.clear();
    onGone();
  };

  /** Ni el borrado más tajante ahorra al proceso un segundo para irse. */
  // Sigue a kubernetes: pkg/kubelet/pod_workers.go (calculateEffectiveGracePeriod).
  const graceOf = (pod: Pod): number => Math.max(1, pod.metadata.deletionGracePeriodSeconds || spec.terminationGracePeriodSeconds || 0 || (spec.terminationGracePeriodSeconds === undefined ? 30 : 1));

  later(machine.random.between(5, 30), begin);

  return {
    uid,
    pod: host.pod,
    observe(pod) {
      const hadMark = latest.metadata.deletionTimestamp !== undefined;
      latest = pod;
      withAddress = undefined;
      if (mode === 'gone' || !pod.metadata.deletionTimestamp) return;
      if (mode === 'terminating') {
        const shorter = clock.now() + graceOf(pod) * 1000;
        if (hadMark && shorter < deadline) {
          deadline = shorter;
          for (const one of stopping.values()) one.shorten(deadline);
        } else if (!containers.some(({ isRunning }) => isRunning)) finish();
        return;
      }
      end('terminating', graceOf(pod));
    },
    forget() {
      if (mode === 'gone') return;
      isInApi = false;
      if (mode === 'terminating') {
        if (!containers.some(({ isRunning }) => isRunning)) finish();
        return;
      }
      end('terminating', graceOf(latest));
    },
    refreshVolumes() {
      // El kubelet mira el origen de vez en cuando: un cambio tarda en verse dentro del Pod.
      later(machine.random.between(1000, 60_000), () => {
        for (const volume of spec.volumes ?? []) {
          const files = volumes.get(volume.name);
          if (files && isFromApi(volume)) fill(world, host.pod(), volume, files);
        }
      });
    },
    powerOff() {
      for (const timer of timers) timer.cancel();
      timers.clear();
      publishing = undefined;
      starting?.cancel();
      starting = undefined;
      blocked.clear();
      for (const container of containers) stopProbes(container);
      for (const one of stopping.values()) one.cancel();
      stopping.clear();
      for (const container of containers) container.vanish();
      if (hasSandbox) releaseSandbox();
    },
    powerOn() {
      if (mode === 'gone') return;
      if (mode === 'terminating') return void later(machine.random.between(50, 200), finish);
      if (mode === 'ending') return publish();
      for (const volume of spec.volumes ?? []) if (volume.emptyDir?.medium === 'Memory') volumes.delete(volume.name);
      for (const container of init) if (container.kind === 'init') container.wait('PodInitializing');
      if (podIp) event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.');
      podIp = undefined;
      withAddress = undefined;
      mountDelay = 500;
      publish();
      later(machine.random.between(50, 200), mountAll);
    },
    publish() {
      if (mode === 'terminating' && !containers.some(({ isRunning }) => isRunning)) return finish();
      publish();
    },
    container: (wanted) => containers.find(({ spec: own }) => own.name === wanted),
    containers,
  };
}
