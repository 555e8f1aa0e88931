import { expect, it } from 'vitest';
import { certificateRequests } from './certificates.ts';

it('quien firma va delante de lo que firma, y ningún nombre se repite', () => {
  const seen = new Set<string>();
  for (const { name, authority } of certificateRequests) {
    if (authority !== '') expect(seen).toContain(authority);
    expect(seen).not.toContain(name);
    seen.add(name);
  }
});

it('el autorizador Node solo reconoce a un kubelet por su grupo y su nombre', () => {
  const kubelets = certificateRequests.filter(({ name }) => name.startsWith('kubelet-'));
  expect(kubelets).toHaveLength(9);
  for (const { name, commonName, organizations, names } of kubelets) {
    expect(commonName).toBe(`system:node:${name.slice('kubelet-'.length)}`);
    expect(organizations).toEqual(['system:nodes']);
    expect(names[1]).toMatch(/^192\.168\.77\.1\d$/);
  }
});

it('el certificado del API vale para la máquina (127.0.0.1) y para los Pods (su Service)', () =>
  expect(certificateRequests.find(({ name }) => name === 'apiserver')?.names).toEqual(
    expect.arrayContaining(['127.0.0.1', 'localhost', '192.168.77.1', '10.96.0.1', 'kubernetes.default.svc.cluster.local']),
  ));
