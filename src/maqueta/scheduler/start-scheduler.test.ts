import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../schema/types.generated.ts';
import { createSchedulerBench, type NodeShape, type PodShape, type SchedulerBench } from './test-world.ts';

const settle = (bench: SchedulerBench) => bench.clock.advance(1000);
const requiredHost = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
const noNode = 'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
const noVictim = 'preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.';

interface Case {
  title: string;
  node: NodeShape;
  /** Pods que ya están en el nodo. */
  others?: Record<string, PodShape>;
  pod: PodShape;
  message: string;
}

const cases: Case[] = [
  { title: 'pide más CPU de la que el nodo tiene', node: { cpu: '2' }, pod: { cpu: '3' }, message: `0/1 nodes are available: 1 Insufficient cpu. ${noNode}` },
  {
    title: 'no queda CPU',
    node: { cpu: '2' },
    others: { a: { cpu: '1500m' } },
    pod: { cpu: '501m' },
    message: `0/1 nodes are available: 1 Insufficient cpu. ${noVictim}`,
  },
  {
    title: 'no quedan ni CPU ni memoria',
    node: { cpu: '2', memory: '4Gi' },
    others: { a: { cpu: '2', memory: '4Gi' } },
    pod: { cpu: '1', memory: '1Gi' },
    message: `0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ${noVictim}`,
  },
  {
    title: 'pide más memoria de la que hay',
    node: { memory: '4Gi' },
    pod: { memory: '5Gi' },
    message: `0/1 nodes are available: 1 Insufficient memory. ${noNode}`,
  },
  {
    title: 'pide un recurso que el nodo no tiene',
    node: {},
    pod: { requests: { 'nvidia.com/gpu': '1' } },
    message: `0/1 nodes are available: 1 Insufficient nvidia.com/gpu. ${noNode}`,
  },
  {
    title: 'el nodo ya lleva todos los Pods que admite',
    node: { pods: '1' },
    others: { a: {} },
    pod: {},
    message: `0/1 nodes are available: 1 Too many pods. ${noVictim}`,
  },
  { title: 'el nodo está acordonado', node: { unschedulable: true }, pod: {}, message: `0/1 nodes are available: 1 node(s) were unschedulable. ${noNode}` },
  {
    title: 'no tolera un taint NoSchedule',
    node: { taints: [{ key: 'solo', value: 'bases', effect: 'NoSchedule' }] },
    pod: { tolerations: [{ key: 'solo', value: 'otra', effect: 'NoSchedule' }] },
    message: `0/1 nodes are available: 1 node(s) had untolerated taint(s). ${noNode}`,
  },
  {
    title: 'no tolera un taint NoExecute',
    node: { taints: [{ key: 'roto', effect: 'NoExecute' }] },
    pod: { tolerations: [{ key: 'roto', operator: 'Exists', effect: 'NoSchedule' }] },
    message: `0/1 nodes are available: 1 node(s) had untolerated taint(s). ${noNode}`,
  },
  {
    title: 'su nodeSelector no casa',
    node: {},
    pod: { nodeSelector: { disco: 'ssd' } },
    message: `0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. ${noNode}`,
  },
  {
    title: 'su afinidad de nodo obligatoria no casa',
    node: { labels: { disco: 'hdd' } },
    pod: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disco', operator: 'NotIn', values: ['hdd'] }] }] },
        },
      },
    },
    message: `0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. ${noNode}`,
  },
  {
    title: 'nombra un nodo que no es',
    node: {},
    pod: {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['otro'] }] }],
          },
        },
      },
    },
    message: `0/1 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. ${noNode}`,
  },
  {
    title: 'el puerto del nodo está cogido',
    node: {},
    others: { a: { ports: [{ containerPort: 80, hostPort: 8080 }] } },
    pod: { ports: [{ containerPort: 81, hostPort: 8080, hostIP: '127.0.0.1' }] },
    message: `0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. ${noVictim}`,
  },
  {
    title: 'nadie con quien quiere estar',
    node: {},
    others: { a: { labels: { app: 'cola' } } },
    pod: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [requiredHost] } } },
    message: `0/1 nodes are available: 1 node(s) didn't match pod affinity rules. ${noNode}`,
  },
  {
    title: 'está quien no quiere cerca',
    node: {},
    others: { a: { labels: { app: 'web' } } },
    pod: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [requiredHost] } } },
    message: `0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. ${noVictim}`,
  },
  {
    title: 'hay quien no lo quiere cerca',
    node: {},
    others: { a: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [requiredHost] } } } },
    pod: { labels: { app: 'web' } },
    message: `0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules. ${noVictim}`,
  },
  {
    title: 'al nodo le falta la etiqueta de reparto',
    node: {},
    pod: {
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zona', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }],
    },
    message: `0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints (missing required label). ${noNode}`,
  },
  {
    title: 'pide dos dominios y solo hay uno',
    node: { labels: { zona: 'a' } },
    others: { a: { labels: { app: 'web' } } },
    pod: {
      labels: { app: 'web' },
      topologySpreadConstraints: [
        { maxSkew: 1, minDomains: 2, topologyKey: 'zona', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
      ],
    },
    message: `0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints. ${noVictim}`,
  },
  { title: 'su PVC no existe', node: {}, pod: { claims: ['datos'] }, message: '0/1 nodes are available: persistentvolumeclaim "datos" not found. not found' },
  {
    title: 'no deja echar a nadie',
    node: { cpu: '1' },
    pod: { cpu: '2', preemptionPolicy: 'Never' },
    message: '0/1 nodes are available: 1 Insufficient cpu. preemption: not eligible due to preemptionPolicy=Never.',
  },
];

