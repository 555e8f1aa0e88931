import { expect, test } from 'vitest';
import { testCluster } from '../kubelet/test-cluster.ts';
import type { ContainerPort, Node } from '../schema/types.generated.ts';
import type { HttpOutcome } from './network.ts';

const code = `const http = require('node:http'); http.createServer((q, r) => r.end('servidor')).listen(8080)`;

/** Un servidor en nodo1 con esos puertos, y lo que contesta el nodo que se diga en ese puerto suyo. */
function start(ports: ContainerPort[]) {
  const cluster = testCluster();
  cluster.script('servidor', code, { ports });
  cluster.clock.advance(12_000);
  const addressOf = (node: string) =>
    cluster.store
      .collection<Node>('nodes')
      .get('', node)
      ?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  const ask = (node: string, port: number) => {
    let outcome: HttpOutcome | undefined;
    const request = { method: 'GET', path: '/', headers: {}, body: '' };
    cluster.network.request({ node: 'nodo2' }, addressOf(node), port, request, 1000, (result) => {
      outcome = result;
    });
    cluster.clock.advance(1001);
    return outcome?.kind === 'response' ? outcome.response.body : outcome?.error;
  };
  return { ...cluster, ask, addressOf };
}

test('quien llama al puerto del nodo llega al Pod, y solo en su nodo', () => {
  const { ask } = start([{ containerPort: 8080, hostPort: 30080 }]);
  expect([ask('nodo1', 30080), ask('nodo2', 30080), ask('nodo1', 8080)]).toEqual(['servidor', 'ECONNREFUSED', 'ECONNREFUSED']);
});

test('con hostIP, solo por esa dirección', () => {
  expect(start([{ containerPort: 8080, hostPort: 30080, hostIP: '127.0.0.1' }]).ask('nodo1', 30080)).toBe('ECONNREFUSED');
  expect(start([{ containerPort: 8080, hostPort: 30080, hostIP: start([]).addressOf('nodo1') }]).ask('nodo1', 30080)).toBe('servidor');
});

test('cuando el Pod se va, el puerto se queda sin nadie', () => {
  const cluster = start([{ containerPort: 8080, hostPort: 30080 }]);
  cluster.delete('servidor', 1);
  cluster.clock.advance(10_000);
  expect(cluster.ask('nodo1', 30080)).toBe('ECONNREFUSED');
});
