import { defaultPath, type Entry, type Recipe } from '../recipe.ts';
import { busyboxLayers } from './small-base.ts';

/** Lo que trae una imagen «distroless»: cuentas y una carpeta temporal, y nada que ejecutar. */
const bareSystem: Readonly<Record<string, Entry>> = {
  '/etc/passwd': {
    text: [
      'root:x:0:0:root:/root:/sbin/nologin',
      'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin',
      'nonroot:x:65532:65532:nonroot:/home:/sbin/nologin',
      '',
    ].join('\n'),
  },
  '/etc/group': { text: ['root:x:0:', 'nobody:x:65534:', 'nonroot:x:65532:', ''].join('\n') },
  '/tmp': { folder: true, mode: 0o1777 },
};

/**
 * Imita: `/coredns`, usuario 65532, puertos 53.
 * Difiere: sin `cap_net_bind_service` en el archivo; containerd ya deja a cualquiera abrir el puerto 53 (`enable_unprivileged_ports`).
 */
export const coredns: Recipe = {
  names: ['coredns/coredns:1.15.0', 'registry.k8s.io/coredns/coredns:v1.15.0'],
  layers: [
    { kind: 'files', entries: bareSystem },
    { kind: 'binary', binary: 'coredns', path: '/coredns' },
  ],
  config: { Env: [defaultPath], User: '65532:65532', WorkingDir: '/', ExposedPorts: ['53/tcp', '53/udp'], Entrypoint: ['/coredns'] },
  from: ({ coredns: version }) => `CoreDNS ${version}, compilado de su módulo de Go, sin nada debajo`,
};

/** Imita: el programa en el PATH y un `sh`; con esta misma imagen crea las carpetas de cada volumen. */
export const localPathProvisioner: Recipe = {
  names: ['rancher/local-path-provisioner:v0.0.30'],
  layers: [...busyboxLayers, { kind: 'binary', binary: 'local-path-provisioner', path: '/usr/bin/local-path-provisioner' }],
  config: { Env: [defaultPath], Cmd: ['local-path-provisioner'] },
  from: ({ 'local-path-provisioner': version, 'busybox-static': busybox }) =>
    `local-path-provisioner ${version}, compilado de su módulo de Go, sobre busybox ${busybox} de Debian`,
};

/** Imita: `/metrics-server` y usuario 65534. Necesita escribir en /tmp, que el manifiesto oficial monta. */
export const metricsServer: Recipe = {
  names: ['registry.k8s.io/metrics-server/metrics-server:v0.9.0'],
  layers: [
    { kind: 'files', entries: bareSystem },
    { kind: 'binary', binary: 'metrics-server', path: '/metrics-server' },
  ],
  config: { Env: [defaultPath], User: '65534', Entrypoint: ['/metrics-server'] },
  from: ({ 'metrics-server': version }) => `metrics-server ${version}, compilado de su módulo de Go, sin nada debajo`,
};

/** Imita: el binario en /usr/bin, los puertos y las carpetas. Sirve para contrastar la sonda. */
export const fortio: Recipe = {
  names: ['fortio/fortio:1.68.0'],
  layers: [
    { kind: 'files', entries: { '/etc/fortio': { folder: true } } },
    { kind: 'binary', binary: 'fortio', path: '/usr/bin/fortio' },
  ],
  config: {
    Env: [defaultPath],
    Entrypoint: ['/usr/bin/fortio'],
    Cmd: ['server', '-config-dir', '/etc/fortio'],
    WorkingDir: '/var/lib/fortio',
    ExposedPorts: ['8078/tcp', '8079/tcp', '8080/tcp', '8081/tcp'],
    Volumes: ['/etc/fortio', '/var/lib/fortio'],
  },
  from: ({ fortio: version }) => `fortio ${version}, compilado de su módulo de Go, sin nada debajo`,
};
