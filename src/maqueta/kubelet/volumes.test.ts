import { describe, expect, it } from 'vitest';
import type { PersistentVolume, PersistentVolumeClaim, Secret, Volume } from '../schema/types.generated.ts';
import { testCluster } from './test-cluster.ts';

function start() {
  const cluster = testCluster();
  const write = (name: string, code: string, volume: Omit<Volume, 'name'>, mount: { subPath?: string; mountPath?: string } = {}) => {
    cluster.shell(name, code, { volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }, { volumes: [{ name: 'v', ...volume }], restartPolicy: 'Never' });
    cluster.clock.advance(8000);
  };
  return { ...cluster, write };
}

function bindDisk({ store }: ReturnType<typeof testCluster>) {
  store.put<PersistentVolume>('persistentvolumes', {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pv-1', uid: 'u-pv-1' },
    spec: { hostPath: { path: '/x' } },
  });
  store.put<PersistentVolumeClaim>('persistentvolumeclaims', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'disco', namespace: 'tienda' },
    spec: { volumeName: 'pv-1' },
    status: { phase: 'Bound' },
  });
}
const disk = { persistentVolumeClaim: { claimName: 'disco' } };

describe('los volúmenes', () => {
  it('un PVC espera a estar enlazado', () => {
    const cluster = start();
    cluster.write('p', 'echo', disk);
    expect(cluster.state('p')).toBe('ContainerCreating');
    bindDisk(cluster);
    cluster.clock.advance(15_000);
    expect(cluster.pod('p')?.status?.phase).toBe('Succeeded');
  });

  it('lo escrito en un PersistentVolume sobrevive al Pod; lo de un emptyDir, no', () => {
    const cluster = start();
    bindDisk(cluster);
    cluster.write('uno', 'echo queda > /v/nota', disk);
    cluster.write('dos', 'cat /v/nota', disk);
    expect(cluster.logs('dos')).toBe('queda\n');
    cluster.write('tres', 'echo no > /v/nota', { emptyDir: {} });
    cluster.write('cuatro', 'cat /v/nota', { emptyDir: {} });
    expect(cluster.logs('cuatro')).toBe("cat: can't open '/v/nota': No such file or directory\n");
  });

  it('borrar el PersistentVolume borra lo que tenía', () => {
    const cluster = start();
    bindDisk(cluster);
    cluster.write('uno', 'echo queda > /v/nota', disk);
    cluster.store.remove('persistentvolumes', '', 'pv-1');
    bindDisk(cluster);
    cluster.write('dos', 'ls /v', disk);
    expect(cluster.logs('dos')).toBe('');
  });

  it('un emptyDir sobrevive al reinicio del contenedor', () => {
    const cluster = start();
    cluster.shell(
      'p',
      'echo vida >> /v/nota; cat /v/nota; [ $(cat /v/nota | wc -l) = 2 ]',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', emptyDir: {} }], restartPolicy: 'OnFailure' },
    );
    cluster.clock.advance(15_000);
    expect(cluster.pod('p')?.status?.phase).toBe('Succeeded');
    expect(cluster.logs('p')).toBe('vida\nvida\n');
  });

  it('en un emptyDir de memoria no cabe más de lo dicho, y lo escrito cuenta como memoria', () => {
    const cluster = start();
    cluster.write('p', 'echo 12345 > /v/a && echo 1 > /v/b; ls /v', { emptyDir: { medium: 'Memory', sizeLimit: '6' } });
    expect(cluster.logs('p')).toBe('sh: write error: No space left on device\na\nb\n');
    cluster.script(
      'gordo',
      "const fs = require('fs'); fs.writeFileSync('/v/a', 'x'.repeat(40 * 1024 * 1024)); setTimeout(() => {}, 1000)",
      { resources: { limits: { memory: '64Mi' } }, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', emptyDir: { medium: 'Memory' } }], restartPolicy: 'Never' },
    );
    cluster.clock.advance(8000);
    expect(cluster.state('gordo')).toBe('OOMKilled');
  });

  it('un Secret se monta descifrado y solo para leer', () => {
    const cluster = start();
    cluster.store.put<Secret>('secrets', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'tienda' }, data: { clave: btoa('abc') } });
    cluster.write('p', 'cat /v/clave; echo; echo x > /v/otra', { secret: { secretName: 's' } });
    expect(cluster.logs('p')).toBe("abc\nsh: can't create /v/otra: Read-only file system\n");
  });

  it('projected junta varias fuentes y downwardAPI cuenta lo del Pod', () => {
    const cluster = start();
    cluster.configMap('c', { a: 'A', b: 'B' });
    cluster.write('p', 'ls /v /v/x; cat /v/nombre /v/ip', {
      projected: {
        sources: [
          { configMap: { name: 'c', items: [{ key: 'a', path: 'x/a' }] } },
          {
            downwardAPI: {
              items: [
                { path: 'nombre', fieldRef: { fieldPath: 'metadata.name' } },
                { path: 'ip', fieldRef: { fieldPath: 'status.podIP' } },
              ],
            },
          },
        ],
      },
    });
    expect(cluster.logs('p')).toBe('ip\nnombre\nx\na\np10.244.0.2');
  });

  it('subPath monta una parte', () => {
    const cluster = start();
    cluster.configMap('c', { 'app.conf': 'valor', otra: 'x' });
    cluster.write('p', 'cat /etc/app.conf; ls /etc', { configMap: { name: 'c' } }, { mountPath: '/etc/app.conf', subPath: 'app.conf' });
    expect(cluster.logs('p')).toContain('valor');
    expect(cluster.logs('p')).not.toContain('otra');
  });

  it('un cambio en la ConfigMap se ve dentro del Pod, pero no enseguida', () => {
    const cluster = start();
    const map = cluster.configMap('c', { color: 'rojo\n' });
    cluster.shell(
      'p',
      'while true; do cat /v/color; sleep 1; done',
      { volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', configMap: { name: 'c' } }] },
    );
    cluster.clock.advance(8000);
    cluster.world.registry.update('configmaps', { ...map, data: { color: 'azul\n' } });
    cluster.clock.advance(900);
    expect(cluster.logs('p', { tailLines: 1 })).toBe('rojo\n');
    cluster.clock.advance(61_000);
    expect(cluster.logs('p', { tailLines: 1 })).toBe('azul\n');
  });

  it('con readOnlyRootFilesystem solo se escribe en lo montado', () => {
    const cluster = start();
    cluster.shell(
      'p',
      'echo x > /tmp/a; echo y > /v/a; cat /v/a',
      { securityContext: { readOnlyRootFilesystem: true }, volumeMounts: [{ name: 'v', mountPath: '/v' }] },
      { volumes: [{ name: 'v', emptyDir: {} }], restartPolicy: 'Never' },
    );
    cluster.clock.advance(8000);
    expect(cluster.logs('p')).toBe("sh: can't create /tmp/a: Read-only file system\ny\n");
  });

  it('lo que el proceso deja en /dev/termination-log queda en su estado', () => {
    const cluster = start();
    cluster.write('p', 'echo -n sin disco > /dev/termination-log; exit 2', { emptyDir: {} });
    expect(cluster.pod('p')?.status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 2, message: 'sin disco' });
  });
});

describe('la misma semilla', () => {
  it('da la misma historia, byte a byte', () => {
    const story = (seed: number) => {
      const cluster = testCluster({ seed });
      cluster.run('web', { containers: [{ name: 'app', image: 'nginx:1.30' }] });
      cluster.shell('cae', 'exit 1');
      cluster.clock.advance(300_000);
      return JSON.stringify([...cluster.store.collection('pods').list(), ...cluster.told]);
    };
    expect(story(5)).toBe(story(5));
    expect(story(5)).not.toBe(story(6));
  });
});
