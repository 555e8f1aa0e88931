import { nameOf } from '../object.ts';
import type { ConfigMap, Namespace, ServiceAccount } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

/** Cada espacio tiene su cuenta `default` y la CA del clúster. Sigue a pkg/controller/serviceaccount y a root-ca-cert-publisher. */
export function startServiceAccountController({ store, registry, clock }: World): void {
  const namespaces = store.collection<Namespace>('namespaces');
  const queue = createWorkQueue(clock, 10, (name) => {
    const namespace = namespaces.get('', name);
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    if (!store.collection('serviceaccounts').get(name, 'default')) {
      registry.create<ServiceAccount>('serviceaccounts', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } });
    }
    if (!store.collection('configmaps').get(name, 'kube-root-ca.crt')) {
      registry.create<ConfigMap>('configmaps', {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'kube-root-ca.crt',
          namespace: name,
          annotations: {
            'kubernetes.io/description':
              'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
          },
        },
        data: { 'ca.crt': 'La maqueta no usa certificados.\n' },
      });
    }
  });
  // Los espacios de fábrica ya están cuando esto arranca.
  for (const namespace of namespaces.list()) queue.add(nameOf(namespace));
  namespaces.onChange(({ object }) => queue.add(nameOf(object)));
  for (const key of ['serviceaccounts', 'configmaps']) {
    store.collection(key).onChange(({ type, object }) => {
      if (type === 'DELETED' && (object.metadata.name === 'default' || object.metadata.name === 'kube-root-ca.crt')) queue.add(object.metadata.namespace ?? '');
    });
  }
}
