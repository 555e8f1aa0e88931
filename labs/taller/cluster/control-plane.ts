import path from 'node:path';
import { apiPort, clusterDomain, controlPlane, serviceNetwork } from './addresses.ts';
import type { Folders } from './folders.ts';
import { kubeconfigOf } from './kubeconfig.ts';

/** Un proceso que el pid 1 vuelve a lanzar si acaba. */
export interface Process {
  name: string;
  argv: readonly string[];
  env: readonly string[];
}

interface ControlPlaneOptions {
  folders: Folders;
  /** Carpeta de los binarios. */
  binaries: string;
  /** En memoria: nada de un clúster de laboratorio merece sobrevivir a un apagón. */
  etcdData: string;
}

const flags = (values: Readonly<Record<string, string>>): string[] => Object.entries(values).map(([name, value]) => `--${name}=${value}`);

export function controlPlaneProcesses({ folders, binaries, etcdData }: ControlPlaneOptions): Process[] {
  const pki = (name: string) => path.join(folders.pki, name);
  const component = (name: string, values: Readonly<Record<string, string>>): Process => ({
    name,
    argv: [path.join(binaries, name), ...flags(values)],
    env: [],
  });
  // Antes moriría tres veces, y a la cuarta esperaría un segundo entero a que /healthz dijera que sí.
  const whenReady = ({ name, argv, env }: Process): Process => ({
    name,
    argv: [path.join(binaries, 'taller'), 'cuando', `https://127.0.0.1:${apiPort}/readyz`, pki('ca.crt'), ...argv],
    env,
  });
  const withKubeconfig = (name: string) => {
    const kubeconfig = kubeconfigOf(folders, name);
    return { kubeconfig, 'authentication-kubeconfig': kubeconfig, 'authorization-kubeconfig': kubeconfig };
  };
  return [
    component('etcd', {
      name: 'control',
      'data-dir': etcdData,
      'listen-client-urls': 'http://127.0.0.1:2379',
      'advertise-client-urls': 'http://127.0.0.1:2379',
      'listen-peer-urls': 'http://127.0.0.1:2380',
      'initial-advertise-peer-urls': 'http://127.0.0.1:2380',
      'initial-cluster': 'control=http://127.0.0.1:2380',
      'unsafe-no-fsync': 'true',
      'log-level': 'warn',
    }),
    component('kube-apiserver', {
      'advertise-address': controlPlane,
      'bind-address': '0.0.0.0',
      'secure-port': String(apiPort),
      'etcd-servers': 'http://127.0.0.1:2379',
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'allow-privileged': 'true',
      'service-cluster-ip-range': serviceNetwork,
      'client-ca-file': pki('ca.crt'),
      'tls-cert-file': pki('apiserver.crt'),
      'tls-private-key-file': pki('apiserver.key'),
      'kubelet-certificate-authority': pki('ca.crt'),
      'kubelet-client-certificate': pki('apiserver-kubelet-client.crt'),
      'kubelet-client-key': pki('apiserver-kubelet-client.key'),
      'kubelet-preferred-address-types': 'InternalIP',
      'service-account-issuer': `https://kubernetes.default.svc.${clusterDomain}`,
      'service-account-key-file': pki('sa.pub'),
      'service-account-signing-key-file': pki('sa.key'),
      'requestheader-client-ca-file': pki('front-proxy-ca.crt'),
      'requestheader-allowed-names': 'front-proxy-client',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-username-headers': 'X-Remote-User',
      'proxy-client-cert-file': pki('front-proxy-client.crt'),
      'proxy-client-key-file': pki('front-proxy-client.key'),
      // El plano de control no tiene kube-proxy: a los Pods de una APIService se llega por su IP.
      'enable-aggregator-routing': 'true',
    }),
    whenReady(
      component('kube-controller-manager', {
        ...withKubeconfig('kube-controller-manager'),
        'leader-elect': 'false',
        'use-service-account-credentials': 'true',
        'root-ca-file': pki('ca.crt'),
        'service-account-private-key-file': pki('sa.key'),
        'cluster-signing-cert-file': pki('ca.crt'),
        'cluster-signing-key-file': pki('ca.key'),
        // De fábrica son 50 s y 5 s: un laboratorio que apaga un nodo esperaría de más. Se dice en la página del taller.
        'node-monitor-grace-period': '20s',
        'node-monitor-period': '2s',
        // Con el cupo de fábrica (20 por segundo), pedir un token por controlador cuesta cinco segundos de arranque.
        'kube-api-qps': '300',
        'kube-api-burst': '600',
        // Para que un HPA se vea en un minuto y no en cinco.
        'horizontal-pod-autoscaler-sync-period': '5s',
        'horizontal-pod-autoscaler-initial-readiness-delay': '5s',
        'horizontal-pod-autoscaler-cpu-initialization-period': '10s',
      }),
    ),
    component('kube-scheduler', { ...withKubeconfig('kube-scheduler'), 'leader-elect': 'false' }),
  ];
}
