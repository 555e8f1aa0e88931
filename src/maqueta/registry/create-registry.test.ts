import { expect, test } from 'vitest';
import type { ConfigMap, Deployment, Namespace, Pod } from '../schema/types.generated.ts';
import { createTestRegistry, object, refusal } from './test-registry.ts';

const config = (name: string, rest: object = {}) => object<ConfigMap>('v1', 'ConfigMap', name, rest);
const pod = (name: string, rest: object = {}) =>
  object<Pod>('v1', 'Pod', name, { spec: { nodeName: 'n1', containers: [{ name: 'app', image: 'nginx:1.30' }], ...rest } });
const deployment = (name: string, labels = { app: name }) =>
  object<Deployment>('apps/v1', 'Deployment', name, {
    spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx:1.30' }] } } },
  });

test('crear pone UID, fecha y versión, y no deja que los ponga quien crea', () => {
  const { registry, store } = createTestRegistry();
  const created = registry.create(
    'configmaps',
    config('uno', {
      metadata: { uid: 'mío', resourceVersion: '99', creationTimestamp: '2000-01-01T00:00:00Z', deletionTimestamp: '2000-01-01T00:00:00Z', generation: 7 },
    }),
  );
  expect(created.metadata).toEqual({
    name: 'uno',
    namespace: 'default',
    uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    creationTimestamp: '2026-11-20T09:00:00Z',
    resourceVersion: String(store.revision),
  });
});

test('generateName añade cinco letras sin vocales y nunca choca con lo que hay', () => {
  const { registry, store } = createTestRegistry();
  for (let count = 0; count < 50; count++)
    registry.create('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'web-', namespace: 'default' } });
  const names = [...store.collection('configmaps').list()].map(({ metadata }) => metadata.name);
  expect(new Set(names).size).toBe(50);
  expect(names.every((name) => /^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name ?? ''))).toBe(true);
});

test.each([
  [
    'sin nombre',
    (t: ReturnType<typeof createTestRegistry>) => t.registry.create('configmaps', config('')),
    '422 Invalid: ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
  ],
  [
    'dos veces',
    (t: ReturnType<typeof createTestRegistry>) => [0, 1].map(() => t.registry.create('apps/deployments', deployment('web'))),
    '409 AlreadyExists: deployments.apps "web" already exists',
  ],
  [
    'en un espacio que no existe',
    (t: ReturnType<typeof createTestRegistry>) => t.registry.create('configmaps', config('uno', { metadata: { namespace: 'nada' } })),
    '404 NotFound: namespaces "nada" not found',
  ],
  [
    'cambiar lo que no existe',
    (t: ReturnType<typeof createTestRegistry>) => t.registry.update('configmaps', config('uno')),
    '404 NotFound: configmaps "uno" not found',
  ],
  [
    'borrar lo que no existe',
    (t: ReturnType<typeof createTestRegistry>) => t.registry.delete('apps/deployments', 'default', 'web'),
    '404 NotFound: deployments.apps "web" not found',
  ],
] as const)('rechaza crear o cambiar %s', (_case, run, message) => {
  expect(refusal(() => run(createTestRegistry()))).toBe(message);
});

test('cambiar con una versión vieja da 409, y con otro UID también', () => {
  const { registry } = createTestRegistry();
  const first = registry.create('configmaps', config('uno'));
  registry.update('configmaps', { ...first, data: { a: '1' } });
  expect(refusal(() => registry.update('configmaps', { ...first, data: { a: '2' } }))).toBe(
    '409 Conflict: Operation cannot be fulfilled on configmaps "uno": the object has been modified; please apply your changes to the latest version and try again',
  );
  expect(refusal(() => registry.update('configmaps', config('uno', { metadata: { uid: 'otro' } })))).toBe(
    `409 Conflict: Operation cannot be fulfilled on configmaps "uno": Precondition failed: UID in precondition: otro, UID in object meta: ${first.metadata.uid}`,
  );
});

