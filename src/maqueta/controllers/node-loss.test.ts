import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Lease, Node, Pod } from '../schema/types.generated.ts';
import { controllerBench, service, workload } from './test-controllers.ts';

const minute = 60_000;
const nodo1 = 'maqueta-nodo1';

/** Tres trabajos y un Service, ya listos, y el nodo en que cayó web-0. */
function running(options: Parameters<typeof controllerBench>[0] = {}) {
  const bench = controllerBench(options);
  bench.create(service('web', { clusterIP: 'None' }));
  bench.create(service('sueltos'));
  bench.create(workload('StatefulSet', 'web', { serviceName: 'web', replicas: 1 }));
  bench.create(workload('DaemonSet', 'agente'));
  bench.create(workload('Deployment', 'sueltos', { replicas: 3 }));
  bench.clock.advance(minute);
  const lost = bench.pods('web')[0]?.spec?.nodeName ?? '';
  const ready = (name: string) => bench.node(name).status?.conditions?.find(({ type }) => type === 'Ready');
  const addresses = (name: string) =>
    [...bench.store.collection<EndpointSlice>('discovery.k8s.io/endpointslices').list('default')]
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
      .flatMap(({ endpoints }) => endpoints ?? []);
  return { ...bench, lost, ready, addresses };
}

const here = (pods: readonly Pod[], node: string) => pods.filter(({ spec }) => spec?.nodeName === node);

