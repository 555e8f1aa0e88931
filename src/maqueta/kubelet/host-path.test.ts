import { describe, expect, it } from 'vitest';
import type { HostPathVolumeSource, Node } from '../schema/types.generated.ts';
import { testCluster } from './test-cluster.ts';

function start() {
  const cluster = testCluster();
  const on = (node: string, name: string, code: string, hostPath: HostPathVolumeSource, readOnly = false) => {
    const volumeMounts = [{ name: 'v', mountPath: '/v', readOnly }];
    cluster.shell(name, code, { volumeMounts }, { nodeName: node, volumes: [{ name: 'v', hostPath }], restartPolicy: 'Never' });
    cluster.clock.advance(8000);
    return cluster.logs(name);
  };
  return { ...cluster, on };
}

describe('hostPath', () => {
  it('lo escrito se queda en la máquina: lo lee otro Pod del mismo nodo y no el de otro', () => {
    const { on } = start();
    on('nodo1', 'uno', 'echo aquí > /v/nota', { path: '/srv/notas', type: 'DirectoryOrCreate' });
    expect(on('nodo1', 'dos', 'cat /v/notas/nota', { path: '/srv', type: 'Directory' })).toBe('aquí\n');
    expect(on('nodo2', 'tres', 'cat /v/notas/nota', { path: '/srv', type: 'Directory' })).toBe("cat: can't open '/v/notas/nota': No such file or directory\n");
  });

  it('de solo lectura se lee y no se escribe', () => {
    const { on } = start();
    expect(on('nodo1', 'p', 'cat /v/hostname; echo otro > /v/hostname; cat /v/hostname', { path: '/etc' }, true)).toBe(
      "nodo1\nsh: can't create /v/hostname: Read-only file system\nnodo1\n",
    );
  });

  it('un archivo suelto también se monta', () => {
    expect(start().on('nodo2', 'p', 'cat /v', { path: '/etc/hostname', type: 'File' })).toBe('nodo2\n');
  });

  it('cada máquina cuenta su memoria, lo que lleva encendida y con qué arranque: lo mismo que dice su objeto Node', () => {
    const { on, store, clock, machines } = start();
    const read = (name: string) => on('nodo1', name, 'cat /v/meminfo /v/uptime /v/sys/kernel/random/boot_id', { path: '/proc' }, true).split('\n');
    const bootId = () => store.collection<Node>('nodes').get('', 'nodo1')?.status?.nodeInfo?.bootID;
    const before = read('antes');
    expect(before[0]).toBe('MemTotal:        4194304 kB');
    expect(before[4]).toBe(bootId());
    clock.advance(100_000);
    machines.powerOff('nodo1');
    clock.advance(1000);
    machines.powerOn('nodo1');
    clock.advance(5000);
    const after = read('después');
    expect(after[4]).toBe(bootId());
    expect(after[4]).not.toBe(before[4]);
    expect(Number.parseFloat(after[3] ?? '')).toBeLessThan(15);
  });

  it('los registros de los Pods de un nodo están en /var/log/pods, y los de otro no', () => {
    const cluster = start();
    cluster.shell('hablador', 'echo hola; echo ay >&2; sleep 1000', {}, { nodeName: 'nodo1' });
    cluster.clock.advance(8000);
    const folder = `tienda_hablador_${cluster.pod('hablador')?.metadata.uid}`;
    expect(cluster.on('nodo1', 'uno', `ls /v; cat /v/${folder}/app/0.log`, { path: '/var/log/pods' }, true)).toMatch(
      new RegExp(`^${folder}\\ntienda_uno_\\S+\\n2026-\\S+Z stdout F hola\\n2026-\\S+Z stderr F ay\\n$`),
    );
    expect(cluster.on('nodo2', 'dos', 'ls /v', { path: '/var/log/pods' }, true)).toMatch(/^tienda_dos_\S+\n$/);
  });

  it.each<[HostPathVolumeSource['type'], string, string]>([
    ['Directory', '/no-está', 'hostPath type check failed, /no-está is not a directory, unable to determine its type: path "/no-está" does not exist'],
    ['Directory', '/etc/hostname', "hostPath type check failed: /etc/hostname is not a directory, it's a File"],
    ['File', '/etc', "hostPath type check failed: /etc is not a file, it's a Directory"],
    ['Socket', '/etc', "hostPath type check failed: /etc is not a socket file, it's a Directory"],
  ])('de tipo %s, %s no se monta y el kubelet dice por qué', (type, path, why) => {
    const cluster = start();
    cluster.shell('p', 'echo', { volumeMounts: [{ name: 'v', mountPath: '/v' }] }, { volumes: [{ name: 'v', hostPath: { path, ...(type ? { type } : {}) } }] });
    cluster.clock.advance(3000);
    expect(cluster.state('p')).toBe('ContainerCreating');
    expect(cluster.story('p')[0]).toBe(`FailedMount: MountVolume.SetUp failed for volume "v" : ${why}`);
  });
});
