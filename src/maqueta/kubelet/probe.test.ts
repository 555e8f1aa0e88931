import { describe, expect, it } from 'vitest';
import { testCluster } from './test-cluster.ts';

const server = (body: string) => `const { createServer } = require('node:http'); ${body}`;

describe('las sondas', () => {
  it('readiness: no está listo hasta que contesta, y cada fallo es un suceso', () => {
    const cluster = testCluster();
    cluster.script('web', server("setTimeout(() => createServer((_q, r) => r.end('ok')).listen(8080), 3000)"), {
      ports: [{ name: 'http', containerPort: 8080 }],
      readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 1 },
    });
    cluster.clock.advance(5000);
    expect(cluster.pod('web')?.status?.phase).toBe('Running');
    expect(cluster.isReady('web')).toBe(false);
    expect(cluster.story('web').at(-1)).toBe(
      'Unhealthy: Readiness probe failed: Get "http://10.244.0.2:8080/": dial tcp 10.244.0.2:8080: connect: connection refused',
    );
    cluster.clock.advance(4000);
    expect(cluster.isReady('web')).toBe(true);
  });

  it('readiness: deja de estar listo tras tres fallos seguidos, sin reiniciarse', () => {
    const cluster = testCluster();
    cluster.script('web', server('let n = 0; createServer((_q, r) => { n += 1; r.statusCode = n > 5 ? 500 : 200; r.end() }).listen(8080)'), {
      readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 },
    });
    cluster.clock.advance(6000);
    expect(cluster.isReady('web')).toBe(true);
    cluster.clock.advance(8000);
    expect(cluster.isReady('web')).toBe(false);
    expect(cluster.pod('web')?.status?.containerStatuses?.[0]?.restartCount).toBe(0);
    expect(cluster.story('web').at(-1)).toBe('Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 500');
  });

  it('liveness: reinicia el contenedor que deja de contestar', () => {
    const cluster = testCluster();
    cluster.script('web', server("createServer(() => {}).listen(8080); process.on('SIGTERM', () => process.exit(0))"), {
      livenessProbe: { httpGet: { port: 8080 }, periodSeconds: 2, failureThreshold: 2 },
    });
    cluster.clock.advance(12_000);
    expect(cluster.story('web')).toContain(
      'Unhealthy: Liveness probe failed: Get "http://10.244.0.2:8080/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    );
    expect(cluster.story('web')).toContain('Killing: Container app failed liveness probe, will be restarted');
    expect(cluster.pod('web')?.status?.containerStatuses?.[0]?.restartCount).toBe(1);
  });

  it('startup: las demás esperan a que pase', () => {
    const cluster = testCluster();
    cluster.shell('lento', 'sleep 8; touch /tmp/listo; sleep 1000', {
      startupProbe: { exec: { command: ['cat', '/tmp/listo'] }, periodSeconds: 1, failureThreshold: 30 },
      livenessProbe: { exec: { command: ['true'] } },
    });
    cluster.clock.advance(8000);
    expect(cluster.pod('lento')?.status?.containerStatuses?.[0]).toMatchObject({ started: false, ready: false });
    expect(cluster.story('lento').at(-1)).toBe("Unhealthy: Startup probe failed: cat: can't open '/tmp/listo': No such file or directory\n");
    cluster.clock.advance(8000);
    expect(cluster.pod('lento')?.status?.containerStatuses?.[0]).toMatchObject({ started: true, ready: true, restartCount: 0 });
  });

  it('tcpSocket: le basta con que alguien escuche', () => {
    const cluster = testCluster();
    cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30', readinessProbe: { tcpSocket: { port: 81 } } }] });
    cluster.clock.advance(6000);
    expect(cluster.isReady('web')).toBe(false);
    expect(cluster.story('web').at(-1)).toBe('Unhealthy: Readiness probe failed: dial tcp 10.244.0.2:81: connect: connection refused');
  });

  it('sobre un programa estable no cuestan nada en reposo, pero ven los cambios', () => {
    const cluster = testCluster();
    cluster.run('web', {
      containers: [{ name: 'app', image: 'nginx:1.30', readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 1, failureThreshold: 1 } }],
    });
    cluster.clock.advance(6000);
    expect(cluster.isReady('web')).toBe(true);
    expect(cluster.clock.next()).toBeUndefined();
    const pod = cluster.pod('web');
    if (pod) cluster.machines.runtime.exec(pod, 'app', ['rm', '/usr/share/nginx/html/index.html'], '', () => {});
    cluster.clock.advance(3000);
    expect(cluster.isReady('web')).toBe(false);
  });
});
