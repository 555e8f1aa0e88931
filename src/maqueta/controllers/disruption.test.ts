import { describe, expect, it } from 'vitest';
import type { Node, PodDisruptionBudget } from '../schema/types.generated.ts';
import { controllerBench, workload } from './test-controllers.ts';

const minute = 60_000;
const readiness = { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 } };

function guarded(spec: object, replicas = 3, kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' = 'Deployment') {
  const bench = controllerBench();
  bench.create(workload(kind, 'web', kind === 'DaemonSet' ? {} : { replicas }));
  bench.create({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  });
  bench.clock.advance(minute);
  const budget = () => bench.get<PodDisruptionBudget>('policy/poddisruptionbudgets', 'web');
  const evict = async (pod: string, body: object = {}, query = '') => {
    const response = await bench.maqueta.fetch(
      new Request(`http://m/api/v1/namespaces/default/pods/${pod}/eviction${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod }, ...body }),
      }),
    );
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
  };
  const names = () => bench.pods('web').map(({ metadata }) => metadata.name ?? '');
  const numbers = () => {
    const { disruptionsAllowed, currentHealthy, desiredHealthy, expectedPods } = budget()?.status ?? {};
    return `se pueden ir ${disruptionsAllowed}: ${currentHealthy} sanos, ${desiredHealthy} necesarios, ${expectedPods} esperados`;
  };
  return { ...bench, budget, evict, names, numbers };
}

describe('el recuento de un PodDisruptionBudget', () => {
  it.each([
    [{ minAvailable: 2 }, 3, 'se pueden ir 1: 3 sanos, 2 necesarios, 3 esperados'],
    [{ minAvailable: '50%' }, 3, 'se pueden ir 1: 3 sanos, 2 necesarios, 3 esperados'],
    [{ maxUnavailable: 1 }, 3, 'se pueden ir 1: 3 sanos, 2 necesarios, 3 esperados'],
    [{ maxUnavailable: '34%' }, 3, 'se pueden ir 2: 3 sanos, 1 necesarios, 3 esperados'],
    [{ maxUnavailable: '100%' }, 2, 'se pueden ir 2: 2 sanos, 0 necesarios, 2 esperados'],
    [{ minAvailable: 3 }, 3, 'se pueden ir 0: 3 sanos, 3 necesarios, 3 esperados'],
    [{ minAvailable: 5 }, 3, 'se pueden ir 0: 3 sanos, 5 necesarios, 3 esperados'],
  ])('con %j y %i réplicas', (spec, replicas, told) => {
    expect(guarded(spec, replicas).numbers()).toBe(told);
  });

  it('dice con una condición si se puede desalojar', () => {
    const { budget } = guarded({ minAvailable: 2 });
    expect(budget()?.status).toMatchObject({
      observedGeneration: 1,
      conditions: [{ type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods', message: '', observedGeneration: 1 }],
    });
    const tight = guarded({ minAvailable: 3 });
    expect(tight.budget()?.status?.conditions?.[0]).toMatchObject({ status: 'False', reason: 'InsufficientPods' });
  });

  it('baja al morir un Pod y vuelve cuando su sustituto está listo', () => {
    const bench = guarded({ minAvailable: 2 });
    bench.delete('pods', bench.names()[0] ?? '');
    bench.clock.advance(100);
    expect(bench.numbers()).toMatch(/^se pueden ir 0: 2 sanos, 2 necesarios/);
    bench.clock.advance(minute);
    expect(bench.numbers()).toBe('se pueden ir 1: 3 sanos, 2 necesarios, 3 esperados');
  });

  it('sin Pods lo dice; con los de un DaemonSet y maxUnavailable no sabe contar y no deja desalojar', () => {
    const none = guarded({ minAvailable: 1 }, 0);
    expect(none.numbers()).toBe('se pueden ir 0: 0 sanos, 1 necesarios, 0 esperados');
    expect(none.events('web', 'NoPods')).toEqual(['Normal NoPods: No matching pods found']);
    const daemons = guarded({ maxUnavailable: 1 }, 0, 'DaemonSet');
    expect(daemons.events('web', 'CalculateExpectedPodCountFailed')).toEqual([
      'Warning CalculateExpectedPodCountFailed: Failed to calculate the number of expected pods: daemonsets.apps does not implement the scale subresource',
    ]);
    expect(daemons.budget()?.status?.conditions?.[0]).toMatchObject({
      reason: 'SyncFailed',
      message: 'daemonsets.apps does not implement the scale subresource',
    });
  });

  it.each([
    [{ minAvailable: 1, maxUnavailable: 1 }, /minAvailable and maxUnavailable cannot be both set$/],
    [{ minAvailable: '120%' }, /spec\.minAvailable: Invalid value: "120%": must not be greater than 100%$/],
    [{ maxUnavailable: -1 }, /spec\.maxUnavailable: Invalid value: -1: must be greater than or equal to 0$/],
    [
      { unhealthyPodEvictionPolicy: 'Nunca' },
      /spec\.unhealthyPodEvictionPolicy: Unsupported value: "Nunca": supported values: "AlwaysAllow", "IfHealthyBudget"$/,
    ],
  ])('%j no vale', (spec, message) => {
    expect(() => guarded(spec)).toThrow(message);
  });
});

describe('desalojar', () => {
  it('sin presupuesto, el Pod se va con su gracia y se anota por qué', async () => {
    const bench = controllerBench();
    bench.create(workload('Deployment', 'web', { replicas: 1 }, { terminationGracePeriodSeconds: 7 }));
    bench.clock.advance(minute);
    const name = bench.pods('web')[0]?.metadata.name ?? '';
    const response = await bench.maqueta.fetch(
      new Request(`http://m/api/v1/namespaces/default/pods/${name}/eviction`, {
        method: 'POST',
        body: JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } }),
      }),
    );
    expect([response.status, await response.json()]).toEqual([201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }]);
    const pod = bench.pods('web').find(({ metadata }) => metadata.name === name);
    expect(pod?.metadata.deletionGracePeriodSeconds).toBe(7);
    expect(pod?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
    });
  });

  it('gasta el presupuesto, y el siguiente recibe un 429 con su causa hasta que el sustituto está listo', async () => {
    const bench = guarded({ minAvailable: 2 });
    const [first = '', second = ''] = bench.names();
    expect((await bench.evict(first)).status).toBe(201);
    expect(bench.budget()?.status).toMatchObject({ disruptionsAllowed: 0, disruptedPods: { [first]: expect.stringMatching(/Z$/) } });
    // Antes de que el controlador vuelva a contar.
    expect(await bench.evict(second)).toEqual({
      status: 429,
      retryAfter: null,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        reason: 'TooManyRequests',
        details: { causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget web does not allow evicting pods currently' }] },
        code: 429,
      },
    });
    bench.clock.advance(100);
    expect((await bench.evict(second)).body.details.causes).toEqual([
      { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 2 currently' },
    ]);
    expect(bench.budget()?.status?.disruptedPods).toBeUndefined();
    bench.clock.advance(minute);
    expect((await bench.evict(second)).status).toBe(201);
  });

  it('un presupuesto recién creado aún no responde por nadie', async () => {
    const bench = guarded({ minAvailable: 1 });
    bench.edit<PodDisruptionBudget>('policy/poddisruptionbudgets', 'web', (budget) => ({ ...budget, spec: { ...budget.spec, minAvailable: 2 } }));
    expect(await bench.evict(bench.names()[0] ?? '')).toMatchObject({
      status: 429,
      retryAfter: '10',
      body: { details: { retryAfterSeconds: 10, causes: [{ message: 'The disruption budget web is still being processed by the server.' }] } },
    });
  });

  it('con dos presupuestos para el mismo Pod el servidor no sabe cuál vale', async () => {
    const bench = guarded({ minAvailable: 1 });
    bench.create({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'otro' }, spec: { minAvailable: 1, selector: {} } });
    bench.clock.advance(1000);
    expect(await bench.evict(bench.names()[0] ?? '')).toMatchObject({
      status: 500,
      body: { message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.', code: 500 },
    });
  });

  it('el nombre del cuerpo tiene que ser el de la ruta, y dryRun no desaloja a nadie', async () => {
    const bench = guarded({ minAvailable: 1 });
    const [first = ''] = bench.names();
    expect(await bench.evict(first, { metadata: { name: 'otro' } })).toMatchObject({
      status: 400,
      body: { message: 'name in URL does not match name in Eviction object' },
    });
    const before = bench.store.revision;
    expect((await bench.evict(first, {}, '?dryRun=All')).status).toBe(201);
    expect((await bench.evict(first, { deleteOptions: { dryRun: ['All'] } })).status).toBe(201);
    expect(bench.store.revision).toBe(before);
  });

  it.each([
    ['IfHealthyBudget', { minAvailable: 2 }, 429],
    ['AlwaysAllow', { minAvailable: 2, unhealthyPodEvictionPolicy: 'AlwaysAllow' }, 201],
  ])('un Pod que no está listo, con %s y sin nadie de sobra', async (_, spec, status) => {
    const bench = controllerBench();
    bench.create(workload('Deployment', 'web', { replicas: 2 }, { containers: [{ name: 'app', image: 'nginx:1.30', ...readiness }] }));
    // Uno apunta a un puerto donde no escucha nadie: nunca llega a estar listo.
    bench.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'enfermo', labels: { app: 'web' } },
      spec: { containers: [{ name: 'app', image: 'nginx:1.30', readinessProbe: { httpGet: { path: '/', port: 81 } } }] },
    });
    bench.create({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
    });
    bench.clock.advance(minute);
    bench.delete('pods', bench.pods('web').find(({ metadata }) => metadata.name !== 'enfermo')?.metadata.name ?? '');
    bench.clock.advance(50);
    const response = await bench.maqueta.fetch(
      new Request('http://m/api/v1/namespaces/default/pods/enfermo/eviction', { method: 'POST', body: JSON.stringify({ metadata: { name: 'enfermo' } }) }),
    );
    expect(response.status).toBe(status);
  });

  it('borrar un Pod o perder su nodo no pregunta al presupuesto', () => {
    const bench = guarded({ minAvailable: 3 });
    bench.delete('pods', bench.names()[0] ?? '');
    expect(bench.pods('web').filter(({ metadata }) => metadata.deletionTimestamp)).toHaveLength(1);
  });
});

describe('acordonar', () => {
  it('pone el taint que cierra el nodo y lo quita al levantarlo, y el kubelet lo cuenta', () => {
    const bench = controllerBench();
    const cordon = (unschedulable: boolean) => bench.edit<Node>('nodes', 'maqueta-nodo1', (node) => ({ ...node, spec: { ...node.spec, unschedulable } }));
    cordon(true);
    bench.clock.advance(100);
    expect(bench.taints('maqueta-nodo1')).toEqual(['unschedulable:NoSchedule']);
    bench.clock.advance(10_000);
    cordon(false);
    bench.clock.advance(100);
    expect(bench.taints('maqueta-nodo1')).toEqual([]);
    bench.clock.advance(10_000);
    expect(bench.events('maqueta-nodo1')).toEqual(
      ['NodeNotSchedulable', 'NodeSchedulable'].map((reason) => `Normal ${reason}: Node maqueta-nodo1 status is now: ${reason}`),
    );
  });
});
