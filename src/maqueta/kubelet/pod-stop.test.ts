import { describe, expect, it } from 'vitest';
import type { Container } from '../schema/types.generated.ts';
import { testCluster } from './test-cluster.ts';

/** Un servidor que dice cuándo le llega la señal y acaba lo que tenga entre manos. */
const server = `
const { createServer } = require('http');
createServer((request, response) => { console.log('pide ' + request.url); response.end('hola'); }).listen(8080);
process.on('SIGTERM', () => { console.log('me voy'); process.exit(0); });`;
/** Uno que no atiende a nadie. */
const deaf = 'setInterval(() => {}, 1000)';

/** Arranca el Pod, pide su borrado y cuenta, en segundos desde que se pidió, qué va pasando. */
function leaving(code: string, container: Partial<Container>, grace: number) {
  const cluster = testCluster();
  cluster.script('web', code, container, { terminationGracePeriodSeconds: grace });
  cluster.clock.advance(10_000);
  const pod = cluster.pod('web');
  if (!pod) throw new Error('el Pod no ha arrancado');
  const start = cluster.clock.now();
  const lines: string[] = [];
  cluster.machines.runtime.followLogs(
    pod,
    {},
    (text) => lines.push(`${Math.round((cluster.clock.now() - start) / 1000)} s: ${text.trim()}`),
    () => lines.push(`${Math.round((cluster.clock.now() - start) / 1000)} s: muerto`),
  );
  cluster.delete('web');
  cluster.clock.advance((grace + 10) * 1000);
  return { cluster, lines, story: cluster.story('web').filter((line) => /Killing|PreStop/.test(line)) };
}

describe('preStop', () => {
  it('con exec, corre antes de la señal y dentro de la gracia', () => {
    const { lines, story } = leaving(server, { lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 4'] } } } }, 30);
    expect(lines).toEqual(['4 s: me voy', '4 s: muerto']);
    expect(story).toEqual(['Killing: Stopping container app']);
  });

  it('con httpGet, pide al propio contenedor', () => {
    const { lines } = leaving(server, { lifecycle: { preStop: { httpGet: { path: '/cierra', port: 8080 } } } }, 30);
    expect(lines).toEqual(['0 s: pide /cierra', '0 s: me voy', '0 s: muerto']);
  });

  it('si falla, se dice sin contar por qué, y la despedida sigue', () => {
    const { lines, story } = leaving(server, { lifecycle: { preStop: { httpGet: { path: '/', port: 9 } } } }, 30);
    expect(lines).toEqual(['0 s: me voy', '0 s: muerto']);
    expect(story).toEqual(['Killing: Stopping container app', 'FailedPreStopHook: PreStopHook failed']);
  });

  it('lo que gasta el preStop se descuenta de la gracia: quien no atiende muere al cumplirla', () => {
    expect(leaving(deaf, { lifecycle: { preStop: { sleep: { seconds: 4 } } } }, 10).lines).toEqual(['10 s: muerto']);
  });

  it('uno que no acaba se corta al cumplirse la gracia, y aún quedan dos segundos para la señal', () => {
    const endless = { lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 3600'] } } } };
    expect(leaving(server, endless, 5).lines).toEqual(['5 s: me voy', '5 s: muerto']);
    expect(leaving(deaf, endless, 5).lines).toEqual(['7 s: muerto']);
  });

  it('sin gracia ni preStop, quien no atiende tiene igualmente dos segundos', () => {
    expect(leaving(deaf, {}, 1).lines).toEqual(['2 s: muerto']);
  });
});

describe('la sonda de vida', () => {
  it('mata con su propia gracia, no con la del Pod', () => {
    const cluster = testCluster();
    cluster.script(
      'web',
      deaf,
      { livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 1, terminationGracePeriodSeconds: 5 } },
      { terminationGracePeriodSeconds: 600 },
    );
    cluster.clock.advance(12_000);
    expect(cluster.pod('web')?.status?.containerStatuses?.[0]).toMatchObject({ restartCount: 1, lastState: { terminated: { exitCode: 137 } } });
  });

  it('deja de mirar cuando el Pod se está yendo; la de disponibilidad, no', () => {
    const closing = `
const { createServer } = require('http');
const server = createServer((_q, r) => r.end('hola')).listen(8080);
process.on('SIGTERM', () => server.close());
setInterval(() => {}, 1000);`;
    const probe = { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 2 };
    const cluster = testCluster();
    cluster.script('web', closing, { livenessProbe: probe, readinessProbe: probe }, { terminationGracePeriodSeconds: 60 });
    cluster.clock.advance(10_000);
    expect(cluster.isReady('web')).toBe(true);
    const failures = () => cluster.story('web').filter((line) => line.startsWith('Unhealthy: Liveness')).length;
    const before = failures();
    cluster.delete('web');
    cluster.clock.advance(10_000);
    expect(cluster.isReady('web')).toBe(false);
    expect(cluster.pod('web')?.status?.containerStatuses?.[0]?.restartCount).toBe(0);
    expect(failures()).toBe(before);
  });
});
