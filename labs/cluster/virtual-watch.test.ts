import { KubeConfig } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { createClock } from '../../src/maqueta/clock/clock.ts';
import { openTimeline } from '../engine/timeline.ts';
import { createFollowProgress } from './follow-progress.ts';
import { openKubeTarget } from './kube-target.ts';
import { serveMaqueta } from './serve-maqueta.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Lo mínimo de una API con reloj virtual: Pods que cambian en instantes conocidos y watch que los cuenta. */
async function openTinyMaqueta() {
  const virtual = createClock(0);
  const encoder = new TextEncoder();
  const watches = new Set<ReadableStreamDefaultController<Uint8Array>>();
  let revision = 1;
  let hangUp = false;
  const history: { revision: number; line: string }[] = [];
  const lineOf = (type: string, metadata: object) => `${JSON.stringify({ type, object: { apiVersion: 'v1', kind: 'Pod', metadata } })}\n`;
  const write = (name: string) => {
    revision += 1;
    const line = lineOf('ADDED', { name, uid: name, resourceVersion: `${revision}`, creationTimestamp: '' });
    history.push({ revision, line });
    for (const watch of watches) watch.enqueue(encoder.encode(line));
    // A veces el servidor corta justo tras el suceso: el siguiente debe llegar por otra conexión y en su instante.
    if (hangUp) for (const watch of watches) watch.close();
    if (hangUp) watches.clear();
  };
  const answer = (body: object) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  const fetch = async (request: Request) => {
    const url = new URL(request.url);
    if (url.pathname === '/version') return answer({ gitVersion: 'v1.37.1' });
    if (url.pathname === '/api/v1') return answer({ resources: [{ name: 'pods', kind: 'Pod', namespaced: true }] });
    if (url.searchParams.get('watch') !== 'true') return answer({ items: [], metadata: { resourceVersion: `${revision}` } });
    const from = Number(url.searchParams.get('resourceVersion'));
    return new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          for (const past of history) if (past.revision > from) controller.enqueue(encoder.encode(past.line));
          watches.add(controller);
          request.signal.addEventListener('abort', () => watches.delete(controller));
        },
      }),
    );
  };
  const progress = createFollowProgress();
  const steppable = {
    clock: virtual,
    get revision() {
      return revision;
    },
    syncWatches() {
      for (const watch of watches) watch.enqueue(encoder.encode(lineOf('BOOKMARK', { resourceVersion: `${revision}` })));
      return revision;
    },
  };
  const { clock, drive } = createVirtualClock(steppable, progress);
  const served = await serveMaqueta({ fetch, drive });
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'm', server: served.url, skipTLSVerify: true }, { name: 'm', token: served.token });
  const target = await openKubeTarget({
    config,
    id: 'maqueta',
    title: 'm',
    clock,
    kubectlArguments: [],
    progress,
    pause: async () => undefined,
    onClose: () => served.close(),
  });
  return { virtual, target, write, hangUp: () => (hangUp = true) };
}

test.each([
  ['con el watch abierto todo el rato', false],
  ['con un servidor que corta tras cada suceso', true],
])('cada suceso lleva su instante virtual exacto, %s', async (_, cuts) => {
  const { virtual, target, write, hangUp } = await openTinyMaqueta();
  if (cuts) hangUp();
  const instants = Array.from({ length: 40 }, (_, index) => 7 + index * 31);
  for (const instant of instants) virtual.after(instant, () => write(`pod-${instant}`));
  const { signal } = new AbortController();
  const timeline = await openTimeline({ apiVersion: 'v1', kind: 'Pod' }, { cluster: target.cluster, clock: target.clock, start: 0, signal });
  await target.clock.sleep('2s', signal);
  expect(timeline.seen().map(({ at, object }) => `${at} ${object.metadata.name}`)).toEqual(instants.map((instant) => `${instant} pod-${instant}`));
  timeline.stop();
  await timeline.closed;
  await target.close();
});
