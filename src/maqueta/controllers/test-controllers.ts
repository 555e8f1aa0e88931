import { createMaqueta, type MaquetaOptions } from '../maqueta.ts';
import { type KubeObject, keyOf, nameOf, type ResourceKey } from '../object.ts';
import type { DeleteOptions } from '../registry/registry.ts';
import { resources } from '../schema/resources.generated.ts';
import type { Event, Node, Pod, PodSpec } from '../schema/types.generated.ts';

/** Una maqueta entera con lo justo para preguntarle qué han hecho sus controladores. Solo para pruebas. */
export function controllerBench(options: MaquetaOptions = {}) {
  const maqueta = createMaqueta({ freeze: true, ...options });
  const { clock, world, machines } = maqueta;
  const { store, registry } = world;
  const pods = store.collection<Pod>('pods');

  const keyFor = ({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): ResourceKey => {
    const found = resources.find((one) => one.kind === kind && apiVersion === (one.group ? `${one.group}/${one.version}` : one.version));
    if (!found) throw new Error(`La maqueta no modela ${apiVersion} ${kind}`);
    return keyOf(found.group, found.plural);
  };

  const bench = {
    maqueta,
    world,
    clock,
    machines,
    store,
    registry,
    /** Crea un objeto; sin espacio dicho, en `default`. */
    create: <T extends KubeObject>(object: object): T => {
      const given = object as KubeObject;
      return registry.create(keyFor(given), { ...given, metadata: { namespace: 'default', ...given.metadata } }) as T;
    },
    get: <T extends KubeObject>(key: ResourceKey, name: string): T | undefined =>
      store.collection<T>(key).get(store.collection(key).info.namespaced ? 'default' : '', name),
    /** Lee, cambia y escribe, como `kubectl edit`. */
    edit: <T extends KubeObject>(key: ResourceKey, name: string, change: (object: T) => T): T => {
      const found = bench.get<T>(key, name);
      if (!found) throw new Error(`No hay ${key} ${name}`);
      return registry.update<T>(key, change(found));
    },
    delete: (key: ResourceKey, name: string, how?: DeleteOptions) => registry.delete(key, store.collection(key).info.namespaced ? 'default' : '', name, how),
    /** Pods de `default` con esa etiqueta `app`, por nombre. */
    pods: (app?: string): Pod[] =>
      [...pods.list('default')]
        .filter(({ metadata }) => app === undefined || metadata.labels?.app === app)
        .sort((a, b) => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '')),
    /** Un Pod como lo enseñaría `kubectl get pods`: `web-0 Running listo nodo1`. */
    show: (pod: Pod): string =>
      [
        pod.metadata.name,
        pod.metadata.deletionTimestamp ? 'Terminating' : pod.status?.phase,
        pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ? 'listo' : 'no-listo',
        pod.spec?.nodeName?.replace('maqueta-', '') ?? 'sin-nodo',
      ].join(' '),
    node: (name: string): Node => bench.get<Node>('nodes', name) as Node,
    /** Los taints de un nodo como los escribe kubectl: `clave:efecto`. */
    taints: (name: string): string[] =>
      (bench.node(name).spec?.taints ?? []).map(({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`).sort(),
    /** Sucesos sobre un objeto, `Tipo Motivo: mensaje`, del más viejo al más nuevo. */
    events: (name: string, reason?: string): string[] =>
      [...store.collection<Event>('events').list()]
        .filter((event) => event.involvedObject.name === name && (reason === undefined || event.reason === reason))
        .map((event) => `${event.type} ${event.reason}: ${event.message}`),
    /** Adelanta hasta que se cumpla, instante a instante. Devuelve los milisegundos que hicieron falta. */
    until(condition: () => boolean, limit: number): number {
      const start = clock.now();
      while (!condition()) {
        if (!clock.step(start + limit)) throw new Error(`No se ha cumplido en ${limit} ms: ${condition.toString()}`);
      }
      return clock.now() - start;
    },
    /** Lo que va cambiando de una colección desde ahora. */
    follow<T extends KubeObject, Told>(key: ResourceKey, tell: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T) => Told | undefined): Told[] {
      const told: Told[] = [];
      store.collection<T>(key).onChange(({ type, object }) => {
        const line = tell(type, object);
        if (line !== undefined && line !== told.at(-1)) told.push(line);
      });
      return told;
    },
    nameOf,
  };
  return bench;
}

/** Una plantilla que arranca enseguida y se despide en un segundo. */
export const template = (app: string, spec: Partial<PodSpec> = {}) => ({
  metadata: { labels: { app } },
  spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'app', image: 'nginx:1.30', ports: [{ containerPort: 80 }] }], ...spec },
});

/** Un controlador de Pods con esa plantilla. */
export const workload = (kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet', name: string, spec: object = {}, pod: Partial<PodSpec> = {}) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: { selector: { matchLabels: { app: name } }, template: template(name, pod), ...spec },
});

export const service = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
});
