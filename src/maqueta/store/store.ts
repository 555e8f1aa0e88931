import { type KubeObject, keyOf, nameOf, type ResourceKey } from '../object.ts';
import type { ResourceInfo } from '../schema/definition.ts';

/** Un cambio, con la versión que le tocó. `before` es el objeto anterior. */
export interface StoreEvent<T extends KubeObject = KubeObject> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: T;
  before: T | undefined;
  revision: number;
}

export type StoreListener<T extends KubeObject = KubeObject> = (event: StoreEvent<T>) => void;

/** Índice derivado: se mantiene solo y se consulta en O(1). */
export interface Index<T extends KubeObject> {
  get(key: string): ReadonlySet<T>;
}

export interface Collection<T extends KubeObject = KubeObject> {
  readonly key: ResourceKey;
  readonly info: ResourceInfo;
  readonly size: number;
  get(namespace: string, name: string): T | undefined;
  /** Todos, o los de un espacio. El orden es el de creación. */
  list(namespace?: string): IterableIterator<T>;
  /** `keysOf` dice bajo qué claves aparece un objeto: el nodo de un Pod, el UID de su dueño… */
  index(name: string, keysOf: (object: T) => readonly string[]): Index<T>;
  /** Se llama en orden de versión, antes de que avance el reloj. Devuelve cómo dejar de escuchar. */
  onChange(listener: StoreListener<T>): () => void;
  /** Cambios posteriores a `revision`, o `undefined` si ya no se guardan (410 Gone). */
  since(revision: number): readonly StoreEvent<T>[] | undefined;
}

/**
 * Lo que en un clúster hace etcd: objetos inmutables con una versión creciente común y un historial corto por recurso.
 * Aquí no hay reglas de la API (ni validación, ni finalizers): están en `registry/`.
 */
export interface Store {
  /** Última versión escrita. */
  readonly revision: number;
  readonly keys: readonly ResourceKey[];
  has(key: ResourceKey): boolean;
  collection<T extends KubeObject = KubeObject>(key: ResourceKey): Collection<T>;
  /** Guarda el objeto con una versión nueva y avisa. Devuelve lo guardado. */
  put<T extends KubeObject>(key: ResourceKey, object: T): T;
  remove(key: ResourceKey, namespace: string, name: string): void;
  /** Se llama en todo cambio de cualquier recurso. */
  onAnyChange(listener: (key: ResourceKey, event: StoreEvent) => void): () => void;
}

interface StoreOptions {
  /** Cuántos cambios recuerda cada recurso para reabrir un watch. */
  history: number;
  /** Congela lo guardado para que modificarlo en su sitio sea un error. Cuesta tiempo: solo en pruebas. */
  freeze: boolean;
}

const empty: ReadonlySet<never> = new Set<never>();

