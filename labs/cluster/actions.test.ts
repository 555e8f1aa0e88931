import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyAll } from '../apply-all.ts';
import type { LabError } from '../engine/lab-error.ts';
import type { KubeObject, Target } from '../engine/ports.ts';
import { type FakeApi, startFakeApi } from '../testing/fake-api.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { podNamed } from '../testing/objects.ts';
import { openKubeTarget } from './kube-target.ts';
import { parseManifest } from './parse-manifest.ts';

const path = '/apis/apps/v1/namespaces/lab-04-7x2k/deployments/web';
const yaml = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicass: 3\n  template: { spec: { containers: [{ name: app }] } }\n';
const Deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
const [document] = parseManifest(yaml, 'manifests/04/web.yaml') as [ReturnType<typeof parseManifest>[number]];

let api: FakeApi;
let target: Target;
let pauses: number[];

beforeEach(async () => {
  api = await startFakeApi();
  pauses = [];
  target = await openKubeTarget({
    config: api.config,
    id: 'contexto',
    title: 'falso',
    clock: createFakeClock(),
    kubectlArguments: [],
    pause: async (wait) => void pauses.push(wait),
  });
});

afterEach(async () => {
  await target.close();
  await api.close();
});

const failure = (promise: Promise<unknown>): Promise<LabError> =>
  promise.then(
    () => Promise.reject(new Error('no falló')),
    (error: LabError) => error,
  );

test('aplica el documento entero con server-side apply estricto, su etiqueta y su espacio', async () => {
  api.replies.set(`PATCH ${path}`, [{ body: { metadata: { name: 'web' } } }]);
  await target.actions.apply(document, 'lab-04-7x2k');
  const [request] = api.requests;
  expect(request?.headers['content-type']).toBe('application/apply-patch+yaml');
  expect(request?.headers.authorization).toBe('Bearer secreto-de-prueba');
  expect(Object.fromEntries(request?.query ?? [])).toEqual({ fieldManager: 'bitacora', force: 'true', fieldValidation: 'Strict' });
  expect(JSON.parse(request?.body ?? '')).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'lab-04-7x2k', labels: { 'bitacora.lab': '04' } },
    spec: { replicass: 3, template: { spec: { containers: [{ name: 'app' }] } } },
  });
});

test.each([
  [400, { message: 'strict decoding error: unknown field "spec.replicass"', reason: 'BadRequest' }, 5, 'spec.replicass'],
  [
    422,
    {
      message: 'Deployment.apps "web" is invalid',
      reason: 'Invalid',
      details: { causes: [{ field: 'spec.template.spec.containers[0].image', message: 'Required value' }] },
    },
    6,
    'spec.template.spec.containers[0].image',
  ],
])('un rechazo %i se traduce a archivo, línea y campo', async (status, body, line, field) => {
  api.replies.set(`PATCH ${path}`, [{ status, body }]);
  const error = await failure(target.actions.apply(document, 'lab-04-7x2k'));
  expect(error.code).toBe('MANIFEST');
  expect(error.where).toBe(`manifests/04/web.yaml:${line}`);
  expect(error.message).toBe(`${field}: el clúster rechaza Deployment «web»: ${body.message} (${body.reason}).`);
  expect(pauses).toEqual([]);
});

test('un campo que no existe llega como un 500 sin motivo: es culpa del documento y no se reintenta', async () => {
  const message = 'failed to create typed patch object (lab-04-7x2k/web; apps/v1, Kind=Deployment): .spec.replicass: field not declared in schema';
  api.replies.set(`PATCH ${path}`, [{ status: 500, body: { message } }]);
  const { code, where, message: said } = await failure(target.actions.apply(document, 'lab-04-7x2k'));
  expect({ code, where, said, pauses }).toEqual({
    code: 'MANIFEST',
    where: 'manifests/04/web.yaml:5',
    said: `spec.replicass: el clúster rechaza Deployment «web»: ${message}.`,
    pauses: [],
  });
});