describe('por qué un Pod se queda Pending', () => {
  it.each(cases)('$title', ({ node, others = {}, pod, message }) => {
    const bench = createSchedulerBench();
    bench.node('nodo', node);
    for (const [name, shape] of Object.entries(others)) bench.pod(name, shape);
    settle(bench);
    for (const name of Object.keys(others)) expect(bench.nodeOf(name)).toBe('nodo');
    bench.pod('nuevo', pod);
    settle(bench);
    expect(bench.nodeOf('nuevo')).toBeUndefined();
    expect(bench.events.at(-1)).toEqual({ object: 'Pod/nuevo', type: 'Warning', reason: 'FailedScheduling', message });
    expect(bench.read('nuevo').status?.conditions).toEqual([
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: '2026-11-20T09:00:01Z', observedGeneration: 1 },
    ]);
  });

  it('el mensaje suma todos los nodos, cada uno por su primer motivo', () => {
    const bench = createSchedulerBench();
    bench.node('control', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] });
    for (const name of ['uno', 'dos', 'tres']) bench.node(name);
    bench.pod('gigante', { memory: '64Gi' });
    settle(bench);
    expect(bench.failure('gigante')).toBe(
      '0/4 nodes are available: 1 node(s) had untolerated taint(s), 3 Insufficient memory. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
    );
  });

  it('sin nodos lo dice y lo repite a 1, 2, 4, 8 y 10 segundos', () => {
    const bench = createSchedulerBench();
    bench.pod('solo');
    const seen: number[] = [];
    const start = bench.clock.now();
    let known = 0;
    while (bench.clock.now() - start < 40_000 && bench.clock.step(start + 40_000)) {
      if (bench.events.length > known) seen.push(Math.round((bench.clock.now() - start) / 1000));
      known = bench.events.length;
    }
    expect(bench.failure('solo')).toBe('no nodes available to schedule pods');
    expect(seen).toEqual([0, 1, 3, 7, 15, 25, 35]);
    bench.node('nodo');
    bench.clock.advance(11_000);
    expect(bench.nodeOf('solo')).toBe('nodo');
  });
});

