import { createHandler } from './api/handler.ts';
import { createClock, type VirtualClock } from './clock/clock.ts';
import { createRandom } from './clock/random.ts';
import { startControllers } from './controllers/start-controllers.ts';
import { createEventRecorder } from './create-event-recorder.ts';
import { createHeartbeats } from './kubelet/heartbeats.ts';
import type { NodeOptions } from './kubelet/node-options.ts';
import { type KubeletControl, startKubelets } from './kubelet/start-kubelets.ts';
import { createKubernetesService } from './kubernetes-service.ts';
import { createNetwork } from './network/create-network.ts';
import type { KubeObject } from './object.ts';
import { createRegistry } from './registry/create-registry.ts';
import { installStrategies } from './registry/strategies/install-strategies.ts';
import { startScheduler } from './scheduler/start-scheduler.ts';
import { resources } from './schema/resources.generated.ts';
import { createStore } from './store/store.ts';
import type { World } from './world.ts';

export interface MaquetaOptions {
  /** La misma semilla y las mismas peticiones dan la misma historia, byte a byte. Por defecto, 1. */
  seed?: number;
  /** Instante virtual en que arranca, ISO 8601. */
  start?: string;
  nodes?: readonly NodeOptions[];
  /** Milisegundos que un nodo puede callar antes de darlo por perdido (`node-monitor-grace-period`). Por defecto 50 s, como desde 1.32. */
  nodeMonitorGracePeriod?: number;
  /** Congela los objetos guardados: modificar uno en su sitio pasa a ser un error. Para pruebas. */
  freeze?: boolean;
}

export interface Maqueta {
  /** La API REST de Kubernetes, sin transporte: la sirve un puerto HTTP o la llama la página. */
  fetch(request: Request): Promise<Response>;
  readonly clock: VirtualClock;
  /**
   * Manda ya un BOOKMARK con la versión actual a los watch que los pidieron, y la devuelve: quien adelanta el reloj sabe así
   * cuándo han llegado todos los sucesos por HTTP.
   */
  syncWatches(): number;
  /** Lo que en un taller se hace con el enchufe y el cable de cada nodo. */
  readonly machines: KubeletControl;
  /** Las tripas, para pruebas y escenarios. Quien la usa como clúster no las necesita. */
  readonly world: World;
}

/** Un plano de control marcado, como en kubeadm, y tres nodos de trabajo. */
export const defaultNodes: readonly NodeOptions[] = [
  {
    name: 'maqueta-control',
    labels: { 'node-role.kubernetes.io/control-plane': '' },
    taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
  },
  { name: 'maqueta-nodo1' },
  { name: 'maqueta-nodo2' },
  { name: 'maqueta-nodo3' },
];

/**
 * Un Kubernetes pequeño dentro del proceso: se porta como el de verdad en lo que sabe y rechaza, nombrándolo, lo que no sabe.
 * Nada ocurre hasta que alguien adelanta `clock`.
 */
export function createMaqueta(options: MaquetaOptions = {}): Maqueta {
  const clock = createClock(Date.parse(options.start ?? '2026-11-20T09:00:00Z'));
  const random = createRandom(options.seed ?? 1);
  const store = createStore(resources, { history: 4096, freeze: options.freeze ?? false });
  const registry = createRegistry({ clock, random, store });
  const events = createEventRecorder({ clock, random, store, registry });
  const network = createNetwork({ clock, random, store });
  const heartbeats = createHeartbeats({ clock, random, store, registry });
  // El kubelet necesita el mundo y el mundo necesita lo que sirve el kubelet: se cierra aquí.
  const world = { clock, random, store, registry, events, network, heartbeats } as { -readonly [Key in keyof World]: World[Key] };
  installStrategies(world);
  createInitialObjects(world);
  startControllers(world, { gracePeriod: options.nodeMonitorGracePeriod ?? 50_000 });
  startScheduler(world);
  const machines = startKubelets(world, options.nodes ?? defaultNodes);
  world.runtime = machines.runtime;
  createKubernetesService(world);
  const { fetch, watches } = createHandler(world);
  return { fetch, syncWatches: watches.sync, clock, machines, world };
}

/** Lo que un clúster recién creado ya trae. */
function createInitialObjects({ registry }: World): void {
  for (const name of ['default', 'kube-system', 'kube-public', 'kube-node-lease']) {
    registry.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } } as KubeObject);
  }
  registry.create('storage.k8s.io/storageclasses', {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'maqueta-local', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'bitacora.lab/maqueta-local',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
  } as KubeObject);
}