test('un documento que pide otro espacio se rechaza sin enviar nada', async () => {
  const [stray] = parseManifest('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: kube-system\n', 'web.yaml') as [typeof document];
  const error = await failure(target.actions.apply(stray, 'lab-04-7x2k'));
  expect(error.where).toBe('web.yaml:5');
  expect(api.requests).toEqual([]);
});

test('un tipo que el clúster no conoce no se reintenta', async () => {
  const [unknown] = parseManifest('apiVersion: ejemplo.com/v1\nkind: Kafka\nmetadata: { name: k }\n', 'k.yaml') as [typeof document];
  const error = await failure(target.actions.apply(unknown, 'lab-04-7x2k'));
  expect(error.message).toBe('El clúster no conoce el tipo Kafka ejemplo.com/v1: falta instalar su CRD o este destino no lo tiene.');
  expect(pauses).toEqual([]);
});

test('429, 500 y la cuenta que aún no existe se reintentan con pausas crecientes', async () => {
  api.replies.set(`PATCH ${path}`, [
    { status: 429, headers: { 'retry-after': '2' } },
    { status: 500 },
    { status: 403, body: { reason: 'Forbidden', message: 'error looking up service account lab-04-7x2k/default: serviceaccount "default" not found' } },
    { body: { metadata: { name: 'web' } } },
  ]);
  await target.actions.apply(document, 'lab-04-7x2k');
  expect(pauses).toEqual([2000, 400, 800]);
});

test('si el servidor rechaza uno de los documentos, no se guarda ninguno', async () => {
  const both = [...parseManifest('apiVersion: v1\nkind: Service\nmetadata: { name: web }\n', 'a.yaml'), document];
  api.replies.set('PATCH /api/v1/namespaces/lab-04-7x2k/services/web', [{ body: {} }]);
  api.replies.set(`PATCH ${path}`, [{ status: 422, body: { reason: 'Invalid', message: 'no vale' } }]);
  await failure(applyAll(target.actions, both, 'lab-04-7x2k'));
  expect(api.requests.map(({ query }) => query.get('dryRun'))).toEqual(['All', 'All']);
});

test('si algo falla a mitad de guardar, se dice qué quedó creado', async () => {
  const both = [...parseManifest('apiVersion: v1\nkind: Service\nmetadata: { name: web }\n', 'a.yaml'), document];
  api.replies.set('PATCH /api/v1/namespaces/lab-04-7x2k/services/web', [{ body: { metadata: { name: 'web' } } }]);
  api.replies.set(`PATCH ${path}`, [{ body: {} }, { status: 403, body: { reason: 'Forbidden', message: 'exceeded quota' } }]);
  const error = await failure(applyAll(target.actions, both, 'lab-04-7x2k'));
  expect(error.message).toBe('el clúster rechaza Deployment «web»: exceeded quota (Forbidden). Antes de fallar quedó creado en lab-04-7x2k: Service web.');
});

test('borra por UID; si ya no está o el que hay es otro, no es un error', async () => {
  const pod = podNamed('web-0', { uid: 'u1' });
  api.replies.set('DELETE /api/v1/namespaces/lab-04-prueba/pods/web-0', [
    { body: {} },
    { status: 404, body: { reason: 'NotFound', message: 'x' } },
    { status: 409, body: { reason: 'Conflict', message: 'Precondition failed: UID in precondition: u1, UID in object meta: u2' } },
  ]);
  await target.actions.delete(pod, { gracePeriod: '500ms' });
  await target.actions.delete(pod);
  await target.actions.delete(pod);
  expect(JSON.parse(api.requests[0]?.body ?? '')).toMatchObject({ preconditions: { uid: 'u1' }, gracePeriodSeconds: 1 });
});