describe('asignar', () => {
  it('cuenta Scheduled y deja PodScheduled en True', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('web-0', { cpu: '1' });
    settle(bench);
    expect(bench.events).toEqual([{ object: 'Pod/web-0', type: 'Normal', reason: 'Scheduled', message: 'Successfully assigned default/web-0 to nodo' }]);
    expect(bench.read('web-0').status).toEqual({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-20T09:00:00Z' }],
    });
  });

  it('no toca los Pods de otro planificador ni los que esperan en una puerta, hasta que se abre', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('ajeno', { schedulerName: 'otro' });
    const gated = bench.pod('cerrado', { schedulingGates: [{ name: 'permiso' }] });
    settle(bench);
    expect([bench.nodeOf('ajeno'), bench.nodeOf('cerrado'), bench.events]).toEqual([undefined, undefined, []]);
    bench.world.registry.update<Pod>('pods', { ...gated, spec: { containers: gated.spec?.containers ?? [] } });
    settle(bench);
    expect(bench.nodeOf('cerrado')).toBe('nodo');
  });

  it('atiende antes al de más prioridad y, a igualdad, al que llegó antes', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('a');
    bench.pod('b');
    bench.world.store.put('scheduling.k8s.io/priorityclasses', {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'urgente' },
      value: 1000,
    } as never);
    bench.pod('c', { priorityClassName: 'urgente' });
    settle(bench);
    expect(bench.events.map((event) => event.object)).toEqual(['Pod/c', 'Pod/a', 'Pod/b']);
  });

  it('reparte las réplicas de un ReplicaSet aunque nadie lo pida', () => {
    const bench = createSchedulerBench();
    for (const name of ['n1', 'n2', 'n3']) bench.node(name, { cpu: '8', memory: '32Gi' });
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'rs', controller: true };
    bench.world.store.put('apps/replicasets', {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web', namespace: 'default', uid: 'rs' },
      spec: { selector: { matchLabels: { app: 'web' } } },
    } as never);
    for (let index = 0; index < 9; index++) bench.pod(`web-${index}`, { labels: { app: 'web' }, ownerReferences: [owner] });
    settle(bench);
    const counts = Object.groupBy(
      Array.from({ length: 9 }, (_, index) => bench.nodeOf(`web-${index}`) ?? ''),
      (name) => name,
    );
    expect(Object.values(counts).map((list) => list?.length)).toEqual([3, 3, 3]);
  });

  it('con DoNotSchedule ningún nodo lleva dos más que otro, y los acordonados por taint cuentan solo si se pide', () => {
    const spread = (nodeTaintsPolicy: 'Honor' | 'Ignore') => {
      const bench = createSchedulerBench();
      bench.node('n1');
      bench.node('n2');
      bench.node('prohibido', { taints: [{ key: 'no', effect: 'NoSchedule' }] });
      for (let index = 0; index < 4; index++) {
        bench.pod(`web-${index}`, {
          labels: { app: 'web' },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'DoNotSchedule',
              nodeTaintsPolicy,
              labelSelector: { matchLabels: { app: 'web' } },
            },
          ],
        });
      }
      settle(bench);
      return [0, 1, 2, 3].map((index) => bench.nodeOf(`web-${index}`)).filter(Boolean).length;
    };
    expect(spread('Honor')).toBe(4);
    expect(spread('Ignore')).toBe(2);
  });

  it('sigue la afinidad preferida y evita los taints PreferNoSchedule', () => {
    const bench = createSchedulerBench();
    bench.node('lento', { cpu: '16', memory: '64Gi' });
    bench.node('rapido', { labels: { disco: 'ssd' } });
    bench.node('evitable', { cpu: '64', memory: '256Gi', taints: [{ key: 'mejor-no', effect: 'PreferNoSchedule' }] });
    bench.pod('a', {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, preference: { matchExpressions: [{ key: 'disco', operator: 'In', values: ['ssd'] }] } },
          ],
        },
      },
    });
    settle(bench);
    expect(bench.nodeOf('a')).toBe('rapido');
    bench.pod('b', {
      labels: { app: 'cola' },
      affinity: {
        podAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'x' } } } },
          ],
        },
      },
    });
    settle(bench);
    expect(bench.nodeOf('b')).toBe('lento');
  });

  it('la misma semilla da el mismo reparto; otra, otro', () => {
    const run = (seed: number) => {
      const bench = createSchedulerBench({ seed });
      for (let index = 0; index < 20; index++) bench.node(`n${index}`);
      for (let index = 0; index < 20; index++) bench.pod(`p${index}`);
      settle(bench);
      return Array.from({ length: 20 }, (_, index) => bench.nodeOf(`p${index}`)).join(' ');
    };
    expect(run(7)).toBe(run(7));
    expect(run(7)).not.toBe(run(8));
  });
});

