import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Pod } from '../schema/types.generated.ts';
import { controllerBench, service, workload } from './test-controllers.ts';

const minute = 60_000;

function sliced() {
  const bench = controllerBench();
  const slices = (name = 'web') =>
    [...bench.store.collection<EndpointSlice>('discovery.k8s.io/endpointslices').list('default')].filter(
      ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name,
    );
  const endpoints = (name = 'web') => slices(name).flatMap((slice) => slice.endpoints ?? []);
  const conditions = (pod: Pod | undefined) => endpoints().find(({ targetRef }) => targetRef?.uid === pod?.metadata.uid)?.conditions;
  return { ...bench, slices, endpoints, conditions };
}

const probed = { containers: [{ name: 'app', image: 'nginx:1.30', readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1 } }] };

describe('los EndpointSlice de un Service', () => {
  it('llevan una dirección por Pod, con su nodo, y el dueño y las etiquetas del Service', () => {
    const bench = sliced();
    bench.create(service('web'));
    bench.create(workload('Deployment', 'web', { replicas: 2 }));
    bench.clock.advance(minute);
    const [slice] = bench.slices();
    expect(slice?.metadata.labels).toEqual({
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
      'kubernetes.io/service-name': 'web',
    });
    expect(slice?.metadata.ownerReferences?.[0]).toMatchObject({ kind: 'Service', name: 'web', controller: true, blockOwnerDeletion: true });
    expect(slice?.ports).toEqual([{ name: '', protocol: 'TCP', port: 80 }]);
    expect(bench.endpoints().map(({ addresses, nodeName }) => [addresses[0], nodeName])).toEqual(
      expect.arrayContaining(bench.pods('web').map(({ status, spec }) => [status?.podIP, spec?.nodeName])),
    );
    expect(bench.endpoints().map(({ conditions }) => conditions)).toEqual([1, 2].map(() => ({ ready: true, serving: true, terminating: false })));
  });

  it('un Pod que no está listo no recibe nada, salvo con publishNotReadyAddresses', () => {
    const bench = sliced();
    bench.create(service('web'));
    bench.create(service('todos', { clusterIP: 'None', selector: { app: 'web' }, publishNotReadyAddresses: true }));
    bench.create(
      workload('Deployment', 'web', { replicas: 1 }, { containers: [{ ...probed.containers[0], readinessProbe: { tcpSocket: { port: 81 } } }] as never }),
    );
    bench.clock.advance(minute);
    expect(bench.endpoints().map(({ conditions }) => conditions)).toEqual([{ ready: false, serving: false, terminating: false }]);
    expect(bench.endpoints('todos').map(({ conditions }) => conditions)).toEqual([{ ready: true, serving: false, terminating: false }]);
  });

  it('el que se va deja de estar listo al momento y sigue sirviendo mientras su sonda diga que sí', () => {
    const bench = sliced();
    bench.create(service('web'));
    const preStop = { lifecycle: { preStop: { sleep: { seconds: 10 } } } };
    bench.create(
      workload('Deployment', 'web', { replicas: 1 }, { terminationGracePeriodSeconds: 30, containers: [{ ...probed.containers[0], ...preStop }] as never }),
    );
    bench.clock.advance(minute);
    const [pod] = bench.pods('web');
    bench.delete('pods', pod?.metadata.name ?? '');
    bench.clock.advance(200);
    expect(bench.conditions(pod)).toEqual({ ready: false, serving: true, terminating: true });
    bench.clock.advance(9000);
    expect(bench.conditions(pod)).toEqual({ ready: false, serving: true, terminating: true });
    bench.clock.advance(5000);
    expect(bench.conditions(pod)).toBeUndefined();
  });

  it('sin selector no los toca nadie: los escribe quien creó el Service', () => {
    const bench = sliced();
    bench.create({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'fuera' }, spec: { ports: [{ port: 5432 }] } });
    const given = bench.create<EndpointSlice>({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'fuera-1', labels: { 'kubernetes.io/service-name': 'fuera' } },
      addressType: 'IPv4',
      ports: [{ name: '', port: 5432, protocol: 'TCP' }],
      endpoints: [{ addresses: ['10.0.0.9'] }],
    });
    bench.clock.advance(minute);
    expect(bench.slices('fuera')).toEqual([given]);
  });

  it('se van con su Service', () => {
    const bench = sliced();
    bench.create(service('web'));
    bench.clock.advance(1000);
    expect(bench.slices()).toHaveLength(1);
    bench.delete('services', 'web');
    bench.clock.advance(1000);
    expect(bench.slices()).toEqual([]);
  });
});