test('cambiar la imagen de un contenedor que no existe no lo añade: se dice cuáles hay', async () => {
  api.replies.set(`GET ${path}`, [{ body: { spec: { template: { spec: { containers: [{ name: 'web' }] } } } } }]);
  const error = await failure(target.actions.setImage(Deployment, 'lab-04-7x2k', 'web', 'app', 'node:24'));
  expect(error.message).toBe('Deployment «web» no tiene ningún contenedor «app»; tiene: web.');
  expect(api.requests.map(({ line }) => line)).toEqual([`GET ${path}`]);
});

test('cambiar la imagen usa un parche estratégico y escalar uno de mezcla', async () => {
  api.replies.set(`GET ${path}`, [{ body: { spec: { template: { spec: { containers: [{ name: 'app' }] } } } } }]);
  api.replies.set(`PATCH ${path}`, [{ body: {} }]);
  api.replies.set(`PATCH ${path}/scale`, [{ body: {} }]);
  await target.actions.setImage(Deployment, 'lab-04-7x2k', 'web', 'app', 'node:24');
  await target.actions.scale(Deployment, 'lab-04-7x2k', 'web', 2);
  expect(api.requests.slice(1).map(({ headers, body }) => `${headers['content-type']} ${body}`)).toEqual([
    'application/strategic-merge-patch+json {"spec":{"template":{"spec":{"containers":[{"name":"app","image":"node:24"}]}}}}',
    'application/merge-patch+json {"spec":{"replicas":2}}',
  ]);
});

test('cambiar campos manda solo esos, y lo que no vive en un espacio no lleva ninguno', async () => {
  api.replies.set(`PATCH ${path}`, [{ body: {} }]);
  api.replies.set('PATCH /api/v1/nodes/nodo1', [{ body: {} }]);
  await target.actions.patch(Deployment, 'lab-04-7x2k', 'web', { spec: { replicas: 2 } });
  await target.actions.patch({ apiVersion: 'v1', kind: 'Node' }, undefined, 'nodo1', { spec: { unschedulable: true } });
  expect(api.requests.map(({ line, headers, body }) => `${line.split('?')[0]} ${headers['content-type']} ${body}`)).toEqual([
    `PATCH ${path} application/strategic-merge-patch+json {"spec":{"replicas":2}}`,
    'PATCH /api/v1/nodes/nodo1 application/strategic-merge-patch+json {"spec":{"unschedulable":true}}',
  ]);
});

test('poner y quitar un taint conserva los demás, y si alguien escribe a la vez se vuelve a leer', async () => {
  const other = { key: 'node.kubernetes.io/unreachable', effect: 'NoExecute', timeAdded: '2026-11-20T09:00:00Z' };
  const out = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' };
  const node = (resourceVersion: string, taints?: object[]) => ({
    body: { metadata: { name: 'nodo1', resourceVersion }, spec: { ...(taints ? { taints } : {}) } },
  });
  api.replies.set('GET /api/v1/nodes/nodo1', [node('1'), node('2', [other]), node('3', [{ ...out, value: 'viejo' }, other]), node('4', [out, other])]);
  api.replies.set('PATCH /api/v1/nodes/nodo1', [{ status: 409, body: { reason: 'Conflict', message: 'the object has been modified' } }, { body: {} }]);
  await target.actions.taint('nodo1', out);
  await target.actions.taint('nodo1', out);
  await target.actions.untaint('nodo1', out);
  expect(api.requests.filter(({ line }) => line.startsWith('PATCH')).map(({ body }) => JSON.parse(body))).toEqual([
    { metadata: { resourceVersion: '1' }, spec: { taints: [out] } },
    { metadata: { resourceVersion: '2' }, spec: { taints: [other, out] } },
    { metadata: { resourceVersion: '3' }, spec: { taints: [other, out] } },
    { metadata: { resourceVersion: '4' }, spec: { taints: [other] } },
  ]);
});

