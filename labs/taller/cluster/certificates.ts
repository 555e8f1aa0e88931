import path from 'node:path';
import { execa } from 'execa';
import { allPlaces, apiService, clusterDomain, controlPlane } from './addresses.ts';
import type { Folders } from './folders.ts';

/** Lo que entiende `taller certificados` (labs/taller/go/taller/certificates.go). */
export interface CertificateRequest {
  name: string;
  commonName: string;
  organizations: readonly string[];
  /** Nombres DNS e IP; con alguno, el certificado también vale para servir. */
  names: readonly string[];
  /** Quién firma; vacío, es una CA. */
  authority: string;
}

const authority = (name: string, commonName: string): CertificateRequest => ({ name, commonName, organizations: [], names: [], authority: '' });

const client = (name: string, commonName: string, organizations: readonly string[] = []): CertificateRequest => ({
  name,
  commonName,
  organizations,
  names: [],
  authority: 'ca',
});

const apiNames = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${clusterDomain}`];

/** Los mismos sujetos que pone kubeadm: son los que el autorizador Node y los ClusterRoleBinding de fábrica reconocen. */
export const certificateRequests: readonly CertificateRequest[] = [
  authority('ca', 'taller-ca'),
  authority('front-proxy-ca', 'taller-front-proxy-ca'),
  { ...client('apiserver', 'kube-apiserver'), names: [...apiNames, 'localhost', '127.0.0.1', controlPlane, apiService] },
  client('apiserver-kubelet-client', 'kube-apiserver-kubelet-client', ['system:masters']),
  { ...client('front-proxy-client', 'front-proxy-client'), authority: 'front-proxy-ca' },
  client('admin', 'kubernetes-admin', ['system:masters']),
  client('kube-controller-manager', 'system:kube-controller-manager'),
  client('kube-scheduler', 'system:kube-scheduler'),
  client('kube-proxy', 'system:kube-proxy'),
  ...allPlaces.map(
    ({ name, address }): CertificateRequest => ({ ...client(`kubelet-${name}`, `system:node:${name}`, ['system:nodes']), names: [name, address] }),
  ),
];

export async function writeCertificates(binaries: string, { pki }: Folders): Promise<void> {
  await execa(path.join(binaries, 'taller'), ['certificados'], {
    input: JSON.stringify({ folder: pki, certificates: certificateRequests, keys: ['sa'] }),
  });
}