test('escribir lo mismo no gasta versión ni avisa a nadie', () => {
  const { registry, store } = createTestRegistry();
  const created = registry.create('apps/deployments', deployment('web'));
  const { revision } = store;
  expect(registry.update('apps/deployments', deployment('web'))).toBe(created);
  expect(store.revision).toBe(revision);
});

test('la generación sube con el spec; con etiquetas o status, no', () => {
  const { registry } = createTestRegistry();
  const created = registry.create('apps/deployments', deployment('web'));
  const labelled = registry.update('apps/deployments', { ...created, metadata: { ...created.metadata, labels: { a: 'b' } } });
  const counted = registry.updateStatus('apps/deployments', { ...labelled, spec: undefined as never, status: { replicas: 1 } });
  const scaled = registry.update('apps/deployments', {
    ...counted,
    spec: { ...created.spec, replicas: 5 } as Deployment['spec'] & object,
    status: { replicas: 99 },
  });
  expect([created, labelled, counted, scaled].map(({ metadata }) => metadata.generation)).toEqual([1, 1, 1, 2]);
  expect([counted.spec, counted.status, scaled.status]).toEqual([created.spec, { replicas: 1 }, { replicas: 1 }]);
});

test('un Service, un Namespace o un PVC no llevan generación', () => {
  const { registry, store } = createTestRegistry();
  registry.create('services', object('v1', 'Service', 'web', { spec: { ports: [{ port: 80 }] } }));
  expect(
    [store.collection('services').get('default', 'web'), store.collection('namespaces').get('', 'default')].map((found) => found?.metadata.generation),
  ).toEqual([undefined, undefined]);
});

test('un Pod con nodo espera su gracia; sin nodo o terminado se va ya', () => {
  const { registry, store } = createTestRegistry();
  registry.create('pods', pod('web', { terminationGracePeriodSeconds: 45 }));
  registry.create('pods', pod('suelto', { nodeName: undefined }));
  const waiting = registry.delete('pods', 'default', 'web');
  registry.delete('pods', 'default', 'suelto');
  expect(waiting.metadata).toMatchObject({ deletionTimestamp: '2026-11-20T09:00:45Z', deletionGracePeriodSeconds: 45, generation: 2 });
  expect([...store.collection('pods').list()].map(({ metadata }) => metadata.name)).toEqual(['web']);
});

test('pedir otra vez el borrado de un Pod solo puede acortar la espera, contada desde la primera petición', () => {
  const { registry, store, clock } = createTestRegistry();
  registry.create('pods', pod('web'));
  const first = registry.delete('pods', 'default', 'web');
  clock.advance(4000);
  expect(registry.delete('pods', 'default', 'web', { gracePeriodSeconds: 60 })).toBe(first);
  expect(registry.delete('pods', 'default', 'web')).toBe(first);
  const shorter = registry.delete('pods', 'default', 'web', { gracePeriodSeconds: 10 });
  expect(shorter.metadata).toMatchObject({ deletionTimestamp: '2026-11-20T09:00:10Z', deletionGracePeriodSeconds: 10, generation: 2 });
  registry.delete('pods', 'default', 'web', { gracePeriodSeconds: 0 });
  expect(store.collection('pods').size).toBe(0);
});

test('un Pod con finalizer, acabada su gracia, espera a que se lo quiten y entonces se va', () => {
  const { registry, store } = createTestRegistry();
  registry.create('pods', { ...pod('web'), metadata: { name: 'web', namespace: 'default', finalizers: ['a/b'] } });
  registry.delete('pods', 'default', 'web');
  const held = registry.delete('pods', 'default', 'web', { gracePeriodSeconds: 0 }) as Pod;
  expect(held.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, finalizers: ['a/b'] });
  registry.update('pods', { ...held, metadata: { ...held.metadata, finalizers: [] } });
  expect(store.collection('pods').size).toBe(0);
});

