import type { Timer } from '../clock/clock.ts';
import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { ResourceInfo } from '../schema/definition.ts';
import type { StoreEvent } from '../store/store.ts';
import type { World } from '../world.ts';
import { toTable } from './table.ts';

export interface WatchOptions {
  resource: ResourceInfo;
  namespace: string;
  matches(object: KubeObject): boolean;
  /** Versión desde la que se cuenta. Sin ella, primero se cuenta lo que ya hay. */
  from: number | undefined;
  allowBookmarks: boolean;
  /** WatchList (KEP-3157): lo que hay, y luego un BOOKMARK que dice que eso era todo. */
  sendInitialEvents: boolean;
  /** Segundos hasta que el servidor cierra, en tiempo virtual. */
  timeout: number | undefined;
  /** `Metadata`, `Object` o `None` si se pidió como tabla. */
  table: string | undefined;
  isPartial: boolean;
  signal: AbortSignal;
}

/** Cada cuánto se manda un BOOKMARK a quien los pidió, sin que nadie lo pida: apiserver/pkg/storage/cacher/cacher.go. */
const bookmarkEvery = 60_000;

export interface Watches {
  open(options: WatchOptions): ReadableStream<Uint8Array>;
  /** Manda ya un BOOKMARK con la versión actual a quien los pidió, y la devuelve. */
  sync(): number;
}

/** Los watch abiertos. Sigue a apiserver/pkg/storage/cacher: mismo orden, mismas reglas al entrar y salir del filtro. */
export function createWatches(world: Pick<World, 'store' | 'clock' | 'heartbeats'>): Watches {
  const { store, clock, heartbeats } = world;
  const bookmarks = new Set<() => void>();
  const encoder = new TextEncoder();

  return {
    sync() {
      for (const send of bookmarks) send();
      return store.revision;
    },
    open(options) {
      const { resource, namespace, matches, allowBookmarks, table, isPartial } = options;
      const key = keyOf(resource.group, resource.plural);
      const collection = store.collection(key);
      const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
      const isHere = (object: KubeObject) => (!namespace || object.metadata.namespace === namespace) && matches(object);
      const isFresh = options.from === undefined || options.sendInitialEvents;
      const missed = isFresh ? [] : collection.since(options.from ?? 0);
      // Como el real: abierto el watch, lo que va mal llega dentro de él, y tras un 410 el cliente vuelve a listar.
      if (!missed || (options.from ?? 0) > store.revision) return failedWatch(gone(options.from ?? 0, store.revision));
      let close = () => {};
      // Los latidos solo ocurren de uno en uno si alguien los mira.
      const unfollow = resource.plural === 'leases' ? heartbeats.follow() : undefined;

      return new ReadableStream<Uint8Array>({
        start(controller) {
          let isOpen = true;
          let hasColumns = false;
          const send = (type: string, object: unknown) => {
            if (isOpen) controller.enqueue(encoder.encode(`${JSON.stringify({ type, object })}\n`));
          };
          const show = (object: KubeObject) => {
            if (table !== undefined) {
              const shown = toTable(key, [object], {
                include: table,
                now: clock.now(),
                resourceVersion: object.metadata.resourceVersion ?? '',
                withColumns: !hasColumns,
              });
              hasColumns = true;
              return shown;
            }
            return isPartial ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } : object;
          };
          const tell = ({ type, object, before, revision }: StoreEvent) => {
            const was = before !== undefined && isHere(before);
            const is = type !== 'DELETED' && isHere(object);
            const stamped = { ...(before ?? object), metadata: { ...(before ?? object).metadata, resourceVersion: String(revision) } };
            if (is) send(was ? 'MODIFIED' : 'ADDED', show(object));
            // Quien deja de casar con el filtro, para este watch se ha borrado.
            else if (was) send('DELETED', show(type === 'DELETED' ? object : stamped));
          };
          const mark = (annotations?: Record<string, string>) => {
            const metadata = { resourceVersion: String(store.revision), creationTimestamp: null, ...(annotations ? { annotations } : {}) };
            const empty = { kind: resource.kind, apiVersion, metadata };
            send('BOOKMARK', table === undefined ? empty : toMarkedTable(key, empty as unknown as KubeObject, String(store.revision)));
          };
          const bookmark = () => mark();
          let pulse: Timer | undefined;
          const beat = () => {
            pulse = clock.after(bookmarkEvery, () => {
              bookmark();
              beat();
            });
          };
          if (isFresh) for (const object of collection.list(namespace || undefined)) if (isHere(object)) send('ADDED', show(object));
          if (options.sendInitialEvents) mark({ 'k8s.io/initial-events-end': 'true' });
          for (const event of missed) tell(event);
          const stop = collection.onChange(tell);
          if (allowBookmarks) {
            bookmarks.add(bookmark);
            beat();
          }
          const timer = options.timeout === undefined ? undefined : clock.after(options.timeout * 1000, () => close());
          close = () => {
            if (!isOpen) return;
            isOpen = false;
            stop();
            bookmarks.delete(bookmark);
            timer?.cancel();
            pulse?.cancel();
            unfollow?.();
            try {
              controller.close();
            } catch {
              // Quien leía ya se había ido.
            }
          };
          if (options.signal.aborted) close();
          else options.signal.addEventListener('abort', () => close(), { once: true });
        },
        cancel: () => close(),
      });
    },
  };
}

/** Un watch que solo dice por qué no puede ser. */
function failedWatch(error: ApiError): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`${JSON.stringify({ type: 'ERROR', object: error.toStatus() })}\n`));
      controller.close();
    },
  });
}

/** Una marca dentro de una tabla: una sola fila, con el objeto vacío que lleva la versión. */
const toMarkedTable = (key: string, object: KubeObject, resourceVersion: string) =>
  toTable(key, [object], { include: 'Object', now: 0, resourceVersion, withColumns: false });

const gone = (from: number, now: number): ApiError => new ApiError(410, 'Expired', `too old resource version: ${from} (${now})`);
