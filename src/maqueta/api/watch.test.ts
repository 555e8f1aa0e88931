import { expect, test } from 'vitest';
import { createTestClient, type TestClient } from './test-client.ts';

const maps = '/api/v1/namespaces/default/configmaps';

interface WatchLine {
  type: string;
  object: {
    kind: string;
    code?: number;
    reason?: string;
    message?: string;
    metadata: { name?: string; resourceVersion: string; annotations?: Record<string, string> };
    columnDefinitions?: { name: string }[];
    rows?: { cells: unknown[] }[];
  };
}

/** Abre un watch y apunta lo que va llegando. `settle` deja que llegue lo ya enviado. */
async function follow({ maqueta }: TestClient, query: string, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await maqueta.fetch(new Request(`http://maqueta${maps}?watch=true&${query}`, { headers, signal: abort.signal }));
  const lines: WatchLine[] = [];
  let isClosed = false;
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader() as ReadableStreamDefaultReader<string>;
  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const line of part.value.split('\n').filter(Boolean)) lines.push(JSON.parse(line) as WatchLine);
    }
    isClosed = true;
  };
  void read();
  const settle = async () => {
    // El lector va por microtareas (tubería, decodificador, lectura): con un turno de sobra para cada una, ya lo ha visto todo.
    for (let turn = 0; turn < 200; turn++) await Promise.resolve();
  };
  await settle();
  return {
    status: response.status,
    lines,
    isClosed: () => isClosed,
    abort: () => abort.abort(),
    settle,
    seen: () => lines.map(({ type, object }) => `${type} ${object.metadata.name ?? object.kind}`),
  };
}

const create = ({ send }: TestClient, name: string, labels: Record<string, string> = {}) => send('POST', maps, { metadata: { name, labels } });

test('sin versión cuenta primero lo que hay, y después los cambios en orden', async () => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a');
  const watch = await follow(client, 'fieldSelector=metadata.name!=kube-root-ca.crt');
  await create(client, 'b');
  await client.send('PATCH', `${maps}/a`, { data: { x: '1' } }, { 'content-type': 'application/merge-patch+json' });
  await client.send('DELETE', `${maps}/b`);
  await watch.settle();
  expect(watch.seen()).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED b']);
  const versions = watch.lines.map(({ object }) => Number(object.metadata.resourceVersion));
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
});

test('desde la versión de una lista no se pierde ni se repite nada', async () => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a');
  const { body } = await client.send<{ metadata: { resourceVersion: string } }>('GET', maps);
  await create(client, 'b');
  const watch = await follow(client, `resourceVersion=${body.metadata.resourceVersion}`);
  await create(client, 'c');
  await watch.settle();
  expect(watch.seen()).toEqual(['ADDED b', 'ADDED c']);
});

test('quien entra o sale del filtro aparece y desaparece para ese watch', async () => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a', { app: 'otra' });
  const watch = await follow(client, 'labelSelector=app%3Dweb');
  const label = (app: string) => client.send('PATCH', `${maps}/a`, { metadata: { labels: { app } } }, { 'content-type': 'application/merge-patch+json' });
  await label('web');
  await label('otra');
  await client.send('DELETE', `${maps}/a`);
  await watch.settle();
  expect(watch.seen()).toEqual(['ADDED a', 'DELETED a']);
});

test.each([
  ['olvidada', '1'],
  ['que aún no existe', '999999999'],
])('una versión %s llega como suceso ERROR 410 dentro de un 200, y el watch se cierra', async (_case, version) => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a');
  const patch = (n: number) => client.send('PATCH', `${maps}/a`, { data: { n: String(n) } }, { 'content-type': 'application/merge-patch+json' });
  for (let n = 0; n < 8200; n++) await patch(n);
  const watch = await follow(client, `resourceVersion=${version}`);
  await watch.settle();
  const { revision } = client.maqueta.world.store;
  expect([watch.status, watch.isClosed(), watch.lines]).toEqual([
    200,
    true,
    [
      {
        type: 'ERROR',
        object: expect.objectContaining({ kind: 'Status', code: 410, reason: 'Expired', message: `too old resource version: ${version} (${revision})` }),
      },
    ],
  ]);
});

test('timeoutSeconds cierra en tiempo virtual, y quien se va deja de escuchar', async () => {
  const client = createTestClient({ nodes: [] });
  const timed = await follow(client, 'timeoutSeconds=30&resourceVersion=1');
  const left = await follow(client, 'resourceVersion=1');
  left.abort();
  client.maqueta.clock.advance(29_000);
  await timed.settle();
  expect([timed.isClosed(), left.isClosed()]).toEqual([false, true]);
  client.maqueta.clock.advance(1000);
  await timed.settle();
  expect(timed.isClosed()).toBe(true);
});

test('los BOOKMARK llegan cada minuto y al pedirlos, solo a quien los quiere y con la versión actual', async () => {
  const client = createTestClient({ nodes: [] });
  client.maqueta.clock.advance(1000);
  const { revision } = client.maqueta.world.store;
  const wants = await follow(client, `resourceVersion=${revision}&allowWatchBookmarks=true`);
  const plain = await follow(client, `resourceVersion=${revision}`);
  client.maqueta.clock.advance(125_000);
  await wants.settle();
  expect(wants.seen()).toEqual(['BOOKMARK ConfigMap', 'BOOKMARK ConfigMap']);
  expect(client.maqueta.syncWatches()).toBe(client.maqueta.world.store.revision);
  await wants.settle();
  expect(wants.lines.at(-1)?.object.metadata.resourceVersion).toBe(String(client.maqueta.world.store.revision));
  expect([wants.lines.length, plain.lines.length]).toEqual([3, 0]);
});

test('sendInitialEvents cuenta lo que hay y acaba con la marca que los informers esperan', async () => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a');
  const watch = await follow(client, 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=1');
  expect(watch.seen().at(-1)).toBe('BOOKMARK ConfigMap');
  expect(watch.lines.at(-1)?.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
  expect(watch.seen()).toContain('ADDED a');
});

test('como tabla, solo la primera línea lleva las columnas', async () => {
  const client = createTestClient({ nodes: [] });
  await create(client, 'a');
  await create(client, 'b');
  const watch = await follow(client, 'fieldSelector=metadata.name!=kube-root-ca.crt', { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' });
  expect(watch.lines.map(({ type, object }) => [type, object.columnDefinitions?.map(({ name }) => name), object.rows?.map(({ cells }) => cells)])).toEqual([
    ['ADDED', ['Name', 'Data', 'Age'], [['a', 0, '0s']]],
    ['ADDED', [], [['b', 0, '0s']]],
  ]);
});