describe('un nodo que se apaga', () => {
  it('pasa a Unknown entre 40 y 55 s después, con su motivo y su mensaje, y lo cuenta una vez', () => {
    const bench = running();
    bench.machines.powerOff(bench.lost);
    const took = bench.until(() => bench.ready(bench.lost)?.status !== 'True', minute);
    expect(took).toBeGreaterThanOrEqual(40_000);
    expect(took).toBeLessThanOrEqual(55_000);
    expect(bench.node(bench.lost).status?.conditions?.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`)).toEqual(
      ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => `${type} Unknown NodeStatusUnknown: Kubelet stopped posting node status.`),
    );
    bench.clock.advance(minute);
    expect(bench.events(bench.lost, 'NodeNotReady')).toEqual([`Normal NodeNotReady: Node ${bench.lost} status is now: NodeNotReady`]);
  });

  it('la gracia se elige al crear la maqueta', () => {
    const bench = running({ nodeMonitorGracePeriod: 20_000 });
    bench.machines.powerOff(bench.lost);
    const took = bench.until(() => bench.ready(bench.lost)?.status !== 'True', minute);
    expect(took).toBeGreaterThanOrEqual(10_000);
    expect(took).toBeLessThanOrEqual(25_000);
  });

  it('un corte más corto que la gracia no lo nota nadie', () => {
    const bench = running();
    const told = bench.follow<Node, string>('nodes', (_type, node) => node.metadata.name);
    bench.machines.disconnect(bench.lost);
    bench.clock.advance(30_000);
    bench.machines.reconnect(bench.lost);
    bench.clock.advance(10 * minute);
    expect(bench.ready(bench.lost)?.status).toBe('True');
    expect(bench.events(bench.lost, 'NodeNotReady')).toEqual([]);
    // El kubelet escribe su estado al volver, y nada más.
    expect(told).toEqual([bench.lost]);
  });

  it('lleva los dos taints de inalcanzable, y sus Pods dejan de estar listos y salen de los endpoints', () => {
    const bench = running();
    const before = here(bench.pods(), bench.lost);
    const address = here(bench.pods('sueltos'), bench.lost)[0]?.status?.podIP ?? '';
    expect(bench.addresses('sueltos').every(({ conditions }) => conditions?.ready)).toBe(true);
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(minute);
    expect(bench.taints(bench.lost)).toEqual(['unreachable:NoExecute', 'unreachable:NoSchedule']);
    const after = here(bench.pods(), bench.lost);
    expect(after.map(bench.show)).toEqual(before.map((pod) => bench.show(pod).replace(' listo ', ' no-listo ')));
    for (const { metadata } of after) expect(bench.events(metadata.name ?? '', 'NodeNotReady')).toEqual(['Warning NodeNotReady: Node is not ready']);
    const endpoint = bench.addresses('sueltos').find(({ addresses }) => addresses.includes(address));
    expect(endpoint?.conditions).toEqual({ ready: false, serving: false, terminating: false });
    expect(bench.addresses('sueltos').filter(({ conditions }) => conditions?.ready)).toHaveLength(2);
  });

  it('a los 300 s desaloja: el Deployment repone, el StatefulSet espera y el DaemonSet no se entera', () => {
    const bench = running();
    const uid = bench.pods('web')[0]?.metadata.uid;
    bench.machines.powerOff(bench.lost);
    const took = bench.until(() => bench.pods('web')[0]?.metadata.deletionTimestamp !== undefined, 10 * minute);
    expect(took).toBeGreaterThanOrEqual(340_000);
    expect(took).toBeLessThanOrEqual(356_000);
    expect(bench.events('web-0', 'TaintManagerEviction')).toEqual(['Normal TaintManagerEviction: Marking for deletion Pod default/web-0']);
    expect(bench.pods('web')[0]?.status?.conditions?.find(({ type }) => type === 'DisruptionTarget')).toMatchObject({
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    });
    // Media hora después nadie ha confirmado que el Pod viejo esté muerto.
    bench.clock.advance(30 * minute);
    expect(bench.pods('web').map(({ metadata }) => metadata.uid)).toEqual([uid]);
    const loose = bench.pods('sueltos');
    expect(loose.filter(({ metadata }) => !metadata.deletionTimestamp).every(({ spec }) => spec?.nodeName !== bench.lost)).toBe(true);
    expect(loose.filter(({ metadata }) => !metadata.deletionTimestamp)).toHaveLength(3);
    expect(loose.filter(({ metadata }) => metadata.deletionTimestamp)).toHaveLength(1);
    const agent = here(bench.pods('agente'), bench.lost);
    expect(agent.map(bench.show)).toEqual([`${agent[0]?.metadata.name} Running no-listo ${bench.lost.replace('maqueta-', '')}`]);
  });

  it('un Pod con tolerationSeconds más cortos se va antes, y uno que no tolera el taint, al momento', () => {
    const bench = controllerBench();
    const patience = [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 15 }] as const;
    bench.create(workload('Deployment', 'prisa', { replicas: 1 }, { nodeName: nodo1, tolerations: [...patience] }));
    bench.clock.advance(minute);
    bench.machines.powerOff(nodo1);
    const lost = bench.until(() => bench.taints(nodo1).includes('unreachable:NoExecute'), minute);
    expect(lost).toBeGreaterThan(40_000);
    expect(bench.until(() => bench.pods('prisa')[0]?.metadata.deletionTimestamp !== undefined, minute)).toBe(15_000);
    bench.create(workload('Deployment', 'otro', { replicas: 1 }, { nodeName: 'maqueta-nodo2' }));
    bench.clock.advance(minute);
    const gone = bench.pods('otro')[0]?.metadata.name ?? '';
    bench.edit<Node>('nodes', 'maqueta-nodo2', (node) => ({ ...node, spec: { ...node.spec, taints: [{ key: 'obras', effect: 'NoExecute' }] } }));
    bench.clock.advance(50);
    expect(bench.events(gone, 'TaintManagerEviction')).toEqual([`Normal TaintManagerEviction: Marking for deletion Pod default/${gone}`]);
  });
});

describe('out-of-service', () => {
  it('borra a la fuerza los Pods del nodo, también el del DaemonSet, y el StatefulSet renace en otro', () => {
    const bench = running();
    const uid = bench.pods('web')[0]?.metadata.uid;
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(minute);
    const agents = bench.pods('agente').length;
    bench.edit<Node>('nodes', bench.lost, (node) => ({
      ...node,
      spec: { ...node.spec, taints: [...(node.spec?.taints ?? []), { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] },
    }));
    const took = bench.until(() => here(bench.pods(), bench.lost).length === 0, minute);
    // El recolector de Pods barre cada 20 s.
    expect(took).toBeLessThanOrEqual(20_000);
    expect(bench.pods('agente')).toHaveLength(agents - 1);
    bench.clock.advance(10_000);
    expect(bench.pods('web').map(bench.show)).toEqual([expect.stringMatching(/^web-0 Running listo /)]);
    expect(bench.pods('web')[0]?.metadata.uid).not.toBe(uid);
    expect(bench.pods('web')[0]?.spec?.nodeName).not.toBe(bench.lost);
  });

  it('en un nodo que sigue vivo no fuerza nada', () => {
    const bench = running();
    const told = bench.follow<Pod, string>('pods', (type, pod) =>
      type === 'MODIFIED' && pod.metadata.name === 'web-0' && pod.metadata.deletionTimestamp ? String(pod.metadata.deletionGracePeriodSeconds) : undefined,
    );
    bench.edit<Node>('nodes', bench.lost, (node) => ({
      ...node,
      spec: { ...node.spec, taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] },
    }));
    bench.clock.advance(minute);
    expect(told[0]).toBe('1');
    expect(bench.store.collection<Pod>('pods').get('default', 'web-0')?.status?.phase).toBe('Running');
  });
});

describe('un nodo que vuelve', () => {
  it('antes del desalojo, sus Pods siguen siendo los mismos y vuelven a estar listos', () => {
    const bench = running();
    const before = here(bench.pods(), bench.lost).map(({ metadata }) => metadata.uid);
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(2 * minute);
    bench.machines.powerOn(bench.lost);
    bench.clock.advance(30_000);
    expect(bench.taints(bench.lost)).toEqual([]);
    const after = here(bench.pods(), bench.lost);
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(before);
    expect(after.every((pod) => bench.show(pod).includes('Running listo'))).toBe(true);
    expect(after[0]?.status?.containerStatuses?.[0]?.restartCount).toBe(1);
    expect(bench.events('web-0', 'TaintManagerEviction')).toEqual(['Normal TaintManagerEviction: Cancelling deletion of Pod default/web-0']);
  });

  it('después, su kubelet mata lo que el API ya había borrado, y el StatefulSet repone', () => {
    const bench = running();
    const uid = bench.pods('web')[0]?.metadata.uid;
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(10 * minute);
    expect(bench.pods('web').map(bench.show)).toEqual([`web-0 Terminating no-listo ${bench.lost.replace('maqueta-', '')}`]);
    bench.machines.powerOn(bench.lost);
    bench.clock.advance(30_000);
    const [web] = bench.pods('web');
    expect(web && bench.show(web)).toMatch(/^web-0 Running listo /);
    expect(web?.metadata.uid).not.toBe(uid);
    expect(bench.pods('sueltos')).toHaveLength(3);
    expect(bench.pods('agente').every((pod) => bench.show(pod).includes('Running listo'))).toBe(true);
  });

  it('el kubelet cuenta que ha arrancado, que la máquina es otra vez nueva y que está listo', () => {
    const bench = running();
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(2 * minute);
    const boot = bench.node(bench.lost).status?.nodeInfo?.bootID;
    bench.machines.powerOn(bench.lost);
    bench.clock.advance(10_000);
    const now = bench.node(bench.lost).status?.nodeInfo?.bootID;
    expect(now).not.toBe(boot);
    const status = (reason: string) => `Normal ${reason}: Node ${bench.lost} status is now: ${reason}`;
    expect(bench.events(bench.lost)).toEqual([
      status('NodeNotReady'),
      'Normal Starting: Starting kubelet.',
      'Normal NodeAllocatableEnforced: Updated Node Allocatable limit across pods',
      `Warning Rebooted: Node ${bench.lost} has been rebooted, boot id: ${now}`,
      ...['NodeHasSufficientMemory', 'NodeHasNoDiskPressure', 'NodeHasSufficientPID', 'NodeReady'].map(status),
    ]);
  });

  it('sin cable, el Pod viejo sigue vivo en su nodo aunque nadie lo vea: por eso el StatefulSet no repone', () => {
    const bench = running();
    const [web] = bench.pods('web');
    const address = web?.status?.podIP ?? '';
    bench.machines.disconnect(bench.lost);
    bench.clock.advance(10 * minute);
    expect(bench.world.network.isListening(address, 80)).toBe(true);
    expect(bench.pods('web').map(({ metadata }) => metadata.uid)).toEqual([web?.metadata.uid]);
    bench.machines.reconnect(bench.lost);
    bench.clock.advance(30_000);
    expect(bench.world.network.isListening(address, 80)).toBe(false);
    expect(bench.pods('web')[0]?.metadata.uid).not.toBe(web?.metadata.uid);
  });

  it('borrado a la fuerza mientras estaba sin cable, el Pod nuevo y el viejo corren a la vez', () => {
    const bench = running();
    const [web] = bench.pods('web');
    const address = web?.status?.podIP ?? '';
    bench.machines.disconnect(bench.lost);
    bench.clock.advance(2 * minute);
    bench.delete('pods', 'web-0', { gracePeriodSeconds: 0 });
    bench.clock.advance(minute);
    expect(bench.pods('web').map(bench.show)).toEqual([expect.stringMatching(/^web-0 Running listo /)]);
    expect(bench.world.network.isListening(address, 80)).toBe(true);
    bench.machines.reconnect(bench.lost);
    bench.clock.advance(10_000);
    expect(bench.world.network.isListening(address, 80)).toBe(false);
    expect(bench.pods('web').map(bench.show)).toEqual([expect.stringMatching(/^web-0 Running listo /)]);
  });
});

describe('cuando cae casi todo', () => {
  it('con todos los nodos perdidos no se desaloja a nadie', () => {
    const bench = running();
    for (const name of bench.machines.names) bench.machines.powerOff(name);
    bench.clock.advance(20 * minute);
    for (const name of bench.machines.names) expect(bench.taints(name)).not.toContain('unreachable:NoExecute');
    expect(bench.pods().filter(({ metadata }) => metadata.deletionTimestamp)).toEqual([]);
  });

  it('dos nodos a la vez se marcan con diez segundos de diferencia', () => {
    const bench = running();
    const told: number[] = [];
    bench.world.store.collection<Node>('nodes').onChange(({ object, before }) => {
      const marked = (node: Node | undefined) => node?.spec?.taints?.some(({ effect }) => effect === 'NoExecute') ?? false;
      if (marked(object) && !marked(before)) told.push(bench.clock.now());
    });
    bench.machines.powerOff('maqueta-nodo1');
    bench.machines.powerOff('maqueta-nodo2');
    bench.clock.advance(2 * minute);
    expect(told).toHaveLength(2);
    expect((told[1] ?? 0) - (told[0] ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  it('borrado el objeto Node, a los 40 s sus Pods se van con él', () => {
    const bench = running();
    bench.machines.powerOff(bench.lost);
    bench.clock.advance(2 * minute);
    bench.delete('nodes', bench.lost);
    const took = bench.until(() => here(bench.pods(), bench.lost).length === 0, 3 * minute);
    expect(took).toBeGreaterThanOrEqual(40_000);
    expect(took).toBeLessThanOrEqual(61_000);
    expect(bench.get('coordination.k8s.io/leases', bench.lost)).toBeUndefined();
  });
});

describe('los latidos', () => {
  const renewed = (bench: ReturnType<typeof controllerBench>, name: string) =>
    Date.parse(bench.store.collection<Lease>('coordination.k8s.io/leases').get('kube-node-lease', name)?.spec?.renewTime ?? '');

  it('quien lee un Lease lo ve renovado hace menos de diez segundos y medio, y el de un nodo apagado no', async () => {
    const bench = controllerBench();
    bench.clock.advance(60 * minute);
    const off = bench.clock.now();
    bench.machines.powerOff(nodo1);
    bench.clock.advance(60 * minute);
    const response = await bench.maqueta.fetch(new Request('http://m/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'));
    const { items } = (await response.json()) as { items: Lease[] };
    expect(items.map(({ metadata }) => metadata.name)).toEqual(['maqueta-control', 'maqueta-nodo1', 'maqueta-nodo2', 'maqueta-nodo3']);
    expect(bench.clock.now() - renewed(bench, 'maqueta-nodo2')).toBeLessThan(10_400);
    expect(renewed(bench, nodo1)).toBeLessThanOrEqual(off);
    expect(off - renewed(bench, nodo1)).toBeLessThan(10_400);
  });

  it('mientras alguien los mira con un watch ocurren uno a uno; si no mira nadie, ninguno', async () => {
    const bench = controllerBench();
    const told = bench.follow<Lease, string>('coordination.k8s.io/leases', (_type, lease) => `${lease.metadata.name} ${lease.spec?.renewTime}`);
    bench.clock.advance(60 * minute);
    expect(told).toEqual([]);
    const gone = new AbortController();
    await bench.maqueta.fetch(new Request('http://m/apis/coordination.k8s.io/v1/leases?watch=true', { signal: gone.signal }));
    bench.clock.advance(minute);
    const seen = told.length;
    // De cada uno, el que se lee al empezar y cinco o seis más en un minuto.
    expect(seen).toBeGreaterThanOrEqual(4 * 6);
    expect(seen).toBeLessThanOrEqual(4 * 7);
    gone.abort();
    bench.clock.advance(minute);
    expect(told).toHaveLength(seen);
  });
});
