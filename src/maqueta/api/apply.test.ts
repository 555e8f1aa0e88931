import { expect, test } from 'vitest';
import type { ConfigMap, Deployment, ManagedFieldsEntry } from '../schema/types.generated.ts';
import { createTestClient, type StatusBody } from './test-client.ts';

const path = '/apis/apps/v1/namespaces/default/deployments/web';
const app = { name: 'app', image: 'nginx:1.30' };
const deployment = (spec: object = {}, containers: object[] = [app]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers } }, ...spec },
});
const owners = (object: { metadata: { managedFields?: ManagedFieldsEntry[] } }) =>
  object.metadata.managedFields?.map(({ manager, operation, subresource }) => [manager, operation, subresource].filter(Boolean).join(' '));
const merge = { 'content-type': 'application/merge-patch+json' };

test('aplicar crea con 201, y aplicar lo mismo no cambia nada', async () => {
  const { apply, maqueta } = createTestClient();
  const first = await apply<Deployment>(path, 'bitacora', deployment({ replicas: 2 }));
  const { revision } = maqueta.world.store;
  const second = await apply<Deployment>(path, 'bitacora', deployment({ replicas: 2 }));
  expect([first.status, second.status, maqueta.world.store.revision]).toEqual([201, 200, revision]);
  expect(second.body).toEqual(first.body);
  expect(first.body.spec).toMatchObject({ replicas: 2, revisionHistoryLimit: 10 });
});

test('el que aplica posee lo que dice, no los valores por defecto', async () => {
  const { apply } = createTestClient();
  const { body } = await apply<Deployment>(path, 'bitacora', deployment({ replicas: 2 }));
  expect(body.metadata.managedFields).toEqual([
    {
      manager: 'bitacora',
      operation: 'Apply',
      apiVersion: 'apps/v1',
      time: '2026-11-20T09:00:00Z',
      fieldsType: 'FieldsV1',
      fieldsV1: {
        'f:spec': {
          'f:replicas': {},
          'f:selector': {},
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app': {} } },
            'f:spec': { 'f:containers': { 'k:{"name":"app"}': { '.': {}, 'f:name': {}, 'f:image': {} } } },
          },
        },
      },
    },
  ]);
});

test('dos que aplican el mismo valor lo comparten; con otro valor hay conflicto, y forzar se lo queda', async () => {
  const { apply } = createTestClient();
  await apply(path, 'uno', deployment({ replicas: 2 }));
  expect((await apply(path, 'dos', deployment({ replicas: 2 }))).status).toBe(200);
  const refused = await apply<StatusBody>(path, 'dos', deployment({ replicas: 5 }));
  expect(refused).toMatchObject({
    status: 409,
    body: {
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "uno": .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "uno"', field: '.spec.replicas' }] },
    },
  });
  const forced = await apply<Deployment>(path, 'dos', deployment({ replicas: 5 }), '&force=true');
  expect([forced.status, forced.body.spec?.replicas]).toEqual([200, 5]);
  const again = await apply<StatusBody>(path, 'uno', deployment({ replicas: 2 }));
  expect(again.body.message).toBe('Apply failed with 1 conflict: conflict with "dos": .spec.replicas');
});

test.each([
  ['kubectl scale', 'PATCH', `${path}/scale?fieldManager=kubectl`, { spec: { replicas: 4 } }, '"kubectl" with subresource "scale" using apps/v1'],
  ['un parche', 'PATCH', `${path}?fieldManager=kubectl-patch`, { spec: { replicas: 4 } }, '"kubectl-patch" using apps/v1'],
])('tras %s, aplicar otra cifra da el conflicto que nombra a quien la puso', async (_case, method, target, body, owner) => {
  const { apply, send } = createTestClient();
  await apply(path, 'bitacora', deployment({ replicas: 2 }));
  expect((await send(method, target, body, merge)).status).toBe(200);
  const refused = await apply<StatusBody>(path, 'bitacora', deployment({ replicas: 2 }));
  expect(refused.body.message).toBe(`Apply failed with 1 conflict: conflict with ${owner}: .spec.replicas`);
});

test('varios conflictos se agrupan por quien los tiene', async () => {
  const { apply, send } = createTestClient();
  await apply(path, 'uno', deployment({ replicas: 2, minReadySeconds: 1 }));
  await send('PATCH', `${path}?fieldManager=kubectl-patch`, { spec: { paused: true } }, merge);
  const refused = await apply<StatusBody>(path, 'dos', deployment({ replicas: 3, minReadySeconds: 2, paused: false }));
  expect(refused.body.message).toBe(
    'Apply failed with 3 conflicts: conflicts with "kubectl-patch" using apps/v1:\n- .spec.paused\nconflicts with "uno":\n- .spec.replicas\n- .spec.minReadySeconds',
  );
});

