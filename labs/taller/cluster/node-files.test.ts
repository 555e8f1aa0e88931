import { expect, it } from 'vitest';
import { nodePlace } from './addresses.ts';
import { foldersOf } from './folders.ts';
import { nodeFiles } from './node-files.ts';
import { nodeSpec } from './node-spec.ts';

const folders = foldersOf('/cache');
const files = (bytes: number, cpus = 2) => nodeFiles({ folders, place: nodePlace(2), binaries: '/bin', isCgroupV1: false, machine: { cpus, bytes } });
const kubelet = (bytes: number, cpus?: number) => JSON.parse(files(bytes, cpus)['kubelet.yaml'] ?? '') as { systemReserved: unknown; failCgroupV1?: boolean };
const gibi = 1024 ** 3;

it('cada nodo ofrece 1 CPU y 3,5 GiB: lo demás de la máquina se declara reservado', () => {
  expect(kubelet(24 * gibi).systemReserved).toEqual({ cpu: '1', memory: `${20.5 * 1024 * 1024}Ki` });
  expect(kubelet(64 * gibi, 16).systemReserved).toEqual({ cpu: '15', memory: `${60.5 * 1024 * 1024}Ki` });
});

it('en una máquina más pequeña que eso no reserva nada, en vez de pedir memoria negativa', () =>
  expect(kubelet(2 * gibi, 1).systemReserved).toEqual({ cpu: '0', memory: '0Ki' }));

it('failCgroupV1 solo se apaga en cgroup v1: en v2 es una opción que sobra', () => {
  expect(kubelet(gibi).failCgroupV1).toBeUndefined();
  const v1 = nodeFiles({ folders, place: nodePlace(1), binaries: '/bin', isCgroupV1: true });
  expect(JSON.parse(v1['kubelet.yaml'] ?? '').failCgroupV1).toBe(false);
});

it('un nodo llega a los Pods de todos los demás y no a los suyos por la red', () => {
  const { routes, cgroup } = nodeSpec(folders, nodePlace(2), '/bin');
  expect(routes).toHaveLength(8);
  expect(routes).toContainEqual({ to: '10.244.1.0/24', via: '192.168.77.11' });
  expect(routes.map(({ to }) => to)).not.toContain('10.244.2.0/24');
  expect(cgroup).toMatch(/^\/bitacora-[0-9a-f]{8}\/nodo2$/);
});

it('dos cachés, dos carpetas de cgroup: dos talleres no se pisan', () => expect(foldersOf('/a').cgroup).not.toBe(foldersOf('/b').cgroup));
