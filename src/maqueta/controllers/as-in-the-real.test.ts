import { expect, it } from 'vitest';
import type { ConfigMap, DaemonSet, Deployment, Namespace, Pod, ReplicaSet, StatefulSet } from '../schema/types.generated.ts';
import { controllerBench } from './test-controllers.ts';

// Lo que las trazas de un Kubernetes real enseñaron y la maqueta hacía de otra manera.

const template = (value = '1') => ({
  metadata: { labels: { app: 'web' } },
  spec: { terminationGracePeriodSeconds: 6, containers: [{ name: 'app', image: 'nginx:1.30', env: [{ name: 'VERSION', value }] }] },
});
const selector = { matchLabels: { app: 'web' } };

it('un DaemonSet cuenta cuántas veces ha cambiado su plantilla, y sus Pods lo llevan en una etiqueta', () => {
  const bench = controllerBench();
  const annotation = 'deprecated.daemonset.template.generation';
  const generation = () => bench.get<DaemonSet>('apps/daemonsets', 'web')?.metadata.annotations?.[annotation];
  bench.create<DaemonSet>({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'web' }, spec: { selector, template: template() } });
  bench.clock.advance(2000);
  expect(generation()).toBe('1');
  expect(bench.pods('web')[0]?.metadata.labels?.['pod-template-generation']).toBe('1');
  bench.edit<DaemonSet>('apps/daemonsets', 'web', (set) => ({ ...set, spec: { ...set.spec, selector, minReadySeconds: 1, template: template() } }));
  expect(generation()).toBe('1');
  bench.edit<DaemonSet>('apps/daemonsets', 'web', (set) => ({
    ...set,
    metadata: { ...set.metadata, annotations: {} },
    spec: { ...set.spec, selector, template: template('2') },
  }));
  expect(generation()).toBe('2');
});

it('escribir un cero donde no había nada no cambia la generación', () => {
  const bench = controllerBench();
  bench.create<Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 0, selector, template: template() } });
  const edit = (spec: Partial<Deployment['spec']>) =>
    bench.edit<Deployment>('apps/deployments', 'web', (one) => ({ ...one, spec: { ...one.spec, ...spec } as NonNullable<Deployment['spec']> })).metadata
      .generation;
  expect(edit({ paused: false, minReadySeconds: 0 })).toBe(1);
  expect(edit({ paused: true })).toBe(2);
});

it('volver a una plantilla anterior solo cambia la escala de su ReplicaSet', () => {
  const bench = controllerBench();
  bench.create<Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 1, selector, template: template() } });
  bench.clock.advance(20_000);
  const [first] = [...bench.store.collection<ReplicaSet>('apps/replicasets').list('default')];
  const roll = (value: string) => {
    bench.edit<Deployment>('apps/deployments', 'web', (one) => ({ ...one, spec: { ...one.spec, selector, template: template(value) } }));
    bench.clock.advance(60_000);
    return bench.get<ReplicaSet>('apps/replicasets', first?.metadata.name ?? '')?.metadata.generation ?? 0;
  };
  const before = roll('2');
  expect(roll('1') - before).toBe(1);
});

it('al reanudar, quien crea el ReplicaSet no llega a anotar que lo creó', () => {
  const bench = controllerBench();
  bench.create<Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 1, selector, template: template() } });
  bench.clock.advance(20_000);
  const reasons: string[] = [];
  bench.store.collection<Deployment>('apps/deployments').onChange(({ object }) => {
    const reason = object.status?.conditions?.find(({ type }) => type === 'Progressing')?.reason ?? '';
    if (reason !== reasons.at(-1)) reasons.push(reason);
  });
  const edit = (change: object) => {
    bench.edit<Deployment>('apps/deployments', 'web', (one) => ({ ...one, spec: { ...one.spec, ...change } as NonNullable<Deployment['spec']> }));
    bench.clock.advance(20_000);
  };
  edit({ paused: true });
  edit({ template: template('2') });
  edit({ paused: false });
  expect(reasons).toEqual(['NewReplicaSetAvailable', 'DeploymentPaused', 'DeploymentResumed', 'ReplicaSetUpdated', 'NewReplicaSetAvailable']);
});

it('un espacio se vacía a los 5 s, primero sus Pods, y dice sus cinco condiciones', () => {
  const bench = controllerBench();
  bench.registry.create<Namespace>('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tienda' } });
  bench.clock.advance(1000);
  bench.create<Pod>({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'tienda' }, spec: template().spec });
  bench.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ajustes', namespace: 'tienda' } });
  bench.clock.advance(10_000);
  const gone: string[] = [];
  bench.store.onAnyChange((_key, { type, object }) => {
    if (type === 'DELETED' && ['web', 'ajustes', 'tienda'].includes(object.metadata.name ?? '')) gone.push(object.metadata.name ?? '');
  });
  bench.delete('namespaces', 'tienda');
  const space = () => bench.store.collection<Namespace>('namespaces').get('', 'tienda');
  expect(space()?.metadata).not.toHaveProperty('deletionGracePeriodSeconds');
  bench.clock.advance(4900);
  expect(bench.store.collection('pods').get('tienda', 'web')?.metadata.deletionTimestamp).toBeUndefined();
  bench.clock.advance(300);
  expect(space()?.status?.conditions?.map(({ type, status, reason }) => `${type} ${status} ${reason}`)).toEqual([
    'NamespaceDeletionDiscoveryFailure False ResourcesDiscovered',
    'NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions',
    'NamespaceDeletionContentFailure False ContentDeleted',
    'NamespaceContentRemaining False ContentRemoved',
    'NamespaceFinalizersRemaining False ContentHasNoFinalizers',
  ]);
  bench.clock.advance(60_000);
  expect(gone).toEqual(['web', 'ajustes', 'tienda']);
});

