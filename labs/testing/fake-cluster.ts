import type { Clock, Kind, KubeObject, ObjectEvent, ObjectQuery, Target } from '../engine/ports.ts';

/** Un objeto con lo justo: lo demás lo pone el clúster falso. */
export interface Sketch {
  apiVersion?: string;
  kind: string;
  metadata: Partial<KubeObject['metadata']> & { name: string };
  [field: string]: unknown;
}

export interface FakeCluster extends Target {
  /** Crea o cambia un objeto; quien observe lo ve. */
  put(object: Sketch): KubeObject;
  remove(kind: string, name: string): void;
  /** Lo que se le ha pedido hacer: `apply a.yaml (dryRun)`, `delete Pod web-0`. */
  readonly done: string[];
  /** Antes de cada acción: para hacerla fallar. */
  before: (action: string) => void;
}

/** El puerto del motor sobre un mapa: sin API, sin controladores, sin red. */
export function createFakeCluster(clock: Clock): FakeCluster {
  const objects = new Map<string, KubeObject>();
  const listeners = new Set<(event: ObjectEvent) => void>();
  const done: string[] = [];
  let version = 0;
  let uids = 0;
  const keyOf = (kind: string, name: string) => `${kind}/${name}`;
  const tell = (event: ObjectEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  const matches = (query: ObjectQuery, object: KubeObject) =>
    object.kind === query.kind &&
    (query.namespace === undefined || object.metadata.namespace === query.namespace) &&
    (query.labels ?? '')
      .split(',')
      .filter(Boolean)
      .every((pair) => {
        const [key = '', value] = pair.split('=');
        const own = object.metadata.labels?.[key];
        return value === undefined ? own !== undefined : own === value;
      });

  const fake: FakeCluster = {
    id: 'contexto',
    title: 'clúster falso',
    serverVersion: 'v1.37.1',
    clock,
    kubectlArguments: ['--context', 'falso'],
    done,
    before: () => undefined,
    close: async () => undefined,

    put(object) {
      const key = keyOf(object.kind, object.metadata.name);
      const old = objects.get(key);
      version += 1;
      const stored: KubeObject = {
        apiVersion: 'v1',
        ...object,
        metadata: { uid: old?.metadata.uid ?? `uid-${++uids}`, creationTimestamp: '2026-11-20T09:00:00Z', ...object.metadata, resourceVersion: `${version}` },
      };
      objects.set(key, stored);
      tell({ type: old ? 'modified' : 'added', object: stored });
      return stored;
    },
    remove(kind, name) {
      const old = objects.get(keyOf(kind, name));
      if (!old) return;
      objects.delete(keyOf(kind, name));
      version += 1;
      tell({ type: 'deleted', object: { ...old, metadata: { ...old.metadata, resourceVersion: `${version}` } } });
    },

    cluster: {
      async get({ kind }: Kind, _namespace, name) {
        return objects.get(keyOf(kind, name));
      },
      async list(query) {
        return { items: [...objects.values()].filter((object) => matches(query, object)), resourceVersion: `${version}` };
      },
      async *watch(query, _from, signal) {
        const queue: ObjectEvent[] = [];
        let wake = () => {};
        const listener = (event: ObjectEvent) => {
          if (!matches(query, event.object)) return;
          queue.push(event);
          wake();
        };
        listeners.add(listener);
        signal.addEventListener('abort', () => wake());
        while (!signal.aborted) {
          const next = queue.shift();
          if (next) yield next;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
        listeners.delete(listener);
      },
    },

    actions: {
      async apply(manifest, namespace, { dryRun = false } = {}) {
        const action = `apply ${manifest.file}${dryRun ? ' (dryRun)' : ''}`;
        fake.before(action);
        done.push(action);
        const { object } = manifest;
        return dryRun ? (object as unknown as KubeObject) : fake.put({ ...object, metadata: { ...object.metadata, namespace } });
      },
      async delete(object) {
        done.push(`delete ${object.kind} ${object.metadata.name}`);
        fake.before(`delete ${object.kind} ${object.metadata.name}`);
        fake.remove(object.kind, object.metadata.name);
      },
      async scale(kind, _namespace, name, replicas) {
        done.push(`scale ${kind.kind} ${name} ${replicas}`);
      },
      async setImage(kind, _namespace, name, container, image) {
        done.push(`setImage ${kind.kind} ${name} ${container} ${image}`);
      },
      async patch(kind, _namespace, name, changes) {
        done.push(`patch ${kind.kind} ${name} ${JSON.stringify(changes)}`);
      },
      async taint(node, { key, effect }) {
        done.push(`taint ${node} ${key}:${effect}`);
      },
      async untaint(node, { key, effect }) {
        done.push(`untaint ${node} ${key}:${effect}`);
      },
      async cordon(node) {
        done.push(`cordon ${node}`);
      },
      async uncordon(node) {
        done.push(`uncordon ${node}`);
      },
      async evict({ kind, metadata: { name } }) {
        done.push(`evict ${name}`);
        fake.remove(kind, name);
        return undefined;
      },
      async label(node, key, value) {
        done.push(`label ${node} ${key}=${value}`);
      },
      async unlabel(node, key) {
        done.push(`unlabel ${node} ${key}`);
      },
      logs: async () => '',
      proxyGet: async () => ({ status: 200, body: '' }),
      async powerOff(node) {
        done.push(`powerOff ${node}`);
      },
      async powerOn(node) {
        done.push(`powerOn ${node}`);
      },
      async createNamespace(name, labels) {
        done.push(`createNamespace ${name} ${JSON.stringify(labels)}`);
        return fake.put({ kind: 'Namespace', metadata: { name, labels } });
      },
    },
  };
  return fake;
}
