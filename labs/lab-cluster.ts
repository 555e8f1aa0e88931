import { applyAll } from './apply-all.ts';
import type { LeftToDrain } from './engine/drain-checks.ts';
import { Event, Node, Pod } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { Kind, KubeObject, ManifestDocument, Target } from './engine/ports.ts';
import { controllerOf, nodeOf } from './engine/reading.ts';
import type { LabCluster } from './lab.ts';

/** De dónde salen los manifiestos: el disco en la terminal, lo incluido al construir en la página. */
export interface ManifestSource {
  /** Un archivo de `manifests/NN-slug/`. */
  read(file: string): Promise<ManifestDocument[]>;
  /** Lo escrito por quien aprende, en el reto. */
  answers(): Promise<ManifestDocument[]>;
}

/** Los tipos que no viven en ningún espacio de nombres. */
const clusterWide: ReadonlySet<string> = new Set(['Node', 'PersistentVolume', 'StorageClass', 'Namespace']);

/** Lo que ve un paso: el destino, visto desde el espacio de esta ejecución. */
export function createLabCluster(
  { cluster, actions, proxyRules }: Pick<Target, 'cluster' | 'actions' | 'proxyRules'>,
  namespace: string,
  manifests: ManifestSource,
): LabCluster {
  const list = async (kind: Kind, labels?: string) => (await cluster.list({ ...kind, ...spaceOf(kind), ...(labels === undefined ? {} : { labels }) })).items;
  const spaceOf = ({ kind }: Kind) => (clusterWide.has(kind) ? {} : { namespace });
  return {
    namespace,
    apply: async (file) => applyAll(actions, await manifests.read(file), namespace),
    get: (kind, name) => cluster.get(kind, spaceOf(kind).namespace, name),
    list,
    pod: (name) => cluster.get(Pod, namespace, name),
    pods: (labels) => list(Pod, labels),
    nodes: async () => (await cluster.list(Node)).items,
    delete: (object, options) => actions.delete(object, options),
    scale: (kind, name, replicas) => actions.scale(kind, namespace, name, replicas),
    setImage: (kind, name, container, image) => actions.setImage(kind, namespace, name, container, image),
    patch: (kind, name, changes) => actions.patch(kind, spaceOf(kind).namespace, name, changes),
    taint: (node, taint) => actions.taint(node, taint),
    untaint: (node, taint) => actions.untaint(node, taint),
    label: (node, key, value) => actions.label(node, key, value),
    unlabel: (node, key) => actions.unlabel(node, key),
    evict: (pod) => actions.evict(pod),
    cordon: (node) => actions.cordon(node),
    uncordon: (node) => actions.uncordon(node),
    async drain(node) {
      const left: LeftToDrain[] = [];
      for (const pod of (await list(Pod)).filter((one) => nodeOf(one) === node && isDrained(one))) {
        const refused = pod.metadata.deletionTimestamp ? undefined : await actions.evict(pod);
        left.push({ pod: pod.metadata.name, ...(refused === undefined ? {} : { refused }) });
      }
      return left;
    },
    logs: (pod, container) => actions.logs(namespace, pod, container === undefined ? {} : { container }),
    proxyGet: (pod, port, path) => actions.proxyGet(namespace, pod, port, path),
    powerOff: (node) => actions.powerOff(node),
    powerOn: (node) => actions.powerOn(node),
    async proxyRules(node) {
      if (!proxyRules) throw new LabError(`No sé leer las reglas de kube-proxy de ${node}.`, { code: 'ENVIRONMENT', fix: 'npm run taller' });
      return proxyRules(node);
    },
    events: async (about) => sortEvents((await list(Event)).filter((event) => involved(event)?.uid === about.metadata.uid)),
  };
}

const involved = (event: KubeObject) => event.involvedObject as { uid?: string; kind?: string; name?: string } | undefined;

/** A quien nadie repone, `kubectl drain` no lo toca sin `--force`; el de un DaemonSet volvería a nacer en el mismo nodo. */
const isDrained = (pod: KubeObject): boolean => {
  const owner = controllerOf(pod);
  return owner !== undefined && owner.kind !== 'DaemonSet';
};

/** Cuándo ocurrió por última vez: `series` en los nuevos, `lastTimestamp` en los de siempre. */
export const lastSeen = (event: KubeObject): string =>
  ((event.series as { lastObservedTime?: string } | undefined)?.lastObservedTime ??
    event.lastTimestamp ??
    event.eventTime ??
    event.metadata.creationTimestamp) as string;

/** Del más viejo al más nuevo. Las fechas tienen grano de un segundo: a igualdad, decide la versión. */
export const sortEvents = (events: readonly KubeObject[]): KubeObject[] =>
  [...events].sort(
    (a, b) =>
      lastSeen(a).slice(0, 19).localeCompare(lastSeen(b).slice(0, 19)) ||
      a.metadata.resourceVersion.length - b.metadata.resourceVersion.length ||
      a.metadata.resourceVersion.localeCompare(b.metadata.resourceVersion),
  );
