import { describe, expect, it } from 'vitest';
import type { Pod } from '../schema/types.generated.ts';
import { testCluster } from './test-cluster.ts';

/** Segundos hasta que el Pod desaparece de la API. */
function timeToGo(cluster: ReturnType<typeof testCluster>, name: string, grace?: number): number {
  const start = cluster.clock.now();
  cluster.delete(name, grace);
  for (let step = 0; step < 1000 && cluster.pod(name); step++) cluster.clock.advance(100);
  return (cluster.clock.now() - start) / 1000;
}

describe('la despedida de un Pod', () => {
  it('nginx se va en cuanto se lo piden', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
    cluster.clock.advance(6000);
    expect(timeToGo(cluster, 'web')).toBeLessThan(2);
    expect(cluster.story('web').at(-1)).toBe('Killing: Stopping container app');
  });

  it('quien no atiende SIGTERM agota la gracia y muere con 137', () => {
    const cluster = testCluster();
    cluster.shell('sordo', 'sleep 3600', {}, { terminationGracePeriodSeconds: 10 });
    cluster.clock.advance(6000);
    const codes: (number | undefined)[] = [];
    cluster.store
      .collection('pods')
      .onChange(({ object }) =>
        codes.push(
          (object as { status?: { containerStatuses?: { state?: { terminated?: { exitCode: number } } }[] } }).status?.containerStatuses?.[0]?.state?.terminated
            ?.exitCode,
        ),
      );
    const took = timeToGo(cluster, 'sordo');
    expect(took).toBeGreaterThan(10);
    expect(took).toBeLessThan(12);
    expect(codes.at(-1)).toBe(137);
  });

  it('sigue Ready mientras su preStop duerme, y luego recibe la señal', () => {
    const cluster = testCluster();
    cluster.script('web', "process.on('SIGTERM', () => { console.log('me voy'); process.exit(0) }); setInterval(() => {}, 1000)", {
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
    });
    cluster.clock.advance(6000);
    const pod = cluster.pod('web');
    cluster.delete('web');
    cluster.clock.advance(4500);
    expect(cluster.isReady('web')).toBe(true);
    expect(pod && cluster.machines.runtime.logs(pod, {})).toBe('');
    cluster.clock.advance(600);
    expect(pod && cluster.machines.runtime.logs(pod, {})).toBe('me voy\n');
    cluster.clock.advance(1500);
    expect(cluster.pod('web')).toBeUndefined();
  });

  it('acortar la gracia a mitad de la espera la acorta de verdad', () => {
    const cluster = testCluster();
    cluster.shell('sordo', 'sleep 3600');
    cluster.clock.advance(6000);
    cluster.delete('sordo');
    cluster.clock.advance(5000);
    expect(timeToGo(cluster, 'sordo', 1)).toBeLessThan(3.5);
  });

  it('un borrado forzado lo quita de la API, pero el proceso aún tiene su gracia', () => {
    const cluster = testCluster();
    cluster.script(
      'web',
      "const { createServer } = require('http'); createServer((_q, r) => r.end('sigo')).listen(8080)",
      {},
      { terminationGracePeriodSeconds: 5 },
    );
    cluster.clock.advance(6000);
    const address = cluster.pod('web')?.status?.podIP ?? '';
    cluster.delete('web', 0);
    expect(cluster.pod('web')).toBeUndefined();
    cluster.clock.advance(2000);
    expect(cluster.network.isListening(address, 8080)).toBe(true);
    cluster.clock.advance(5000);
    expect(cluster.network.isListening(address, 8080)).toBe(false);
  });

  it('matar el contenedor lo reinicia dentro del mismo Pod', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
    cluster.clock.advance(6000);
    const before = cluster.pod('web');
    if (before) cluster.machines.killContainer(before, 'app');
    cluster.clock.advance(3000);
    const after = cluster.pod('web');
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.status?.podIP).toBe(before?.status?.podIP);
    expect(after?.status?.containerStatuses?.[0]).toMatchObject({
      restartCount: 1,
      ready: true,
      lastState: { terminated: { exitCode: 137, reason: 'Error' } },
    });
  });
});

