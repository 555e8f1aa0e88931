import type { KubeObject } from '../object.ts';
import type { Volume } from '../programs/volume.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Node, PersistentVolume, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { admitPod } from './admit-pod.ts';
import { createHostFiles } from './host-files.ts';
import { liveFilesOf } from './live-files.ts';
import { createMachine, type Machine } from './machine.ts';
import { nodeStory, startSchedulableStory } from './node-events.ts';
import { healthyConditions, nodeObject } from './node-object.ts';
import type { NodeOptions } from './node-options.ts';
import { createRuntime } from './pod-runtime.ts';
import { createPodWorker, type PodWorker } from './pod-worker.ts';
import type { Runtime } from './runtime.ts';
import { createDisks } from './volumes.ts';

/** Lo que se puede hacer con las máquinas desde fuera: su enchufe, su cable y sus procesos. */
export interface KubeletControl {
  readonly runtime: Runtime;
  readonly names: readonly string[];
  /** Enciende una máquina nueva: su kubelet se registra. */
  add(node: NodeOptions): void;
  /** Tira del enchufe: los procesos desaparecen sin despedirse. */
  powerOff(name: string): void;
  powerOn(name: string): void;
  /** Quita el cable de red: los procesos siguen, pero nadie llega a ellos. */
  disconnect(name: string): void;
  reconnect(name: string): void;
  isUp(name: string): boolean;
  /** SIGKILL al proceso de un contenedor, desde el nodo. Sin nombre, el primero. */
  killContainer(pod: Pod, container?: string): void;
}

interface Kubelet {
  machine: Machine;
  workers: Map<string, PodWorker>;
  /** Su árbol de archivos. */
  files: Volume;
  /** Lo que anuncia de sí misma, por si hay que registrarla otra vez. */
  options: NodeOptions;
  index: number;
}