test('un taint en un nodo que no existe se dice, sin insistir', async () => {
  api.replies.set('GET /api/v1/nodes/nodo9', [{ status: 404, body: { reason: 'NotFound', message: 'nodes "nodo9" not found' } }]);
  const error = await failure(target.actions.taint('nodo9', { key: 'obras', effect: 'NoSchedule' }));
  expect(error.message).toBe('No se puede poner el taint obras a nodo9: nodes "nodo9" not found (NotFound).');
  expect(pauses).toEqual([]);
});

test('etiquetar un nodo manda solo esa etiqueta, y quitarla la borra', async () => {
  api.replies.set('PATCH /api/v1/nodes/nodo1', [{ body: {} }]);
  await target.actions.label('nodo1', 'disco', 'rapido');
  await target.actions.unlabel('nodo1', 'disco');
  expect(api.requests.map(({ body }) => body)).toEqual(['{"metadata":{"labels":{"disco":"rapido"}}}', '{"metadata":{"labels":{"disco":null}}}']);
});

test('pedir algo a un Pod devuelve su código, también si es un error, y no se repite', async () => {
  api.replies.set('GET /api/v1/namespaces/e/pods/web:8080/proxy/muere', [{ status: 502, body: 'EOF' }]);
  expect(await target.actions.proxyGet('e', 'web', 8080, '/muere')).toEqual({ status: 502, body: 'EOF' });
  expect(api.requests).toHaveLength(1);
});

test('leer algo que no existe no es un error; sin permiso, sí', async () => {
  expect(await target.cluster.get({ apiVersion: 'v1', kind: 'Pod' }, 'e', 'x')).toBeUndefined();
  api.replies.set('GET /api/v1/namespaces/e/pods/x', [{ status: 403, body: { reason: 'Forbidden', message: 'pods "x" is forbidden' } }]);
  const error = await failure(target.cluster.get({ apiVersion: 'v1', kind: 'Pod' }, 'e', 'x') as Promise<KubeObject>);
  expect(`${error.canHeal} ${error.message}`).toBe('false No se puede leer Pod x: pods "x" is forbidden (Forbidden).');
});

test('acordonar y desalojar: lo que el servidor acepta, lo que un presupuesto niega y lo que ya no está', async () => {
  const evict = '/api/v1/namespaces/lab-04-7x2k/pods/web-0/eviction';
  const pod = { ...podNamed('web-0'), metadata: { ...podNamed('web-0').metadata, namespace: 'lab-04-7x2k' } } as KubeObject;
  const refused = {
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' }] },
  };
  api.replies.set('PATCH /api/v1/nodes/nodo1', [{ body: {} }]);
  api.replies.set(`POST ${evict}`, [
    { status: 429, body: refused },
    { status: 429, body: { reason: 'TooManyRequests', message: 'más despacio' } },
    { status: 201, body: {} },
    { status: 404, body: { reason: 'NotFound', message: 'pods "web-0" not found' } },
  ]);
  await target.actions.cordon('nodo1');
  expect(await target.actions.evict(pod)).toBe('The disruption budget web needs 2 healthy pods and has 2 currently');
  // A quien solo pide ir más despacio se le hace caso, y se repite.
  expect(await target.actions.evict(pod)).toBeUndefined();
  expect(pauses).toHaveLength(1);
  expect(await target.actions.evict(pod)).toBeUndefined();
  await target.actions.uncordon('nodo1');
  expect(api.requests.map(({ line, body }) => `${line.split('?')[0]} ${body}`).filter((line) => !line.startsWith('GET'))).toEqual([
    'PATCH /api/v1/nodes/nodo1 {"spec":{"unschedulable":true}}',
    ...Array(4).fill(
      `POST ${evict} {"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"web-0","namespace":"lab-04-7x2k"},"deleteOptions":{"preconditions":{"uid":"${pod.metadata.uid}"}}}`,
    ),
    'PATCH /api/v1/nodes/nodo1 {"spec":{"unschedulable":false}}',
  ]);
});