describe('volver a intentarlo', () => {
  it('cuando se marcha un Pod y deja hueco', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('viejo', { cpu: '2' });
    settle(bench);
    bench.pod('nuevo', { cpu: '2' });
    settle(bench);
    expect(bench.nodeOf('nuevo')).toBeUndefined();
    bench.world.store.remove('pods', 'default', 'viejo');
    settle(bench);
    expect(bench.nodeOf('nuevo')).toBe('nodo');
  });

  it('cuando un Pod acaba, aunque siga en la lista', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('tarea', { cpu: '2' });
    settle(bench);
    bench.pod('nuevo', { cpu: '2' });
    settle(bench);
    bench.world.registry.updateStatus<Pod>('pods', { ...bench.read('tarea'), status: { phase: 'Succeeded' } });
    settle(bench);
    expect(bench.nodeOf('nuevo')).toBe('nodo');
  });

  it('cuando aparece un nodo o pierde el taint, pero no por cambios que no ayudan', () => {
    const bench = createSchedulerBench();
    const tainted = bench.node('nodo', { taints: [{ key: 'no', effect: 'NoSchedule' }] });
    bench.pod('p');
    settle(bench);
    const failures = () => bench.events.filter((event) => event.reason === 'FailedScheduling').length;
    expect(failures()).toBe(1);
    const relabelled = bench.world.registry.update('nodes', { ...tainted, metadata: { ...tainted.metadata, labels: { a: 'b' } } });
    settle(bench);
    expect(failures()).toBe(1);
    bench.node('pequeño', { pods: '0' });
    settle(bench);
    expect(failures()).toBe(2);
    bench.world.registry.update('nodes', { ...relabelled, spec: {} });
    settle(bench);
    expect(bench.nodeOf('p')).toBe('nodo');
  });

  it('cuando llega a un nodo el Pod con el que quiere estar', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('web', {
      affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...requiredHost, labelSelector: { matchLabels: { app: 'bd' } } }] } },
    });
    settle(bench);
    expect(bench.nodeOf('web')).toBeUndefined();
    bench.pod('otro', { labels: { app: 'cola' } });
    settle(bench);
    expect(bench.events.filter((event) => event.reason === 'FailedScheduling')).toHaveLength(1);
    bench.pod('bd', { labels: { app: 'bd' } });
    settle(bench);
    expect(bench.nodeOf('web')).toBe('nodo');
  });

  it('cuando a otro le cambian las etiquetas que lo espantaban', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('otro', { labels: { app: 'web' } });
    settle(bench);
    bench.pod('p', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [requiredHost] } } });
    settle(bench);
    expect(bench.nodeOf('p')).toBeUndefined();
    const other = bench.read('otro');
    bench.world.registry.update<Pod>('pods', { ...other, metadata: { ...other.metadata, labels: { app: 'cola' } } });
    settle(bench);
    expect(bench.nodeOf('p')).toBe('nodo');
  });

  it('a los cinco minutos lo mira aunque no cambie nada', () => {
    const bench = createSchedulerBench();
    bench.node('nodo', { pods: '0' });
    bench.pod('p');
    bench.clock.advance(299_000);
    expect(bench.events).toHaveLength(1);
    bench.clock.advance(2_000);
    expect(bench.events).toHaveLength(2);
  });
});