test('lo que se deja de declarar se va, con los valores por defecto de su rama', async () => {
  const { apply } = createTestClient();
  const readinessProbe = { httpGet: { path: '/', port: 80 } };
  await apply(
    path,
    'bitacora',
    deployment({ replicas: 3, minReadySeconds: 9 }, [
      { ...app, readinessProbe },
      { name: 'otro', image: 'nginx:1.30' },
    ]),
  );
  const { body, status } = await apply<Deployment>(path, 'bitacora', deployment());
  expect([status, body.spec?.replicas, body.spec?.minReadySeconds]).toEqual([200, 1, undefined]);
  expect(body.spec?.template.spec?.containers.map(({ name, readinessProbe: probe }) => [name, probe])).toEqual([['app', undefined]]);
});

test('lo que otro también declara se queda aunque uno lo suelte', async () => {
  const { apply } = createTestClient();
  await apply(path, 'uno', deployment({ replicas: 3 }));
  await apply(path, 'dos', deployment({ replicas: 3 }));
  expect((await apply<Deployment>(path, 'uno', deployment())).body.spec?.replicas).toBe(3);
  expect((await apply<Deployment>(path, 'dos', deployment())).body.spec?.replicas).toBe(1);
});

test('dos que aplican datos distintos de un ConfigMap no se estorban, y cada uno retira lo suyo', async () => {
  const { apply } = createTestClient();
  const at = '/api/v1/namespaces/default/configmaps/ajustes';
  const config = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ajustes' }, data });
  await apply(at, 'uno', config({ a: '1', b: '1' }));
  await apply(at, 'dos', config({ c: '2' }));
  const { body } = await apply<ConfigMap>(at, 'uno', config({ a: '1' }));
  expect(body.data).toEqual({ a: '1', c: '2' });
  expect(owners(body)).toEqual(['dos Apply', 'uno Apply']);
});

test('crear posee también los valores por defecto, y sustituir sin decirlos no se los quita a nadie', async () => {
  const { send } = createTestClient();
  const created = await send<Deployment>('POST', '/apis/apps/v1/namespaces/default/deployments?fieldManager=kubectl-create', deployment());
  expect(JSON.stringify(created.body.metadata.managedFields)).toContain('f:revisionHistoryLimit');
  const replaced = await send<Deployment>('PUT', `${path}?fieldManager=kubectl-replace`, deployment({ replicas: 2 }));
  expect(replaced.status).toBe(200);
  const entry = replaced.body.metadata.managedFields?.find(({ manager }) => manager === 'kubectl-replace');
  expect(entry?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
});

test('escribir en status apunta a su dueño aparte, y aplicar el objeto no choca con él', async () => {
  const { apply, send } = createTestClient();
  await apply(path, 'bitacora', deployment());
  const written = await send<Deployment>('PATCH', `${path}/status?fieldManager=control`, { spec: { replicas: 9 }, status: { replicas: 7 } }, merge);
  expect([written.body.status?.replicas, written.body.spec?.replicas, owners(written.body)]).toEqual([7, 1, ['bitacora Apply', 'control Update status']]);
  const again = await apply<Deployment>(path, 'bitacora', { ...deployment(), status: { replicas: 1 } });
  expect([again.status, again.body.status?.replicas]).toEqual([200, 7]);
});

test('sin fieldManager no se aplica', async () => {
  const { send } = createTestClient();
  const { status, body } = await send<StatusBody>('PATCH', path, deployment(), { 'content-type': 'application/apply-patch+yaml' });
  expect([status, body.message]).toEqual([422, 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch']);
});

test.each([
  ['un campo que no existe', deployment({ replicass: 3 }), '.spec.replicass: field not declared in schema'],
  [
    'un campo que no existe en un contenedor',
    deployment({}, [{ ...app, imagen: 'x' }]),
    '.spec.template.spec.containers[name="app"].imagen: field not declared in schema',
  ],
  [
    'una variable repetida y un campo que no existe',
    deployment({ replicass: 3 }, [{ ...app, env: [{ name: 'A' }, { name: 'A' }] }]),
    'errors:\n  .spec.template.spec.containers[name="app"].env: duplicate entries for key [name="A"]\n  .spec.replicass: field not declared in schema',
  ],
])('aplicar rechaza %s, aunque no se pida validar', async (_case, body, problem) => {
  const { apply } = createTestClient();
  const answer = await apply<StatusBody>(path, 'bitacora', body, '&fieldValidation=Ignore');
  expect([answer.status, answer.body.message]).toEqual([500, `failed to create typed patch object (/web; apps/v1, Kind=Deployment): ${problem}`]);
});

test('se aplica YAML', async () => {
  const { apply } = createTestClient();
  const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ajustes\ndata:\n  saludo: |\n    hola\n    mundo\n';
  const { body, status } = await apply<ConfigMap>('/api/v1/namespaces/default/configmaps/ajustes', 'bitacora', yaml);
  expect([status, body.data]).toEqual([201, { saludo: 'hola\nmundo\n' }]);
});

test('dry-run dice lo que quedaría y no guarda', async () => {
  const { apply, send } = createTestClient();
  expect((await apply(path, 'bitacora', deployment(), '&dryRun=All')).status).toBe(201);
  expect((await send('GET', path)).status).toBe(404);
});
