import { expect, test } from 'vitest';
import { createTestClient, type StatusBody } from './test-client.ts';

interface List {
  items: { metadata: { name: string } }[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

const namesOf = ({ items }: List) => items.map(({ metadata }) => metadata.name);
const at = '/api/v1/namespaces/default/configmaps';

async function withMaps(...names: string[]) {
  const client = createTestClient({ nodes: [] });
  for (const name of names) await client.send('POST', at, { metadata: { name, labels: { app: name.slice(0, 1) } }, data: { v: '1' } });
  return client;
}

test('una lista sale ordenada por espacio y nombre, con la versión del almacén', async () => {
  const { send, maqueta } = await withMaps('b1', 'a2', 'a1');
  const { body } = await send<List & { kind: string; apiVersion: string }>('GET', '/api/v1/configmaps');
  expect({ kind: body.kind, apiVersion: body.apiVersion, names: namesOf(body), metadata: body.metadata }).toEqual({
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    names: ['a1', 'a2', 'b1'],
    metadata: { resourceVersion: String(maqueta.world.store.revision) },
  });
});

test('las páginas siguientes enseñan lo que había al pedir la primera', async () => {
  const { send } = await withMaps('a', 'b', 'c', 'd');
  const first = (await send<List>('GET', `${at}?limit=2`)).body;
  expect(namesOf(first)).toEqual(['a', 'b']);
  expect(first.metadata.remainingItemCount).toBe(2);
  await send('DELETE', `${at}/c`);
  await send('POST', at, { metadata: { name: 'bb' } });
  await send('PATCH', `${at}/d`, { data: { v: '2' } }, { 'content-type': 'application/merge-patch+json' });
  const second = (await send<List & { items: { data: object }[] }>('GET', `${at}?limit=2&continue=${encodeURIComponent(first.metadata.continue ?? '')}`)).body;
  expect(namesOf(second)).toEqual(['c', 'd']);
  expect(second.items[1]?.data).toEqual({ v: '1' });
  expect(second.metadata).toEqual({ resourceVersion: first.metadata.resourceVersion });
});

test('una página con filtro no dice cuántos quedan', async () => {
  const { send } = await withMaps('a1', 'a2', 'b1');
  const { body } = await send<List>('GET', `${at}?limit=1&labelSelector=app%3Da`);
  expect(namesOf(body)).toEqual(['a1']);
  expect(body.metadata.continue).toEqual(expect.any(String));
  expect(body.metadata.remainingItemCount).toBeUndefined();
});

test('una marca de continuación que ya no se recuerda es un 410 que manda volver a empezar', async () => {
  const { send } = await withMaps('a', 'b');
  const first = (await send<List>('GET', `${at}?limit=1`)).body;
  for (let round = 0; round < 8200; round++) {
    await send('PATCH', `${at}/a`, { data: { v: String(round + 2) } }, { 'content-type': 'application/merge-patch+json' });
  }
  const { status, body } = await send<StatusBody>('GET', `${at}?continue=${encodeURIComponent(first.metadata.continue ?? '')}`);
  expect({ status, reason: body.reason, message: body.message }).toEqual({
    status: 410,
    reason: 'Expired',
    message: 'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.',
  });
});

test.each([
  ['limit=1&continue=no-vale', 400, 'continue key is not valid'],
  [`continue=${btoa('{"v":"otra","rv":1,"start":"a"}')}`, 400, 'continue key is not valid'],
  ['limit=muchos', 400, 'strconv.ParseInt: parsing "muchos": invalid syntax'],
  ['resourceVersion=ayer', 400, 'resourceVersion: Invalid value: "ayer": strconv.ParseUint: parsing "ayer": invalid syntax'],
  ['labelSelector=a%20b%20c', 400, undefined],
  ['fieldSelector=spec.color%3Drojo', 400, 'field label not supported: spec.color'],
])('pedir una lista con %s se rechaza', async (query, code, message) => {
  const { send } = createTestClient({ nodes: [] });
  const { status, body } = await send<StatusBody>('GET', `${at}?${query}`);
  expect({ status, code: body.code, reason: body.reason }).toEqual({ status: code, code, reason: 'BadRequest' });
  if (message) expect(body.message).toBe(message);
});

test('una lista más nueva que el almacén agota la espera, como el servidor real', async () => {
  const { send, maqueta } = createTestClient({ nodes: [] });
  const { status, body } = await send<StatusBody>('GET', `${at}?resourceVersion=999999`);
  expect(status).toBe(504);
  expect(body).toMatchObject({
    reason: 'Timeout',
    message: `Timeout: Too large resource version: 999999, current: ${maqueta.world.store.revision}`,
    details: { causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1 },
  });
});

test('pedir solo los metadatos da una PartialObjectMetadataList', async () => {
  const { send } = await withMaps('a');
  const accept = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
  const { body } = await send<List & { kind: string; apiVersion: string }>('GET', at, undefined, { accept });
  expect(body).toMatchObject({
    kind: 'PartialObjectMetadataList',
    apiVersion: 'meta.k8s.io/v1',
    items: [{ kind: 'PartialObjectMetadata', metadata: { name: 'a' } }],
  });
  expect(body.items[0]).not.toHaveProperty('data');
});

test('deletecollection borra lo que casa con el filtro y nada más', async () => {
  const { send } = await withMaps('a1', 'a2', 'b1');
  const { status, body } = await send<List & { kind: string }>('DELETE', `${at}?labelSelector=app%3Da`);
  expect({ status, kind: body.kind, names: namesOf(body) }).toEqual({ status: 200, kind: 'ConfigMapList', names: ['a1', 'a2'] });
  expect(namesOf((await send<List>('GET', at)).body)).toEqual(['b1']);
});

test('deletecollection en seco no borra', async () => {
  const { send } = await withMaps('a1');
  await send('DELETE', `${at}?dryRun=All`);
  expect(namesOf((await send<List>('GET', at)).body)).toEqual(['a1']);
});
