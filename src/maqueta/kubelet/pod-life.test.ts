import { describe, expect, it } from 'vitest';
import { testCluster } from './test-cluster.ts';

const web = { containers: [{ name: 'app', image: 'nginx:1.30' }] };

describe('un Pod asignado a un nodo', () => {
  it('registra el nodo como lo haría su kubelet', () => {
    const { store } = testCluster();
    const node = store.collection('nodes').get('', 'nodo2') as unknown as {
      metadata: { labels: Record<string, string> };
      spec: { podCIDR: string };
      status: { addresses: unknown; conditions: { type: string; status: string; message: string }[]; nodeInfo: { kubeletVersion: string } };
    };
    expect(node.metadata.labels['kubernetes.io/hostname']).toBe('nodo2');
    expect(node.spec.podCIDR).toBe('10.244.1.0/24');
    expect(node.status.nodeInfo.kubeletVersion).toBe('v1.37.1');
    expect(node.status.addresses).toEqual([
      { type: 'InternalIP', address: '192.168.49.3' },
      { type: 'Hostname', address: 'nodo2' },
    ]);
    expect(node.status.conditions.map(({ type, status, message }) => `${type}=${status}: ${message}`)).toEqual([
      'MemoryPressure=False: kubelet has sufficient memory available',
      'DiskPressure=False: kubelet has no disk pressure',
      'PIDPressure=False: kubelet has sufficient PID available',
      'Ready=True: kubelet is posting ready status',
    ]);
  });

  it('espera creando el contenedor, descarga la imagen y queda Ready', () => {
    const cluster = testCluster();
    cluster.run('web', web);
    cluster.clock.advance(50);
    expect(cluster.pod('web')?.status?.phase).toBe('Pending');
    expect(cluster.state('web')).toBe('ContainerCreating');
    expect(cluster.condition('web', 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [app]',
    });
    cluster.clock.advance(6000);
    const status = cluster.pod('web')?.status;
    expect(status?.phase).toBe('Running');
    expect(status).toMatchObject({ podIP: '10.244.0.2', podIPs: [{ ip: '10.244.0.2' }], hostIP: '192.168.49.2', startTime: '2026-11-20T09:00:00Z' });
    expect(status?.conditions?.map(({ type, status: value }) => `${type}=${value}`)).toEqual([
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
      'PodScheduled=True',
    ]);
    expect(cluster.story('web').map((line) => line.replace(/\d+(\.\d+)?m?s/g, 'T'))).toEqual([
      'Pulling: Pulling image "nginx:1.30"',
      'Pulled: Successfully pulled image "nginx:1.30" in T (T including waiting). Image size: 72000000 bytes.',
      'Created: Container created',
      'Started: Container started',
    ]);
  });

  it('no vuelve a descargar una imagen que el nodo ya tiene', () => {
    const cluster = testCluster();
    cluster.run('uno', web);
    cluster.clock.advance(6000);
    cluster.run('dos', web);
    cluster.clock.advance(3000);
    expect(cluster.isReady('dos')).toBe(true);
    expect(cluster.story('dos')[0]).toBe('Pulled: Container image "nginx:1.30" already present on machine and can be accessed by the pod');
  });

  it('una imagen que no existe pasa de ErrImagePull a ImagePullBackOff y espera cada vez más', () => {
    const cluster = testCluster();
    cluster.run('mala', { containers: [{ name: 'app', image: 'nginx:9.99' }] });
    const pulls: number[] = [];
    let last = 0;
    for (let second = 0; second < 900; second++) {
      cluster.clock.advance(1000);
      const count = cluster.story('mala').filter((line) => line.startsWith('Pulling')).length;
      if (count > last) pulls.push(second);
      last = count;
    }
    expect(cluster.state('mala')).toBe('ImagePullBackOff');
    expect(cluster.story('mala').slice(0, 5)).toEqual([
      'Pulling: Pulling image "nginx:9.99"',
      'Failed: Failed to pull image "nginx:9.99": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:9.99": failed to resolve reference "docker.io/library/nginx:9.99": docker.io/library/nginx:9.99: not found',
      'Failed: Error: ErrImagePull',
      'BackOff: Back-off pulling image "nginx:9.99"',
      'Failed: Error: ImagePullBackOff',
    ]);
    const gaps = pulls.slice(1).map((at, index) => at - (pulls[index] as number));
    for (const [index, wait] of [10, 20, 40, 80, 160].entries()) {
      expect(gaps[index]).toBeGreaterThanOrEqual(wait);
      expect(gaps[index]).toBeLessThan(wait * 1.25 + 2);
    }
  });

  it('sin descarga permitida queda en ErrImageNeverPull', () => {
    const cluster = testCluster();
    cluster.run('nunca', { containers: [{ name: 'app', image: 'nginx:1.30', imagePullPolicy: 'Never' }] });
    cluster.clock.advance(2000);
    expect(cluster.pod('nunca')?.status?.containerStatuses?.[0]?.state?.waiting).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "nginx:1.30" is not present with pull policy of Never',
    });
  });

  it('una orden que no está en la imagen acaba en StartError y vuelve a intentarse', () => {
    const cluster = testCluster();
    cluster.run('mala', { containers: [{ name: 'app', image: 'busybox:1.36', command: ['python'] }] });
    cluster.clock.advance(9000);
    expect(cluster.state('mala')).toBe('StartError');
    expect(cluster.pod('mala')?.status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
    cluster.clock.advance(20_000);
    expect(cluster.pod('mala')?.status?.containerStatuses?.[0]?.restartCount).toBeGreaterThan(1);
  });

  it('espera a la ConfigMap que falta y la monta cuando aparece', () => {
    const cluster = testCluster();
    cluster.run('web', {
      containers: [{ name: 'app', image: 'busybox:1.36', command: ['cat', '/app/hola.txt'], volumeMounts: [{ name: 'app', mountPath: '/app' }] }],
      volumes: [{ name: 'app', configMap: { name: 'app' } }],
      restartPolicy: 'Never',
    });
    cluster.clock.advance(3000);
    expect(cluster.state('web')).toBe('ContainerCreating');
    expect(cluster.story('web')[0]).toBe('FailedMount: MountVolume.SetUp failed for volume "app" : configmap "app" not found');
    cluster.configMap('app', { 'hola.txt': 'hola\n' });
    cluster.clock.advance(15_000);
    expect(cluster.pod('web')?.status?.phase).toBe('Succeeded');
    expect(cluster.logs('web')).toBe('hola\n');
    expect(cluster.condition('web', 'Ready')).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  });

  it('falla de golpe cuando vence activeDeadlineSeconds', () => {
    const cluster = testCluster();
    cluster.shell('largo', 'trap "exit 0" TERM; while true; do sleep 1; done', {}, { activeDeadlineSeconds: 10, restartPolicy: 'Never' });
    cluster.clock.advance(15_000);
    expect(cluster.pod('largo')?.status).toMatchObject({
      phase: 'Failed',
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    });
  });
});

