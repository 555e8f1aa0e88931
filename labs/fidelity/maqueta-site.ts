import { setImmediate as turn } from 'node:timers/promises';
import type { NodeOptions } from '../../src/maqueta/kubelet/node-options.ts';
import { createMaqueta } from '../../src/maqueta/maqueta.ts';
import { parseDuration } from '../engine/duration.ts';
import type { Site, WatchedLine, WatchListener } from './site.ts';

export interface MaquetaSiteOptions {
  nodes: readonly NodeOptions[];
  /** Imágenes que ya están en cada nodo, como en el taller. */
  images: readonly string[];
  seed?: number;
}

/**
 * La maqueta en memoria, sin puerto: la misma API que sirve por HTTP. Congelada, para que modificar un objeto guardado sea un error.
 * Nadie más la toca, así que el tiempo solo pasa cuando el escenario espera.
 */
export async function openMaquetaSite({ nodes, images, seed = 1 }: MaquetaSiteOptions): Promise<Site> {
  const maqueta = createMaqueta({ seed, nodes, freeze: true });
  const { clock } = maqueta;
  const send = (
    method: string,
    path: string,
    query: Readonly<Record<string, unknown>>,
    init: { body?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ) => {
    const url = new URL(`http://maqueta${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return maqueta.fetch(new Request(url, { method, ...init }));
  };

  const site: Site = {
    id: 'maqueta',
    version: 'v1.37.1',
    isVirtual: true,
    async request({ method = 'GET', path, query = {}, body, contentType = 'application/json', accept = 'application/json' }) {
      const response = await send(method, path, query, {
        headers: { accept, 'user-agent': 'fidelidad', ...(body === undefined ? {} : { 'content-type': contentType }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      await turn();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
    },
    async watch(path, query, listener, signal) {
      const response = await send('GET', path, { ...query, watch: true }, { signal });
      if (response.status !== 200 || !response.body) throw new Error(`La maqueta no deja observar ${path}: ${await response.text()}`);
      read(response.body, listener).catch((error: unknown) => listener.lost(error));
    },
    now: () => clock.now(),
    async sleep(wait) {
      const until = clock.now() + parseDuration(wait);
      await turn();
      while (clock.step(until)) await turn();
      clock.advance(until - clock.now());
      await turn();
    },
    close: async () => {},
  };
  await warmUp(site, nodes, images);
  return site;
}

/** En el taller las imágenes vienen puestas: aquí se descargan antes de empezar, con un Pod por nodo que luego se va. */
async function warmUp(site: Site, nodes: readonly NodeOptions[], images: readonly string[]): Promise<void> {
  const path = '/api/v1/namespaces/default/pods';
  await site.sleep('1s');
  for (const { name } of nodes) {
    const containers = images.map((image, index) => ({ name: `c${index}`, image, command: ['sleep', '1'] }));
    const spec = { nodeName: name, restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers };
    await site.request({ method: 'POST', path, body: { apiVersion: 'v1', kind: 'Pod', metadata: { name: `imagenes-${name}` }, spec } });
  }
  await site.sleep('60s');
  for (const { name } of nodes) await site.request({ method: 'DELETE', path: `${path}/imagenes-${name}`, body: {} });
  await site.sleep('5s');
}

async function read(body: ReadableStream<Uint8Array>, listener: WatchListener): Promise<void> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of body) {
    pending += decoder.decode(chunk, { stream: true });
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line) listener.line(JSON.parse(line) as WatchedLine);
  }
}
