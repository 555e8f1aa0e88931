import { expect, it } from 'vitest';
import { readAddons } from './addons.ts';
import { urlOf } from './api.ts';

it.each([
  [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' } }, '/api/v1/namespaces/kube-system/configmaps/coredns'],
  [{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'local-path' } }, '/apis/storage.k8s.io/v1/storageclasses/local-path'],
  [
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:a' } },
    '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Aa',
  ],
])('$kind va a su ruta', (manifest, url) => expect(urlOf(manifest)).toBe(url));

it('los complementos tienen lo que el taller promete: DNS, almacenamiento por defecto, métricas y quien dé dirección a un LoadBalancer', async () => {
  const manifests = await readAddons();
  const named = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(named).toEqual(expect.arrayContaining(['Service kube-dns', 'StorageClass local-path', 'APIService v1beta1.metrics.k8s.io', 'Deployment balanceador']));
});
