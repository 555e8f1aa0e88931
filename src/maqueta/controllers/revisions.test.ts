import { expect, test } from 'vitest';
import { createTestClient } from '../api/test-client.ts';

test('la plantilla guardada lleva sus claves en orden, para quien la compara letra a letra', async () => {
  const { maqueta, send } = createTestClient();
  await send('POST', '/apis/apps/v1/namespaces/default/daemonsets', {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'web' },
    spec: {
      template: { spec: { restartPolicy: 'Always', containers: [{ name: 'app', image: 'nginx:1.30' }] }, metadata: { labels: { b: '1', a: '2' } } },
      selector: { matchLabels: { a: '2' } },
    },
  });
  maqueta.clock.advance(2000);
  const { body } = await send<{ items: { data: unknown }[] }>('GET', '/apis/apps/v1/namespaces/default/controllerrevisions');
  expect(JSON.stringify(body.items[0]?.data)).toBe(
    '{"spec":{"template":{"$patch":"replace","metadata":{"labels":{"a":"2","b":"1"}},"spec":{"containers":[{"image":"nginx:1.30","imagePullPolicy":"IfNotPresent","name":"app","resources":{},"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},"terminationGracePeriodSeconds":30}}}}',
  );
});