it('un Pod borrado acaba antes de desaparecer, y Recreate no espera a que desaparezca', () => {
  const bench = controllerBench();
  bench.create<Deployment>({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 1, selector, strategy: { type: 'Recreate' }, template: template() },
  });
  bench.clock.advance(20_000);
  const story: string[] = [];
  bench.store.collection<Pod>('pods').onChange(({ type, object }) => {
    if (type === 'MODIFIED' && object.status?.phase === 'Succeeded' && !story.includes('acaba')) story.push('acaba');
    if (type !== 'MODIFIED') story.push(type === 'ADDED' ? 'nace' : 'desaparece');
  });
  bench.edit<Deployment>('apps/deployments', 'web', (one) => ({ ...one, spec: { ...one.spec, selector, template: template('2') } }));
  bench.clock.advance(20_000);
  expect(story).toEqual(['acaba', 'nace', 'desaparece']);
});

it('quien espera en primer plano a los suyos no mira a los que nacen después hasta que alguno se va', () => {
  const bench = controllerBench();
  const owner = bench.create<ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'padre' } });
  const child = (name: string, finalizers: string[]) =>
    bench.create<ConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name,
        finalizers,
        ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'padre', uid: owner.metadata.uid ?? '', controller: true, blockOwnerDeletion: true }],
      },
    });
  const left = () => ['padre', 'uno', 'otro'].filter((name) => bench.get('configmaps', name));
  child('uno', ['lab/espera']);
  bench.delete('configmaps', 'padre', { propagationPolicy: 'Foreground' });
  bench.clock.advance(1000);
  expect(bench.get('configmaps', 'uno')?.metadata.deletionTimestamp).toBeDefined();
  child('otro', []);
  bench.edit<ConfigMap>('configmaps', 'padre', (one) => ({ ...one, data: { cambio: 'si' } }));
  bench.clock.advance(10_000);
  expect(left()).toEqual(['padre', 'uno', 'otro']);
  bench.edit<ConfigMap>('configmaps', 'uno', (one) => ({ ...one, metadata: { ...one.metadata, finalizers: [] } }));
  bench.clock.advance(1000);
  expect(left()).toEqual([]);
});

it('quien tiene otro dueño que se queda no se borra: pierde al que espera en primer plano', () => {
  const bench = controllerBench();
  const owners = ['va', 'queda'].map((name) => bench.create<ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
  const ownerReferences = owners.map(({ metadata: { name = '', uid = '' } }) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, uid, blockOwnerDeletion: true }));
  bench.create<ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'suyo', ownerReferences } });
  bench.delete('configmaps', 'va', { propagationPolicy: 'Foreground' });
  bench.clock.advance(1000);
  expect(bench.get('configmaps', 'va')).toBeUndefined();
  expect(bench.get('configmaps', 'suyo')?.metadata.ownerReferences?.map(({ name }) => name)).toEqual(['queda']);
});

/** Un StatefulSet en Parallel cuya plantilla nueva no cabe en ningún nodo: sus Pods nuevos se atascan. */
function stuckRollout(replicas: number) {
  const bench = controllerBench();
  const at = (value: string, nodeSelector: Record<string, string>): StatefulSet['spec'] => {
    const { metadata, spec } = template(value);
    return { replicas, serviceName: 'web', podManagementPolicy: 'Parallel', selector, template: { metadata, spec: { ...spec, nodeSelector } } };
  };
  bench.create<StatefulSet>({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec: at('1', {}) });
  bench.clock.advance(20_000);
  const counts = bench.follow<StatefulSet, number>('apps/statefulsets', (_type, { status }) => status?.currentReplicas ?? 0);
  return (value: string) => {
    bench.edit<StatefulSet>('apps/statefulsets', 'web', (one) => ({ ...one, spec: at(value, { nadie: 'si' }) }));
    bench.clock.advance(20_000);
    return { counts: counts.splice(0), status: bench.get<StatefulSet>('apps/statefulsets', 'web')?.status };
  };
}

it('al sustituir por viejo a un Pod que no era de la revisión actual, el StatefulSet lo descuenta de las actuales', () => {
  const roll = stuckRollout(2);
  expect(roll('2').counts).toEqual([2, 1]);
  expect(roll('3').counts).toEqual([1, 0, 1]);
});

it('si la cuenta de las actuales diera menos que nada, esa vuelta no se escribe y la siguiente sí', () => {
  const roll = stuckRollout(1);
  expect(roll('2').counts).toEqual([1, 0]);
  const { counts, status } = roll('3');
  expect(counts).toEqual([0]);
  expect(status).toMatchObject({ observedGeneration: 3, replicas: 1, updatedReplicas: 1 });
});
