import { expect, test } from 'vitest';
import { createTestClient } from './api/test-client.ts';

test('un clúster recién creado ya trae el Service kubernetes, delante del plano de control', async () => {
  const { send } = createTestClient();
  expect((await send('GET', '/api/v1/namespaces/default/services/kubernetes')).body).toMatchObject({
    metadata: { labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { type: 'ClusterIP', clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }] },
  });
  expect((await send('GET', '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes')).body).toMatchObject({
    metadata: { labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    endpoints: [{ addresses: ['192.168.49.2'], conditions: { ready: true } }],
  });
});

test('los espacios de fábrica también reciben su cuenta default y la CA', async () => {
  const { maqueta, send } = createTestClient();
  maqueta.clock.advance(1000);
  const found = await Promise.all(
    ['default', 'kube-system'].flatMap((namespace) =>
      ['serviceaccounts/default', 'configmaps/kube-root-ca.crt'].map(async (path) => (await send('GET', `/api/v1/namespaces/${namespace}/${path}`)).status),
    ),
  );
  expect(found).toEqual([200, 200, 200, 200]);
});