export function createStore(resources: readonly ResourceInfo[], options: StoreOptions): Store {
  let revision = 0;
  const anyListeners = new Set<(key: ResourceKey, event: StoreEvent) => void>();
  const tables = new Map<ResourceKey, Table>();

  interface Table extends Collection {
    apply(event: StoreEvent): void;
    notify(event: StoreEvent): void;
  }

  const createTable = (info: ResourceInfo): Table => {
    const key = keyOf(info.group, info.plural);
    const objects = new Map<string, KubeObject>();
    const byNamespace = new Map<string, Map<string, KubeObject>>();
    const listeners = new Set<StoreListener>();
    const indexes = new Map<string, { entries: Map<string, Set<KubeObject>>; keysOf: (object: KubeObject) => readonly string[]; view: Index<KubeObject> }>();
    let history: StoreEvent[] = [];
    let forgotten = 0;

    const indexOne = (
      index: { entries: Map<string, Set<KubeObject>>; keysOf: (object: KubeObject) => readonly string[] },
      before: KubeObject | undefined,
      after: KubeObject | undefined,
    ) => {
      if (before) {
        for (const entry of index.keysOf(before)) {
          const set = index.entries.get(entry);
          set?.delete(before);
          if (set?.size === 0) index.entries.delete(entry);
        }
      }
      if (after) {
        for (const entry of index.keysOf(after)) {
          let set = index.entries.get(entry);
          if (!set) index.entries.set(entry, (set = new Set()));
          set.add(after);
        }
      }
    };

    return {
      key,
      info,
      get size() {
        return objects.size;
      },
      get: (namespace, name) => objects.get(namespace ? `${namespace}/${name}` : name),
      list: (namespace) => (namespace ? (byNamespace.get(namespace) ?? new Map<string, KubeObject>()) : objects).values(),
      index(name, keysOf) {
        const known = indexes.get(name);
        if (known) return known.view;
        const entries = new Map<string, Set<KubeObject>>();
        const index = { entries, keysOf, view: { get: (entry: string) => entries.get(entry) ?? empty } };
        indexes.set(name, index);
        for (const object of objects.values()) indexOne(index, undefined, object);
        return index.view;
      },
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      since(from) {
        if (from < forgotten) return undefined;
        let low = 0;
        let high = history.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if ((history[middle] as StoreEvent).revision <= from) low = middle + 1;
          else high = middle;
        }
        return history.slice(low);
      },
      apply(event) {
        const { object, before } = event;
        const name = nameOf(object);
        const after = event.type === 'DELETED' ? undefined : object;
        if (after) objects.set(name, after);
        else objects.delete(name);
        const namespace = object.metadata.namespace;
        if (namespace) {
          let inside = byNamespace.get(namespace);
          if (!inside) byNamespace.set(namespace, (inside = new Map()));
          if (after) inside.set(name, after);
          else inside.delete(name);
          if (inside.size === 0) byNamespace.delete(namespace);
        }
        for (const index of indexes.values()) indexOne(index, before, after);
        history.push(event);
        if (history.length > options.history * 2) {
          forgotten = (history[history.length - options.history - 1] as StoreEvent).revision;
          history = history.slice(-options.history);
        }
      },
      notify(event) {
        for (const listener of [...listeners]) listener(event);
      },
    };
  };

  for (const info of resources) tables.set(keyOf(info.group, info.plural), createTable(info));

  const tableOf = (key: ResourceKey): Table => {
    const table = tables.get(key);
    if (!table) throw new Error(`La maqueta no modela el recurso ${key}`);
    return table;
  };

  // Quien escucha puede escribir: su cambio se guarda ya, pero se avisa después del que está en curso,
  // para que todos vean los cambios en orden de versión.
  const pending: { table: Table; event: StoreEvent }[] = [];
  let isNotifying = false;
  const commit = (key: ResourceKey, event: StoreEvent) => {
    const table = tableOf(key);
    table.apply(event);
    pending.push({ table, event });
    if (isNotifying) return;
    isNotifying = true;
    try {
      for (let next = pending.shift(); next; next = pending.shift()) {
        next.table.notify(next.event);
        for (const listener of [...anyListeners]) listener(next.table.key, next.event);
      }
    } finally {
      isNotifying = false;
    }
  };

  return {
    get revision() {
      return revision;
    },
    keys: [...tables.keys()],
    has: (key) => tables.has(key),
    collection: <T extends KubeObject>(key: ResourceKey) => tableOf(key) as unknown as Collection<T>,
    put(key, object) {
      const before = tableOf(key).get(object.metadata.namespace ?? '', object.metadata.name ?? '');
      revision += 1;
      const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
      if (options.freeze) deepFreeze(stored);
      commit(key, { type: before ? 'MODIFIED' : 'ADDED', object: stored, before, revision });
      return stored;
    },
    remove(key, namespace, name) {
      const before = tableOf(key).get(namespace, name);
      if (!before) return;
      revision += 1;
      // Como en el servidor real, el objeto del aviso de borrado lleva la versión del borrado.
      const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(revision) } };
      commit(key, { type: 'DELETED', object, before, revision });
    },
    onAnyChange(listener) {
      anyListeners.add(listener);
      return () => anyListeners.delete(listener);
    },
  };
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
}
