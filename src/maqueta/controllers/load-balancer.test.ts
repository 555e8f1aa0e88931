import { describe, expect, it } from 'vitest';
import type { Service } from '../schema/types.generated.ts';
import { controllerBench, service } from './test-controllers.ts';

function balanced() {
  const bench = controllerBench();
  const addresses = (name: string) => bench.get<Service>('services', name)?.status?.loadBalancer?.ingress;
  const change = (name: string, spec: Partial<NonNullable<Service['spec']>>) =>
    bench.edit<Service>('services', name, (found) => ({ ...found, spec: { ...found.spec, ...spec } }));
  return { ...bench, addresses, change };
}

describe('quien da dirección a los Services de tipo LoadBalancer', () => {
  it('le da una que no tiene nadie, y el Service conserva su IP virtual y su puerto de nodo', () => {
    const bench = balanced();
    bench.create(service('web', { type: 'LoadBalancer' }));
    bench.create(service('otro', { type: 'LoadBalancer' }));
    expect(bench.addresses('web')).toBeUndefined();
    bench.clock.advance(1000);
    expect(bench.addresses('web')).toEqual([{ ip: '192.168.48.240', ipMode: 'VIP' }]);
    expect(bench.addresses('otro')).toEqual([{ ip: '192.168.48.241', ipMode: 'VIP' }]);
    const { spec } = bench.get<Service>('services', 'web') as Service;
    expect(spec?.clusterIP).toMatch(/^10\.96\./);
    expect(spec?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
  });

  it('a los que piden otra clase, y a los que no son LoadBalancer, no los toca', () => {
    const bench = balanced();
    bench.create(service('ajeno', { type: 'LoadBalancer', loadBalancerClass: 'ejemplo.es/nadie' }));
    bench.create(service('puerto', { type: 'NodePort' }));
    bench.clock.advance(60_000);
    expect(bench.addresses('ajeno')).toBeUndefined();
    expect(bench.addresses('puerto')).toBeUndefined();
    const found = bench.get<Service>('services', 'puerto') as Service;
    bench.registry.updateStatus<Service>('services', { ...found, status: { loadBalancer: { ingress: [{ ip: '203.0.113.1' }] } } });
    bench.clock.advance(60_000);
    expect(bench.addresses('puerto')).toEqual([{ ip: '203.0.113.1' }]);
  });

  it('al dejar de ser LoadBalancer suelta la suya, y la recibe quien esperaba', () => {
    const bench = balanced();
    for (let index = 0; index < 16; index++) {
      bench.create(service(`s${index}`, { type: 'LoadBalancer' }));
      bench.clock.advance(1000);
    }
    expect(bench.addresses('s15')).toBeUndefined();
    bench.change('s3', {
      type: 'ClusterIP',
      ports: [{ port: 80 }],
      externalTrafficPolicy: undefined as never,
      allocateLoadBalancerNodePorts: undefined as never,
    });
    bench.clock.advance(1000);
    expect(bench.addresses('s3')).toBeUndefined();
    expect(bench.addresses('s15')).toEqual([{ ip: '192.168.48.243', ipMode: 'VIP' }]);
    bench.delete('services', 's7');
    bench.create(service('s16', { type: 'LoadBalancer' }));
    bench.clock.advance(1000);
    expect(bench.addresses('s16')).toEqual([{ ip: '192.168.48.247', ipMode: 'VIP' }]);
  });

  it('la clase solo la lleva un LoadBalancer, y no se cambia', () => {
    const bench = balanced();
    expect(() => bench.create(service('web', { loadBalancerClass: 'ejemplo.es/nadie' }))).toThrow(
      'Service "web" is invalid: spec.loadBalancerClass: Forbidden: may only be used when `type` is \'LoadBalancer\'',
    );
    bench.create(service('web', { type: 'LoadBalancer', loadBalancerClass: 'ejemplo.es/nadie' }));
    expect(() => bench.change('web', { loadBalancerClass: 'ejemplo.es/otra' })).toThrow(
      'Service "web" is invalid: spec.loadBalancerClass: Invalid value: "ejemplo.es/otra": may not change once set',
    );
  });
});
