export type Group = 'cluster' | 'conformance' | 'load' | 'kwok';

/**
 * De dónde sale el código.
 * - Un módulo publicado se compila **en su propia carpeta** de la caché de módulos, con su go.mod y su go.sum: las mismas versiones que usó
 *   quien lo publicó, y valen también sus `replace`, que `go install módulo@versión` rechaza. `sum` es la suma del módulo entero, go.sum
 *   incluido, así que con ella queda atado hasta el último archivo sin guardar aquí un go.mod por herramienta.
 * - Una carpeta de `labs/taller/go`, con su go.mod y su go.sum en el repositorio.
 */
export type Source = { module: string; sum: string } | { folder: string };

/** Una pieza que se compila y se guarda entera: cambia de clave o se estropea toda a la vez. */
export interface Component {
  name: string;
  /** Como se dice en una frase: «Kubernetes», «los complementos CNI». */
  title: string;
  version: string;
  group: Group;
  license: string;
  source: Source;
  /** Paquetes principales. El ejecutable se llama como el final de la ruta. */
  packages: readonly string[];
  /** Este paquete es una batería: se compila con `go test -c` y da `NOMBRE.test`. */
  isTest?: boolean;
  /** Otros nombres del primer ejecutable: decide qué ser por cómo lo llaman. */
  aliases?: readonly string[];
  /** Dentro de la carpeta final, en esta otra. */
  into?: string;
  /** Enlaza con C: pide gcc. Lo demás va sin C y vale en una imagen vacía. */
  usesC?: boolean;
  /** Biblioteca de C, como la llama `pkg-config`. Se mira antes de compilar nada. */
  library?: { name: string; without: string };
  /** Etiquetas de compilación. */
  tags?: readonly string[];
  /** Variables que el enlazador rellena, como hace cada proyecto al publicar. */
  set?: Readonly<Record<string, string>>;
}

const kubernetes = '1.37.1';

// Sigue a kubernetes: hack/lib/version.sh. Sin esto, los nodos dirían «v0.0.0-master+$Format:%H$».
const kubernetesVersion = Object.fromEntries(
  ['k8s.io/client-go/pkg/version', 'k8s.io/component-base/version'].flatMap((place) => [
    [`${place}.gitVersion`, `v${kubernetes}`],
    [`${place}.gitMajor`, '1'],
    [`${place}.gitMinor`, '37'],
    [`${place}.gitTreeState`, 'clean'],
  ]),
);

const apache = 'Apache-2.0';

