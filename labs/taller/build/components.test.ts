import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { components, executablesOf, titleOf } from './components.ts';
import { realPlace } from './place.ts';

it('cada ejecutable, con el nombre que espera quien lo usa', () => {
  const names = components.map((one) => [
    one.group,
    titleOf(one),
    [...executablesOf(one), ...(one.aliases ?? [])].map((name) => path.join(one.into ?? '', name)).join(' '),
  ]);
  expect(names).toMatchInlineSnapshot(`
    [
      [
        "cluster",
        "Kubernetes 1.37.1",
        "hyper etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl",
      ],
      [
        "cluster",
        "containerd 2.4.2",
        "containerd containerd-shim-runc-v2 ctr",
      ],
      [
        "cluster",
        "runc 1.5.2",
        "runc",
      ],
      [
        "cluster",
        "los complementos CNI 1.9.1",
        "cni/bridge cni/loopback cni/host-local cni/portmap",
      ],
      [
        "cluster",
        "CoreDNS 1.15.0",
        "coredns",
      ],
      [
        "cluster",
        "local-path-provisioner 0.0.30",
        "local-path-provisioner",
      ],
      [
        "cluster",
        "metrics-server 0.9.0",
        "metrics-server",
      ],
      [
        "cluster",
        "el supervisor del taller",
        "taller",
      ],
      [
        "conformance",
        "la batería de conformidad 1.37.1",
        "e2e.test",
      ],
      [
        "conformance",
        "agnhost 2.66.1",
        "agnhost",
      ],
      [
        "load",
        "fortio 1.68.0",
        "fortio",
      ],
      [
        "kwok",
        "KWOK 0.8.0",
        "kwok",
      ],
    ]
  `);
});

it('lo que es una carpeta del repositorio tiene su go.mod', () => {
  const folders = components.flatMap(({ source }) => ('folder' in source ? [source.folder] : []));
  expect(folders.filter((folder) => !existsSync(path.join(realPlace().goFolder, folder, 'go.mod')))).toEqual([]);
});

it('lo que se baja lleva su suma', () => {
  const sums = components.flatMap(({ source }) => ('module' in source ? [source.sum] : []));
  expect(sums.filter((sum) => !/^h1:[A-Za-z0-9+/]{43}=$/.test(sum))).toEqual([]);
});