describe('los contenedores de un Pod', () => {
  it('los init corren en orden y el principal espera', () => {
    const cluster = testCluster();
    const init = (name: string) => ({
      name,
      image: 'busybox:1.36',
      command: ['sh', '-c', `echo ${name} >> /nota/lista; sleep 2`],
      volumeMounts: [{ name: 'nota', mountPath: '/nota' }],
    });
    cluster.run('web', {
      initContainers: [init('uno'), init('dos')],
      containers: [{ ...init('app'), command: ['sh', '-c', 'cat /nota/lista; sleep 100'] }],
      volumes: [{ name: 'nota', emptyDir: {} }],
    });
    cluster.clock.advance(4000);
    expect(cluster.state('web')).toBe('PodInitializing');
    expect(cluster.condition('web', 'Initialized')).toMatchObject({
      status: 'False',
      message: expect.stringContaining('containers with incomplete status: ['),
    });
    cluster.clock.advance(12_000);
    expect(cluster.isReady('web')).toBe(true);
    expect(cluster.logs('web', { container: 'app' })).toBe('uno\ndos\n');
    expect(cluster.pod('web')?.status?.initContainerStatuses?.map(({ state }) => state?.terminated?.reason)).toEqual(['Completed', 'Completed']);
  });

  it('un sidecar nativo arranca antes que el principal y se va después', () => {
    const cluster = testCluster();
    cluster.run('tarea', {
      restartPolicy: 'Never',
      initContainers: [
        {
          name: 'sidecar',
          image: 'busybox:1.36',
          restartPolicy: 'Always',
          command: ['sh', '-c', 'trap "echo adios; exit 0" TERM; while true; do sleep 1; done'],
        },
      ],
      containers: [{ name: 'app', image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3; echo listo'] }],
    });
    cluster.clock.advance(20_000);
    expect(cluster.pod('tarea')?.status?.phase).toBe('Succeeded');
    expect(cluster.logs('tarea', { container: 'sidecar' })).toBe('adios\n');
    const [sidecar] = cluster.pod('tarea')?.status?.initContainerStatuses ?? [];
    const [app] = cluster.pod('tarea')?.status?.containerStatuses ?? [];
    expect(Date.parse(sidecar?.state?.terminated?.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(app?.state?.terminated?.finishedAt ?? ''));
  });

  it('reinicia con esperas de 10, 20 y 40 segundos, y lo dice', () => {
    const cluster = testCluster();
    cluster.shell('cae', 'echo vida; exit 3');
    const starts: number[] = [];
    const words: string[] = [];
    const waits = new Set<string>();
    let seen = '';
    for (let step = 0; step < 6000; step++) {
      cluster.clock.advance(20);
      const status = cluster.pod('cae')?.status?.containerStatuses?.[0];
      const id = status?.containerID ?? '';
      if (id !== seen) starts.push(step / 50);
      seen = id;
      const word = cluster.state('cae');
      if (word !== words.at(-1)) words.push(word);
      if (status?.state?.waiting?.message) waits.add(status.state.waiting.message);
    }
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] as number));
    expect(gaps[0]).toBeLessThan(3);
    for (const [index, wait] of [10, 20, 40].entries()) {
      expect(gaps[index + 1]).toBeGreaterThan(wait - 1);
      // El kubelet alarga cada espera hasta la mitad más, al azar.
      expect(gaps[index + 1]).toBeLessThan(wait * 1.5 + 3);
    }
    // Mientras espera se ve cómo acabó: CrashLoopBackOff solo asoma al ir a intentarlo.
    const turns = words.filter((word) => word === 'Error' || word === 'CrashLoopBackOff');
    expect(turns.filter((word, index) => word !== turns[index - 1]).join(' ')).toBe(`${'Error CrashLoopBackOff '.repeat(3)}Error`);
    expect([...waits]).toEqual(
      ['10s', '20s', '40s'].map((wait) => `back-off ${wait} restarting failed container=app pod=cae_tienda(${cluster.pod('cae')?.metadata.uid})`),
    );
    const status = cluster.pod('cae')?.status?.containerStatuses?.[0];
    expect(status?.state?.terminated).toMatchObject({ exitCode: 3, reason: 'Error' });
    expect(status?.restartCount).toBe(4);
    expect(cluster.pod('cae')?.status?.phase).toBe('Running');
    expect(cluster.logs('cae', { previous: true })).toBe('vida\n');
  });

  it.each([
    ['Never', 'exit 0', 'Succeeded', 0],
    ['Never', 'exit 4', 'Failed', 0],
    ['OnFailure', 'exit 0', 'Succeeded', 0],
    ['OnFailure', 'exit 4', 'Running', 2],
  ] as const)('con restartPolicy %s y «%s» la fase es %s', (restartPolicy, code, phase, restarts) => {
    const cluster = testCluster();
    cluster.shell('tarea', code, {}, { restartPolicy });
    cluster.clock.advance(20_000);
    expect(cluster.pod('tarea')?.status?.phase).toBe(phase);
    expect(cluster.pod('tarea')?.status?.containerStatuses?.[0]?.restartCount).toBe(restarts);
  });

  it('mata por memoria a quien pasa de su límite', () => {
    const cluster = testCluster();
    cluster.script(
      'gordo',
      'const a = []; setInterval(() => a.push(Buffer.alloc(10 * 1024 * 1024)), 100)',
      { resources: { limits: { memory: '64Mi' } } },
      { restartPolicy: 'Never' },
    );
    cluster.clock.advance(10_000);
    expect(cluster.pod('gordo')?.status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
  });

  it('recibe sus variables de la ConfigMap, del Pod, de sus recursos y de los Services', () => {
    const cluster = testCluster();
    cluster.configMap('ajustes', { color: 'rojo', talla: 'L' });
    cluster.service('web', 80, 8080);
    cluster.shell('app', 'echo $COLOR $NODO $IP $MEMORIA $SALUDO $P_talla $WEB_SERVICE_HOST $WEB_PORT', {
      env: [
        { name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'ajustes', key: 'color' } } },
        { name: 'NODO', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'MEMORIA', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
        { name: 'SALUDO', value: 'hola-$(COLOR)-$(NADA)' },
      ],
      envFrom: [{ prefix: 'P_', configMapRef: { name: 'ajustes' } }],
      resources: { limits: { memory: '96Mi' } },
    });
    cluster.clock.advance(5000);
    expect(cluster.logs('app')).toBe('rojo nodo1 10.244.0.2 96 hola-rojo-$(NADA) L 10.96.0.20 tcp://10.96.0.20:80\n');
  });

  it('sin la ConfigMap de una variable no se puede crear', () => {
    const cluster = testCluster();
    cluster.shell('app', 'echo', { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'nada', key: 'x' } } }] });
    cluster.clock.advance(5000);
    expect(cluster.pod('app')?.status?.containerStatuses?.[0]?.state?.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "nada" not found',
    });
  });
});