/** En orden: primero lo que más tarda, para que lo que comparten ya esté compilado. */
export const components: readonly Component[] = [
  {
    name: 'hyper',
    title: 'Kubernetes',
    version: kubernetes,
    group: 'cluster',
    license: apache,
    source: { folder: 'hyper' },
    packages: ['.'],
    aliases: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl'],
    set: kubernetesVersion,
  },
  {
    name: 'containerd',
    title: 'containerd',
    version: '2.4.2',
    group: 'cluster',
    license: apache,
    source: { module: 'github.com/containerd/containerd/v2', sum: 'h1:p6Qg+xbEz8lvwdhHDx0U469xENvp4LgGBx+E7djXkGw=' },
    packages: ['./cmd/containerd', './cmd/containerd-shim-runc-v2', './cmd/ctr'],
    set: { 'github.com/containerd/containerd/v2/version.Version': '2.4.2' },
  },
  {
    name: 'runc',
    title: 'runc',
    version: '1.5.2',
    group: 'cluster',
    license: apache,
    source: { module: 'github.com/opencontainers/runc', sum: 'h1:eUUowc2WJCnFYzI87C1WqRcu356Dk/wsoi90y+2wEfE=' },
    packages: ['.'],
    usesC: true,
    // containerd pone su perfil de seccomp a todo contenedor: sin ella, «seccomp: config provided but seccomp not supported» y ningún Pod arranca.
    library: { name: 'libseccomp', without: 'ningún Pod arrancaría' },
    tags: ['seccomp'],
  },
  {
    name: 'cni',
    title: 'los complementos CNI',
    version: '1.9.1',
    group: 'cluster',
    license: apache,
    source: { module: 'github.com/containernetworking/plugins', sum: 'h1:8oU6WsIsU3bpnNZuvHp74a6cE1MJwbj2P7s4/yTUNlA=' },
    packages: ['./plugins/main/bridge', './plugins/main/loopback', './plugins/ipam/host-local', './plugins/meta/portmap'],
    into: 'cni',
    set: { 'github.com/containernetworking/plugins/pkg/utils/buildversion.BuildVersion': 'v1.9.1' },
  },
  {
    name: 'coredns',
    title: 'CoreDNS',
    version: '1.15.0',
    group: 'cluster',
    license: apache,
    source: { module: 'github.com/coredns/coredns', sum: 'h1:OBT+OEyHVdUiVxPhrNlC5XZVq3RkSxzQXfZQ76gm5ck=' },
    packages: ['.'],
  },
  {
    name: 'local-path-provisioner',
    title: 'local-path-provisioner',
    version: '0.0.30',
    group: 'cluster',
    license: apache,
    source: { module: 'github.com/rancher/local-path-provisioner', sum: 'h1:OkiuofkCSscddl7tma/B9Ox1wu+JEVSrP7IcZI65Ggo=' },
    packages: ['.'],
    set: { 'main.VERSION': 'v0.0.30' },
  },
  {
    name: 'metrics-server',
    title: 'metrics-server',
    version: '0.9.0',
    group: 'cluster',
    license: apache,
    source: { module: 'sigs.k8s.io/metrics-server', sum: 'h1:nlqqZ2H0Xfko8eJC/1qaNVVT17hu4rxndkOi22KTZ4w=' },
    packages: ['./cmd/metrics-server'],
    set: { 'k8s.io/client-go/pkg/version.gitVersion': 'v0.9.0' },
  },
  {
    name: 'taller',
    title: 'el supervisor del taller',
    version: 'local',
    group: 'cluster',
    license: apache,
    source: { folder: 'taller' },
    packages: ['.'],
  },
  {
    name: 'e2e',
    title: 'la batería de conformidad',
    version: kubernetes,
    group: 'conformance',
    license: apache,
    source: { folder: 'hyper' },
    packages: ['k8s.io/kubernetes/test/e2e'],
    isTest: true,
    set: kubernetesVersion,
  },
  {
    name: 'agnhost',
    title: 'agnhost',
    version: '2.66.1',
    group: 'conformance',
    license: apache,
    source: { folder: 'hyper' },
    packages: ['k8s.io/kubernetes/test/images/agnhost'],
  },
  {
    name: 'fortio',
    title: 'fortio',
    // Las siguientes importan grol.io/grol, un intérprete que aquí nadie usa y que el espejo de módulos de Go puede negar (403).
    version: '1.68.0',
    group: 'load',
    license: apache,
    source: { module: 'fortio.org/fortio', sum: 'h1:2M9RuitiN+MgW6QlTJCHjW6PJLAPj/YCXegxSCLQ3rw=' },
    packages: ['.'],
  },
  {
    name: 'kwok',
    title: 'KWOK',
    version: '0.8.0',
    group: 'kwok',
    license: apache,
    source: { module: 'sigs.k8s.io/kwok', sum: 'h1:OTIOTwgROqPMovcTwxICx2eYQ4AwLpSx5EpjbDKF4SQ=' },
    packages: ['./cmd/kwok'],
  },
];

/** «Kubernetes 1.37.1»; lo que es de este repositorio no tiene número. */
export const titleOf = ({ title, version }: Component): string => (version === 'local' ? title : `${title} ${version}`);

/** Cómo se llama el ejecutable de cada paquete, igual que los llama Go. */
export function executablesOf({ packages, name, isTest, source }: Component): string[] {
  return packages.map((one) => {
    const place = one === '.' ? ('module' in source ? source.module : name) : one;
    const last =
      place
        .replace(/\/v\d+$/, '')
        .split('/')
        .at(-1) ?? name;
    return isTest ? `${last}.test` : last;
  });
}
