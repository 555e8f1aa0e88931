import { setTimeout as wait } from 'node:timers/promises';
import type { Rest } from '../cluster/rest.ts';
import { watchLines } from '../cluster/watch-lines.ts';
import { parseDuration } from '../engine/duration.ts';
import type { Raw, Site, WatchedLine, WatchListener } from './site.ts';

/** Un clúster de verdad, visto por HTTP. Su reloj es el de la pared. */
export async function openKubeSite(id: string, rest: Rest): Promise<Site> {
  const { gitVersion } = await rest.json<{ gitVersion: string }>({ path: '/version' });
  const closing = new AbortController();

  /** Reabre desde lo último visto: un watch callado se corta solo y eso no es un fallo. */
  async function follow(path: string, query: Readonly<Record<string, string>>, from: string, listener: WatchListener, signal: AbortSignal, opened: () => void) {
    let version = from;
    while (!signal.aborted) {
      try {
        const response = await rest.stream({
          path,
          query: { ...query, watch: true, resourceVersion: version, allowWatchBookmarks: true },
          signal,
          timeout: 90_000,
        });
        opened();
        for await (const line of watchLines(response)) {
          if (line.type === 'ERROR') throw new Error(`El watch de ${path} se perdió: ${JSON.stringify(line.object)}`);
          version = (line.object as Raw).metadata.resourceVersion;
          if (line.type !== 'BOOKMARK') listener.line(line as WatchedLine);
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof DOMException && error.name === 'TimeoutError')) throw error;
      }
    }
  }

  return {
    id,
    version: gitVersion,
    isVirtual: false,
    async request({ method = 'GET', path, query = {}, body, contentType = 'application/json', accept = 'application/json' }) {
      const response = await rest.request({ method, path, query, contentType, accept, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      return { status: response.status, body: response.body.startsWith('{') ? JSON.parse(response.body) : response.body };
    },
    async watch(path, query, listener, signal) {
      const list = await rest.json<Raw>({ path, query });
      for (const object of list.items ?? [])
        listener.line({ type: 'ADDED', object: { apiVersion: list.apiVersion, kind: String(list.kind).replace(/List$/, ''), ...object } });
      await new Promise<void>((resolve, reject) => {
        // Quien se va antes de que se abra no se queda esperando a que se abra.
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        follow(path, query, list.metadata.resourceVersion, listener, AbortSignal.any([signal, closing.signal]), resolve).catch((error: unknown) => {
          reject(error);
          listener.lost(error);
        });
      });
    },
    now: () => performance.now(),
    sleep: (duration) => wait(parseDuration(duration)),
    async close() {
      closing.abort();
      rest.close();
    },
  };
}
