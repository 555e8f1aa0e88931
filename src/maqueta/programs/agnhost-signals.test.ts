import { expect, test } from 'vitest';
import { testCluster } from '../kubelet/test-cluster.ts';

function secondsToGo(command: string): number {
  const cluster = testCluster();
  cluster.run('web-0', { containers: [{ name: 'app', image: 'registry.k8s.io/e2e-test-images/agnhost:2.66.1', args: [command] }] });
  cluster.clock.advance(10_000);
  const start = cluster.clock.now();
  cluster.delete('web-0');
  while (cluster.pod('web-0')) cluster.clock.advance(100);
  return (cluster.clock.now() - start) / 1000;
}

test('test-webserver no atiende SIGTERM, pero es de Go: se va con ella y no agota su gracia', () => {
  expect(secondsToGo('test-webserver')).toBeLessThan(3);
});

test('serve-hostname la atiende para no irse: se le acaba la gracia', () => {
  expect(secondsToGo('serve-hostname')).toBeGreaterThan(30);
});
