import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KubeObject, ObjectEvent, Target } from '../engine/ports.ts';
import { type FakeApi, startFakeApi, type WatchStep } from '../testing/fake-api.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { openKubeTarget } from './kube-target.ts';

const query = { apiVersion: 'v1', kind: 'Pod', namespace: 'e' };
const list = 'GET /api/v1/namespaces/e/pods';

const pod = (name: string, uid: string, resourceVersion: string) => ({
  metadata: { name, namespace: 'e', uid, resourceVersion, creationTimestamp: '2026-11-20T09:00:00Z' },
});
const line = (type: string, name: string, uid: string, version: string): WatchStep => ({
  line: { type, object: { apiVersion: 'v1', kind: 'Pod', ...pod(name, uid, version) } },
});
const expired: WatchStep = { line: { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' } } };

let api: FakeApi;
let target: Target;
let pauses: number[];

beforeEach(async () => {
  api = await startFakeApi();
  pauses = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  target = await openKubeTarget({ config: api.config, id: 'contexto', title: 'falso', clock: createFakeClock(), kubectlArguments: [], silence: 150, pause });
  api.replies.set(list, [{ body: { items: [pod('web-0', 'a', '5')], metadata: { resourceVersion: '10' } } }]);
});

afterEach(async () => {
  await target.close();
  await api.close();
});

/** Sigue desde una lista hasta haber visto `count` sucesos. */
async function collect(count: number): Promise<string[]> {
  const { resourceVersion } = await target.cluster.list(query);
  const stop = new AbortController();
  const seen: ObjectEvent[] = [];
  for await (const event of target.cluster.watch(query, resourceVersion, stop.signal)) {
    seen.push(event);
    if (seen.length === count) stop.abort();
  }
  return seen.map(({ type, object }) => `${type} ${object.metadata.name} ${object.metadata.uid} ${object.metadata.resourceVersion}`);
}

const opened = () => api.requests.filter(({ query: search }) => search.get('watch') === 'true').map(({ query: search }) => search.get('resourceVersion'));
const listed = () => api.requests.filter(({ line: text, query: search }) => text === list && !search.has('watch')).length;

test('un cierre normal no es el final: sigue desde el último visto, sin repetir', async () => {
  api.watches.push([line('MODIFIED', 'web-0', 'a', '11'), line('ADDED', 'web-1', 'b', '12')], [line('MODIFIED', 'web-1', 'b', '13')]);
  expect(await collect(3)).toEqual(['modified web-0 a 11', 'added web-1 b 12', 'modified web-1 b 13']);
  expect(opened()).toEqual(['10', '12']);
  expect(listed()).toBe(1);
});

test('si el servidor repite un suceso tras reabrir, no se cuenta dos veces', async () => {
  api.watches.push([line('ADDED', 'web-1', 'b', '12')], [line('ADDED', 'web-1', 'b', '12'), line('MODIFIED', 'web-1', 'b', '13')]);
  expect(await collect(2)).toEqual(['added web-1 b 12', 'modified web-1 b 13']);
});

test('un corte a mitad de línea no pierde el suceso: llega entero al reabrir', async () => {
  const whole = JSON.stringify({ type: 'ADDED', object: pod('web-1', 'b', '12') });
  api.watches.push([line('MODIFIED', 'web-0', 'a', '11'), { raw: whole.slice(0, 30) }, 'cut'], [line('ADDED', 'web-1', 'b', '12')]);
  expect(await collect(2)).toEqual(['modified web-0 a 11', 'added web-1 b 12']);
  expect(opened()).toEqual(['10', '11']);
});

test('el silencio se toma como rutina: reabre desde la misma versión', async () => {
  api.watches.push(['silence'], ['silence'], [line('MODIFIED', 'web-0', 'a', '11')]);
  expect(await collect(1)).toEqual(['modified web-0 a 11']);
  expect(opened()).toEqual(['10', '10', '10']);
});

test('una marca (bookmark) adelanta la versión desde la que se reabre', async () => {
  api.watches.push([{ line: { type: 'BOOKMARK', object: { kind: 'Pod', metadata: { resourceVersion: '40' } } } }], [line('MODIFIED', 'web-0', 'a', '41')]);
  expect(await collect(1)).toEqual(['modified web-0 a 41']);
  expect(opened()).toEqual(['10', '40']);
});

test('un 410 dentro del watch vuelve a listar una vez y cuenta la diferencia por UID: borrado y alta, en ese orden', async () => {
  api.watches.push([expired], [line('MODIFIED', 'web-0', 'b', '31')]);
  api.replies.set(list, [
    { body: { items: [pod('web-0', 'a', '5'), pod('web-9', 'c', '6')], metadata: { resourceVersion: '10' } } },
    { body: { items: [pod('web-0', 'b', '25'), pod('web-9', 'c', '6')], metadata: { resourceVersion: '30' } } },
  ]);
  expect(await collect(3)).toEqual(['deleted web-0 a 5', 'added web-0 b 25', 'modified web-0 b 31']);
  expect(opened()).toEqual(['10', '30']);
  expect(listed()).toBe(2);
});

test('un 410 al abrir se salva igual', async () => {
  api.watches.push({ status: 410, body: { kind: 'Status', code: 410, reason: 'Expired' } }, [line('ADDED', 'web-1', 'b', '31')]);
  expect(await collect(1)).toEqual(['added web-1 b 31']);
});

test('429 y 500 esperan cada vez más, y Retry-After manda', async () => {
  api.watches.push({ status: 429, headers: { 'retry-after': '7' } }, { status: 500 }, { status: 503, body: '<h1>Bad gateway</h1>' }, [
    line('MODIFIED', 'web-0', 'a', '11'),
  ]);
  expect(await collect(1)).toEqual(['modified web-0 a 11']);
  expect(pauses.slice(0, 3)).toEqual([7000, 200, 400]);
});

test('una línea que no es JSON no se salta: se reabre desde el último visto', async () => {
  api.watches.push([line('MODIFIED', 'web-0', 'a', '11'), { raw: '<html>\n' }], [line('ADDED', 'web-1', 'b', '12')]);
  expect(await collect(2)).toEqual(['modified web-0 a 11', 'added web-1 b 12']);
  expect(opened()).toEqual(['10', '11']);
});

test.each([
  [401, undefined, 'No se puede observar Pod: las credenciales de ese contexto no valen (Unauthorized).'],
  [
    403,
    { reason: 'Forbidden', message: 'pods is forbidden: User "ana" cannot watch' },
    'No se puede observar Pod: pods is forbidden: User "ana" cannot watch (Forbidden).',
  ],
  [
    404,
    { reason: 'NotFound', message: 'the server could not find the requested resource' },
    'No se puede observar Pod: the server could not find the requested resource (NotFound).',
  ],
])('un %i para con su motivo, sin insistir', async (status, body, message) => {
  api.watches.push({ status, body: body ?? '' });
  await expect(collect(1)).rejects.toThrow(message);
  expect(opened()).toEqual(['10']);
});

test('un servidor que nunca se recupera acaba explicándose: no se insiste para siempre', async () => {
  for (let index = 0; index < 20; index++) api.watches.push({ status: 500, body: { message: 'etcd no contesta', reason: 'InternalError' } });
  await expect(collect(1)).rejects.toThrow('No se puede observar Pod tras 12 intentos: etcd no contesta (InternalError).');
  expect(opened()).toHaveLength(12);
  expect(Math.max(...pauses)).toBe(5000);
});

test('un servidor que se cae a mitad acaba diciendo que no responde', async () => {
  api.watches.push([line('MODIFIED', 'web-0', 'a', '11'), 'silence']);
  const seen: ObjectEvent[] = [];
  const { resourceVersion } = await target.cluster.list(query);
  const watching = (async () => {
    for await (const event of target.cluster.watch(query, resourceVersion, new AbortController().signal)) {
      seen.push(event);
      await api.close();
    }
  })();
  await expect(watching).rejects.toThrow('No se puede observar Pod tras 12 intentos: el clúster no responde (ECONNREFUSED).');
  expect(seen).toHaveLength(1);
});

test('Ctrl-C cierra el watch aunque el servidor calle', async () => {
  const stop = new AbortController();
  const events = target.cluster.watch(query, '10', stop.signal)[Symbol.asyncIterator]();
  const next = events.next();
  setTimeout(() => stop.abort(), 30);
  expect(await next).toEqual({ done: true, value: undefined });
});

test('el mismo objeto, por lista y por watch, es igual campo a campo', async () => {
  api.watches.push([line('ADDED', 'web-1', 'b', '12')]);
  api.replies.set(list, [{ body: { items: [{ ...pod('web-1', 'b', '12') }], metadata: { resourceVersion: '12' } } }]);
  const { items } = await target.cluster.list(query);
  const stop = new AbortController();
  let seen: KubeObject | undefined;
  for await (const event of target.cluster.watch(query, '11', stop.signal)) {
    seen = event.object;
    stop.abort();
  }
  expect(seen).toEqual(items[0]);
});

test('el filtro por etiquetas y por campos llega al servidor en la lista y en el watch', async () => {
  api.watches.push([line('ADDED', 'web-1', 'b', '12')]);
  const stop = new AbortController();
  const filtered = { ...query, labels: 'app=web', fields: 'metadata.name=web-1' };
  await target.cluster.list(filtered);
  for await (const _ of target.cluster.watch(filtered, '10', stop.signal)) stop.abort();
  expect(api.requests.map(({ query: search }) => `${search.get('labelSelector')} ${search.get('fieldSelector')}`)).toEqual([
    'app=web metadata.name=web-1',
    'app=web metadata.name=web-1',
  ]);
});