describe('un Pod que se borra sin haber acabado de arrancar', () => {
  /** La última vez que se supo de él. */
  const lastWords = (cluster: ReturnType<typeof testCluster>, name: string) => {
    let last = cluster.pod(name)?.status;
    cluster.store.collection<Pod>('pods').onChange(({ object }) => {
      if (object.metadata.name === name) last = object.status;
    });
    cluster.delete(name);
    cluster.clock.advance(5000);
    expect(cluster.pod(name)).toBeUndefined();
    return last;
  };
  const unknown = { state: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } } };

  it('aunque el kubelet no llegara a verlo entero, acaba Failed y de su contenedor no se sabe nada', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
    expect(lastWords(cluster, 'web')).toMatchObject({ phase: 'Failed', containerStatuses: [unknown] });
    expect(cluster.story('web')).toEqual([]);
  });

  it('mientras busca su imagen, lo mismo, y ya no se promete otro intento', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'no-existe:1' }] });
    cluster.clock.advance(15_000);
    expect(cluster.state('web')).toMatch(/^(ErrImagePull|ImagePullBackOff)$/);
    expect(lastWords(cluster, 'web')).toMatchObject({ phase: 'Failed', containerStatuses: [unknown] });
  });

  it('entre dos reinicios, enseña cómo acabó la última vez', () => {
    const cluster = testCluster();
    cluster.shell('web', 'exit 3');
    cluster.clock.advance(20_000);
    // Solo se ve justo antes del siguiente intento.
    for (let step = 0; step < 1000 && cluster.state('web') !== 'CrashLoopBackOff'; step++) cluster.clock.step();
    const { restartCount } = cluster.pod('web')?.status?.containerStatuses?.[0] ?? {};
    expect(cluster.state('web')).toBe('CrashLoopBackOff');
    const last = lastWords(cluster, 'web');
    expect(last).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ restartCount, state: { terminated: { exitCode: 3 } }, lastState: { terminated: { exitCode: 3 } } }],
    });
  });

  it('durante un init, los que no tuvieron su turno se quedan esperándolo', () => {
    const cluster = testCluster();
    const step = (name: string) => ({ name, image: 'busybox:1.36', command: ['sh', '-c', 'sleep 3600'] });
    cluster.run('web', { terminationGracePeriodSeconds: 1, initContainers: [step('uno'), step('dos')], containers: [{ name: 'app', image: 'nginx:1.30' }] });
    cluster.clock.advance(8000);
    const waiting = { state: { waiting: { reason: 'PodInitializing' } } };
    expect(lastWords(cluster, 'web')).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'Error' } } }, waiting],
      containerStatuses: [waiting],
    });
  });
});

describe('una máquina', () => {
  it('sin luz calla, y al volver reinicia sus Pods con otra IP', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
    cluster.clock.advance(6000);
    const before = cluster.pod('web');
    cluster.machines.powerOff('nodo1');
    cluster.clock.advance(3_600_000);
    // Darlo por perdido es cosa del controlador de nodos: el kubelet no dice nada.
    expect(cluster.pod('web')).toBe(before);
    cluster.machines.powerOn('nodo1');
    cluster.clock.advance(6000);
    const status = cluster.pod('web')?.status;
    expect(cluster.isReady('web')).toBe(true);
    expect(status?.podIP).not.toBe(before?.status?.podIP);
    expect(status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 255, reason: 'Unknown' } } });
    expect(cluster.story('web')).toContain('SandboxChanged: Pod sandbox changed, it will be killed and re-created.');
  });

  it('sin cable sigue trabajando, y al volver cumple los borrados que no oyó', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
    cluster.clock.advance(6000);
    const address = cluster.pod('web')?.status?.podIP ?? '';
    cluster.machines.disconnect('nodo1');
    cluster.delete('web');
    cluster.clock.advance(120_000);
    expect(cluster.pod('web')?.metadata.deletionTimestamp).toBeDefined();
    expect(cluster.network.isListening(address, 80)).toBe(true);
    cluster.machines.reconnect('nodo1');
    cluster.clock.advance(4000);
    expect(cluster.pod('web')).toBeUndefined();
    expect(cluster.network.isListening(address, 80)).toBe(false);
  });
});