describe('volúmenes', () => {
  const storageClass = (volumeBindingMode: StorageClass['volumeBindingMode'], provisioner = 'bitacora.lab/maqueta-local'): StorageClass => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner,
    ...(volumeBindingMode ? { volumeBindingMode } : {}),
  });
  const claim = (spec: Partial<PersistentVolumeClaim['spec']> = {}, phase: 'Pending' | 'Bound' = 'Pending'): PersistentVolumeClaim => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'datos', namespace: 'default', uid: 'pvc' },
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'local', resources: { requests: { storage: '1Gi' } }, ...spec },
    status: { phase },
  });
  const volume = (node: string, name = 'pv-1'): PersistentVolume => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '2Gi' },
      storageClassName: 'local',
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } },
    },
    status: { phase: 'Available' },
  });
  const start = () => {
    const bench = createSchedulerBench();
    bench.node('n1');
    bench.node('n2');
    return bench;
  };

  it('espera al PVC de enlace inmediato que aún no tiene volumen', () => {
    const bench = start();
    bench.world.store.put('storage.k8s.io/storageclasses', storageClass('Immediate'));
    bench.world.store.put('persistentvolumeclaims', claim());
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    expect(bench.failure('p')).toBe('0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found');
    bench.world.store.put('persistentvolumes', volume('n2'));
    bench.world.store.put('persistentvolumeclaims', claim({ volumeName: 'pv-1' }, 'Bound'));
    settle(bench);
    expect(bench.nodeOf('p')).toBe('n2');
  });

  it('va al nodo de su volumen y, si ese no puede, dice que los demás no lo alcanzan', () => {
    const bench = start();
    bench.node('n3', { unschedulable: true });
    bench.world.store.put('persistentvolumes', volume('n3'));
    bench.world.store.put('persistentvolumeclaims', claim({ volumeName: 'pv-1' }, 'Bound'));
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    expect(bench.failure('p')).toBe(
      "0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) didn't match PersistentVolume's node affinity. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    );
  });

  it('nombra el volumen que falta', () => {
    const bench = start();
    bench.world.store.put('persistentvolumeclaims', claim({ volumeName: 'perdido' }, 'Bound'));
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    expect(bench.failure('p')).toBe(
      '0/2 nodes are available: 2 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s). preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    );
  });

  it('con WaitForFirstConsumer elige nodo, lo anota y no asigna hasta que el controlador enlaza', () => {
    const bench = start();
    bench.world.store.put('storage.k8s.io/storageclasses', storageClass('WaitForFirstConsumer'));
    bench.world.store.put('persistentvolumeclaims', claim());
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    const read = () => bench.world.store.collection<PersistentVolumeClaim>('persistentvolumeclaims').get('default', 'datos') as PersistentVolumeClaim;
    const chosen = read().metadata.annotations?.['volume.kubernetes.io/selected-node'] ?? '';
    expect(['n1', 'n2']).toContain(chosen);
    expect(bench.nodeOf('p')).toBeUndefined();
    expect(bench.read('p').status?.nominatedNodeName).toBe(chosen);
    bench.world.store.put('persistentvolumes', volume(chosen));
    bench.world.store.put<PersistentVolumeClaim>('persistentvolumeclaims', {
      ...read(),
      spec: { ...read().spec, volumeName: 'pv-1' },
      status: { phase: 'Bound' },
    });
    settle(bench);
    expect(bench.nodeOf('p')).toBe(chosen);
    expect(bench.read('p').status?.nominatedNodeName).toBeUndefined();
  });

  it('si quien crea el volumen se rinde, libera el hueco, lo cuenta y vuelve a empezar', () => {
    const bench = start();
    bench.world.store.put('storage.k8s.io/storageclasses', storageClass('WaitForFirstConsumer'));
    bench.world.store.put('persistentvolumeclaims', claim());
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    bench.world.store.put('persistentvolumeclaims', claim());
    bench.clock.advance(10);
    expect(bench.failure('p')).toBe('running PreBind plugin "VolumeBinding": binding volumes: provisioning failed for PVC "datos"');
    bench.clock.advance(2000);
    expect(bench.world.store.collection('persistentvolumeclaims').get('default', 'datos')?.metadata.annotations).toBeDefined();
  });

  it('si la clase no sabe crear volúmenes, reserva el más pequeño que baste o dice que no hay', () => {
    const bench = start();
    bench.world.store.put('storage.k8s.io/storageclasses', storageClass('WaitForFirstConsumer', 'kubernetes.io/no-provisioner'));
    bench.world.store.put('persistentvolumeclaims', claim());
    bench.pod('p', { claims: ['datos'] });
    settle(bench);
    expect(bench.failure('p')).toBe(
      "0/2 nodes are available: 2 node(s) didn't find available persistent volumes to bind. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    );
    bench.world.store.put('persistentvolumes', volume('n2'));
    settle(bench);
    const reserved = bench.world.store.collection<PersistentVolume>('persistentvolumes').get('', 'pv-1');
    expect(reserved?.spec?.claimRef).toMatchObject({ kind: 'PersistentVolumeClaim', namespace: 'default', name: 'datos', uid: 'pvc' });
  });
});

describe('echar a otros', () => {
  it('echa al de menos prioridad, lo cuenta y ocupa su hueco cuando se va', () => {
    const bench = createSchedulerBench();
    bench.node('nodo');
    bench.pod('barato', { cpu: '1500m', priority: 0 });
    bench.pod('medio', { cpu: '500m', priority: 10 });
    settle(bench);
    bench.world.registry.setStrategy('pods', { gracePeriod: () => 30 });
    const urgent = bench.pod('urgente', { cpu: '1500m', priority: 100 });
    settle(bench);
    expect(bench.failure('urgente')).toBe('0/1 nodes are available: 1 Insufficient cpu.');
    expect(bench.read('urgente').status?.nominatedNodeName).toBe('nodo');
    expect(bench.events).toContainEqual({
      object: 'Pod/barato',
      type: 'Normal',
      reason: 'Preempted',
      message: `Preempted by pod ${urgent.metadata.uid} on node nodo`,
    });
    expect(bench.read('barato').status?.conditions).toContainEqual(
      expect.objectContaining({
        type: 'DisruptionTarget',
        status: 'True',
        reason: 'PreemptionByScheduler',
        message: 'default-scheduler: preempting to accommodate a higher priority pod',
      }),
    );
    expect(bench.read('medio').metadata.deletionTimestamp).toBeUndefined();
    // Mientras se va, otro de la misma importancia no le quita el sitio.
    bench.world.store.remove('pods', 'default', 'barato');
    bench.pod('colado', { cpu: '1500m', priority: 50 });
    settle(bench);
    expect([bench.nodeOf('urgente'), bench.nodeOf('colado')]).toEqual(['nodo', undefined]);
  });
});
