import { expect, test } from 'vitest';
import { testCluster } from '../kubelet/test-cluster.ts';
import type { HttpResponse } from '../network/network.ts';

const image = 'registry.k8s.io/e2e-test-images/agnhost:2.66.1';

function start(args?: string[]) {
  const cluster = testCluster();
  cluster.run('web-0', { containers: [{ name: 'app', image, ...(args ? { args } : {}) }] });
  cluster.clock.advance(10_000);
  const ask = (port: number, path: string) => {
    let answer: HttpResponse | string = 'nada';
    const origin = { node: 'nodo1', namespace: 'tienda' };
    const request = { method: 'GET', path, headers: {}, body: '' };
    cluster.network.request(origin, cluster.pod('web-0')?.status?.podIP ?? '', port, request, 1000, (outcome) => {
      answer = outcome.kind === 'response' ? outcome.response : outcome.error;
    });
    cluster.clock.advance(1000);
    return typeof answer === 'string' ? answer : [(answer as HttpResponse).status, (answer as HttpResponse).body];
  };
  return { ...cluster, ask };
}

test.each([[undefined], [[]]])('sin argumentos (%j), pause: espera, y al irse deja dicho por qué', (args) => {
  const cluster = start(args);
  expect(cluster.logs('web-0')).toBe('Paused\nSignals registered\n');
  cluster.delete('web-0');
  cluster.clock.advance(500);
  expect(cluster.logs('web-0')).toBe('Paused\nSignals registered\nexiting because of signal "terminated"\n');
});

test('serve-hostname dice el nombre de su Pod en el 9376, o donde se le mande', () => {
  expect(start(['serve-hostname']).ask(9376, '/')).toEqual([200, 'web-0']);
  expect(start(['serve-hostname', '--port=8080']).ask(8080, '/lo/que/sea')).toEqual([200, 'web-0']);
  expect(start(['serve-hostname', '--port', '8080']).ask(9376, '/')).toBe('ECONNREFUSED');
});

test.each([
  ['/localhost.crt', [200, 'La maqueta no usa certificados.\n']],
  ['/nada', [404, '404 page not found\n']],
])('test-webserver sirve los archivos de su contenedor: %s', (path, expected) => {
  expect(start(['test-webserver']).ask(80, path)).toEqual(expected);
});

test('una orden que la maqueta no tiene acaba con 1 y lo dice', () => {
  const cluster = start(['netexec']);
  expect(cluster.state('web-0')).toBe('Error');
  expect(cluster.logs('web-0')).toBe('Error: la maqueta no tiene la orden «netexec» de agnhost; tiene pause, serve-hostname, test-webserver\n');
});