export function startKubelets(world: World, nodes: readonly NodeOptions[]): KubeletControl {
  const { clock, random, store, registry, network, events, heartbeats } = world;
  const pods = store.collection<Pod>('pods');
  const byNode = pods.index('nodo', (pod) => (pod.spec?.nodeName ? [pod.spec.nodeName] : []));
  const kubelets = new Map<string, Kubelet>();
  const disks = createDisks((name) => kubeletOf(name).files);
  const delays = random.fork('kubelet');

  const kubeletOf = (name: string): Kubelet => {
    const found = kubelets.get(name);
    if (!found) throw new Error(`La maqueta no tiene una máquina llamada ${name}`);
    return found;
  };

  const isFinished = (pod: Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

  const see = (kubelet: Kubelet, pod: Pod) => {
    const uid = pod.metadata.uid ?? '';
    const known = kubelet.workers.get(uid);
    if (known) return known.observe(pod);
    // Un Pod que ya acabó y que este kubelet no recuerda solo espera a que lo borren.
    if (isFinished(pod) && !pod.metadata.deletionTimestamp) return;
    if (isFinished(pod)) return removeFromApi(pod);
    if (!pod.metadata.deletionTimestamp && rejects(kubelet, pod)) return;
    const worker = createPodWorker({ world, machine: kubelet.machine, disks, pod, onGone: () => kubelet.workers.delete(uid) });
    kubelet.workers.set(uid, worker);
    // Uno que ya se iba cuando se supo de él se despide igual, sin haber empezado.
    if (pod.metadata.deletionTimestamp) worker.observe(pod);
  };

  /** ¿No lo quiere? Entonces ya ha acabado, sin haber empezado, y lo dice. */
  // Sigue a kubernetes: pkg/kubelet/kubelet.go (HandlePodAdditions, rejectPod) y pkg/kubelet/status/status_manager.go (mergePodStatus).
  const rejects = ({ machine, workers }: Kubelet, pod: Pod): boolean => {
    const node = store.collection<Node>('nodes').get('', machine.name);
    const active = [...byNode.get(machine.name)].filter((other) => other !== pod && workers.has(other.metadata.uid ?? '') && !isFinished(other));
    const rejection = node && admitPod(pod, node, active);
    if (!rejection) return false;
    const { reason, message } = rejection;
    const { generation } = pod.metadata;
    events.record(pod, 'Warning', reason, message, { component: 'kubelet', host: machine.name });
    registry.updateStatus<Pod>('pods', {
      ...pod,
      status: {
        ...(generation === undefined ? {} : { observedGeneration: generation }),
        phase: 'Failed',
        reason,
        message: `Pod was rejected: ${message}`,
        startTime: timestamp(clock.now()),
        ...(pod.status?.qosClass ? { qosClass: pod.status.qosClass } : {}),
      },
    });
    return true;
  };

  const removeFromApi = ({ metadata: { namespace = '', name = '', uid } }: Pod) => {
    try {
      registry.delete('pods', namespace, name, { gracePeriodSeconds: 0, ...(uid ? { preconditions: { uid } } : {}) });
    } catch (error) {
      // Ya se había ido, o es otro con el mismo nombre.
      if (!(error instanceof ApiError)) throw error;
    }
  };

  const listen = (kubelet: Kubelet) => kubelet.machine.isOn && kubelet.machine.isConnected;

  pods.onChange(({ type, object, before }) => {
    const node = object.spec?.nodeName;
    const kubelet = node ? kubelets.get(node) : undefined;
    if (!kubelet || !listen(kubelet)) return;
    const known = kubelet.workers.get(object.metadata.uid ?? '');
    // El kubelet solo actúa ante un Pod nuevo, un borrado o un cambio de metadatos o spec; su propio estado ya lo sabe.
    if (
      known &&
      type === 'MODIFIED' &&
      object.spec === before?.spec &&
      object.metadata.deletionTimestamp === before?.metadata.deletionTimestamp &&
      object.metadata.generation === before?.metadata.generation &&
      object.metadata.labels === before?.metadata.labels
    ) {
      return;
    }
    clock.after(delays.between(2, 15), () => {
      if (!listen(kubelet)) return;
      if (type === 'DELETED') return kubelet.workers.get(object.metadata.uid ?? '')?.forget();
      const current = pods.get(object.metadata.namespace ?? '', object.metadata.name ?? '');
      if (current && current.metadata.uid === object.metadata.uid) see(kubelet, current);
    });
  });

  for (const key of ['configmaps', 'secrets']) {
    store.collection(key).onChange(({ object }) => refresh(object));
  }
  const refresh = (object: KubeObject) => {
    for (const { workers } of kubelets.values()) {
      for (const worker of workers.values()) if (mounts(worker.pod(), object)) worker.refreshVolumes();
    }
  };
  store.collection<PersistentVolume>('persistentvolumes').onChange(({ type, object }) => {
    if (type === 'DELETED') disks.forget(object);
  });

  /** El kubelet vuelve a hablar con la API: compara lo que tiene con lo que debería tener. */
  const relist = (kubelet: Kubelet) => {
    const wanted = new Map([...byNode.get(kubelet.machine.name)].map((pod) => [pod.metadata.uid ?? '', pod]));
    for (const [uid, worker] of [...kubelet.workers]) {
      if (!wanted.has(uid)) worker.forget();
    }
    for (const pod of wanted.values()) see(kubelet, pod);
    for (const worker of [...kubelet.workers.values()]) if (wanted.has(worker.uid)) worker.publish();
  };

  const announce = ({ options, index }: Pick<Kubelet, 'options' | 'index'>): Node => {
    const { status, ...rest } = nodeObject(world, options, index);
    const created = registry.create<Node>('nodes', { ...rest, status: status ?? {} });
    // Si el registro quita el estado al crear, se escribe aparte, como hace el kubelet.
    return created.status?.addresses ? created : registry.updateStatus<Node>('nodes', { ...created, status: { ...created.status, ...status } });
  };

  const register = (options: NodeOptions) => {
    const index = kubelets.size;
    const node = announce({ options, index });
    const address = node.status?.addresses?.[0]?.address ?? '';
    const machine = createMachine(world, options.name, address);
    const workers = new Map<string, PodWorker>();
    kubelets.set(options.name, { machine, workers, files: createHostFiles(liveFilesOf(world, machine, workers)), options, index });
    heartbeats.begin(options.name);
    return node;
  };

  const silence = (name: string) => {
    network.setNodeReachable(name, false);
    heartbeats.end(name);
  };

  const resume = (kubelet: Kubelet, { isReboot, delay, onBack }: { isReboot: boolean; delay: number; onBack(): void }) => {
    const { name } = kubelet.machine;
    network.setNodeReachable(name, true);
    clock.after(delay, () => {
      if (!listen(kubelet)) return;
      const found = store.collection<Node>('nodes').get('', name);
      // Quien arranca sin estar registrado se registra; a quien solo se le cayó el cable ni se le ocurre.
      if (!found && !isReboot) return;
      const before = found ?? announce(kubelet);
      const nodeInfo = before.status?.nodeInfo;
      const node = registry.updateStatus<Node>('nodes', {
        ...before,
        status: {
          ...before.status,
          conditions: healthyConditions(timestamp(clock.now()), before.status?.conditions),
          ...(nodeInfo && isReboot ? { nodeInfo: { ...nodeInfo, bootID: kubelet.machine.random.uuid() } } : {}),
        },
      });
      nodeStory(world, node, found ? before : undefined, isReboot);
      heartbeats.begin(name);
      onBack();
      relist(kubelet);
    });
  };

  for (const node of nodes) register(node);
  startSchedulableStory(world, (name) => {
    const kubelet = kubelets.get(name);
    return kubelet !== undefined && listen(kubelet);
  });

  return {
    runtime: createRuntime(world, (pod) => {
      const kubelet = kubelets.get(pod.spec?.nodeName ?? '');
      return {
        worker: kubelet?.workers.get(pod.metadata.uid ?? ''),
        isReachable: kubelet !== undefined && listen(kubelet),
        address: kubelet?.machine.address ?? '',
      };
    }),
    get names() {
      return [...kubelets.keys()];
    },
    add: (node) => nodeStory(world, register(node), undefined, true),
    isUp: (name) => listen(kubeletOf(name)),
    powerOff(name) {
      const { machine, workers } = kubeletOf(name);
      if (!machine.isOn) return;
      if (machine.isConnected) silence(name);
      machine.isOn = false;
      for (const worker of workers.values()) worker.powerOff();
    },
    powerOn(name) {
      const kubelet = kubeletOf(name);
      if (kubelet.machine.isOn) return;
      kubelet.machine.isOn = true;
      kubelet.machine.bootedAt = clock.now();
      if (!kubelet.machine.isConnected) return;
      resume(kubelet, {
        isReboot: true,
        delay: delays.between(800, 1500),
        onBack() {
          for (const worker of [...kubelet.workers.values()]) worker.powerOn();
        },
      });
    },
    disconnect(name) {
      const { machine } = kubeletOf(name);
      if (!machine.isConnected) return;
      if (machine.isOn) silence(name);
      machine.isConnected = false;
    },
    reconnect(name) {
      const kubelet = kubeletOf(name);
      if (kubelet.machine.isConnected) return;
      kubelet.machine.isConnected = true;
      if (kubelet.machine.isOn) resume(kubelet, { isReboot: false, delay: delays.between(200, 1000), onBack: () => undefined });
    },
    killContainer(pod, container) {
      const worker = kubelets.get(pod.spec?.nodeName ?? '')?.workers.get(pod.metadata.uid ?? '');
      (container === undefined ? worker?.containers.find(({ kind }) => kind === 'main') : worker?.container(container))?.kill();
    },
  };
}

/** ¿Monta este Pod esa ConfigMap o ese Secret? */
function mounts(pod: Pod, { kind, metadata }: KubeObject): boolean {
  if (pod.metadata.namespace !== metadata.namespace) return false;
  return (pod.spec?.volumes ?? []).some(({ configMap, secret, projected }) => {
    const names =
      kind === 'ConfigMap'
        ? [configMap?.name, ...(projected?.sources ?? []).map((source) => source.configMap?.name)]
        : [secret?.secretName, ...(projected?.sources ?? []).map((source) => source.secret?.name)];
    return names.includes(metadata.name);
  });
}