test('quien se está yendo no admite finalizers nuevos', () => {
  const { registry } = createTestRegistry();
  registry.create('configmaps', config('uno', { metadata: { finalizers: ['a/b'] } }));
  const marked = registry.delete('configmaps', 'default', 'uno') as ConfigMap;
  expect(refusal(() => registry.update('configmaps', { ...marked, metadata: { ...marked.metadata, finalizers: ['a/b', 'c/d'] } }))).toBe(
    '422 Invalid: ConfigMap "uno" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"c/d"}',
  );
});

test('la propagación se anota como finalizer y repetir el borrado sin decirla no la cambia', () => {
  const { registry, store } = createTestRegistry();
  for (const name of ['delante', 'suelta', 'luego']) registry.create('apps/deployments', deployment(name));
  const finalizers = (name: string) => store.collection('apps/deployments').get('default', name)?.metadata.finalizers;
  registry.delete('apps/deployments', 'default', 'delante', { propagationPolicy: 'Foreground' });
  registry.delete('apps/deployments', 'default', 'delante');
  registry.delete('apps/deployments', 'default', 'suelta', { propagationPolicy: 'Orphan' });
  registry.delete('apps/deployments', 'default', 'suelta');
  registry.delete('apps/deployments', 'default', 'luego', { propagationPolicy: 'Foreground' });
  registry.delete('apps/deployments', 'default', 'luego', { propagationPolicy: 'Orphan' });
  expect(['delante', 'suelta', 'luego'].map(finalizers)).toEqual([['foregroundDeletion'], ['orphan'], ['orphan']]);
  registry.delete('apps/deployments', 'default', 'delante', { propagationPolicy: 'Background' });
  expect(finalizers('delante')).toBeUndefined();
});

test('un finalizer de propagación puesto por quien creó manda si el borrado no dice política', () => {
  const { registry, store } = createTestRegistry();
  registry.create('configmaps', config('uno', { metadata: { finalizers: ['orphan'] } }));
  registry.delete('configmaps', 'default', 'uno');
  expect(store.collection('configmaps').get('default', 'uno')?.metadata.finalizers).toEqual(['orphan']);
});

test('un Namespace pasa a Terminating, sigue mientras le quede su finalizer y no admite nada nuevo', () => {
  const { registry, store } = createTestRegistry();
  const marked = registry.delete('namespaces', '', 'default') as Namespace;
  expect(marked.status?.phase).toBe('Terminating');
  expect(refusal(() => registry.create('configmaps', config('tarde')))).toBe(
    '403 Forbidden: configmaps "tarde" is forbidden: unable to create new content in namespace default because it is being terminated',
  );
  registry.update('namespaces', { ...marked, spec: { finalizers: [] } });
  expect(store.collection('namespaces').size).toBe(0);
});

test('dry-run dice lo que se guardaría y no guarda', () => {
  const { registry, store } = createTestRegistry();
  const { revision } = store;
  expect(registry.create('apps/deployments', deployment('web'), { isDryRun: true }).spec?.replicas).toBe(1);
  expect(store.revision).toBe(revision);
  const created = registry.create('apps/deployments', deployment('web'));
  expect(
    registry.update('apps/deployments', { ...created, spec: { ...created.spec, replicas: 4 } as Deployment['spec'] & object }, { isDryRun: true }).spec
      ?.replicas,
  ).toBe(4);
  expect(registry.delete('apps/deployments', 'default', 'web', { isDryRun: true }).metadata.deletionTimestamp).toBe('2026-11-20T09:00:00Z');
  expect(store.collection('apps/deployments').get('default', 'web')).toBe(created);
});

test('las precondiciones del borrado se cumplen o dan 409', () => {
  const { registry, store } = createTestRegistry();
  const { metadata } = registry.create('configmaps', config('uno'));
  expect(refusal(() => registry.delete('configmaps', 'default', 'uno', { preconditions: { uid: 'otro' } }))).toBe(
    `409 Conflict: Operation cannot be fulfilled on configmaps "uno": Precondition failed: UID in precondition: otro, UID in object meta: ${metadata.uid}`,
  );
  registry.delete('configmaps', 'default', 'uno', { preconditions: { uid: metadata.uid ?? '' } });
  expect(store.collection('configmaps').size).toBe(0);
});
