import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject, Target } from '../engine/ports.ts';
import { hasOpenssl, startTlsApi, type TlsApi } from '../testing/tls-api.ts';
import { openMinikubeTarget } from './minikube.ts';

describe.skipIf(!hasOpenssl)('un minikube con TLS y certificado de cliente', () => {
  let api: TlsApi;
  let target: Target | undefined;

  beforeAll(async () => {
    api = await startTlsApi();
  });
  afterEach(async () => {
    await target?.close();
    target = undefined;
  });
  afterAll(() => api.close());

  const open = async (ca: string, labels?: Record<string, string>) => {
    api.seen = [];
    const real = JSON.parse(await readFile(new URL('fixtures/nodes.json', import.meta.url), 'utf8')) as { items: KubeObject[] };
    api.nodes = labels ? real.items.map((node) => ({ ...node, metadata: { ...node.metadata, labels } })) : real.items;
    target = await openMinikubeTarget({ place: { KUBECONFIG: api.writeKubeconfig('minikube', { ca }), home: api.home }, run: async () => undefined });
    return target;
  };

  test('pasa la guarda, presenta su certificado y se nombra con su dirección', async () => {
    expect(await open('ca.crt')).toMatchObject({
      id: 'minikube',
      title: `minikube → ${api.url}`,
      serverVersion: 'v1.37.1',
      kubectlArguments: ['--context', 'minikube'],
    });
    expect(api.seen).toEqual(['/version client', '/api/v1 client', '/api/v1/nodes client']);
  });

  test('un suplantador con la dirección y los certificados en regla cae por la etiqueta de sus nodos', async () => {
    await expect(open('ca.crt', { 'kubernetes.io/hostname': 'kind' })).rejects.toThrow(
      'no es un minikube: su nodo «minikube» no lleva la etiqueta minikube.k8s.io/name=minikube.',
    );
  });

  test('un servidor que no presenta el certificado de esa CA se rechaza sin decirle nada', async () => {
    await expect(open('otra.crt')).rejects.toMatchObject({ code: 'ENVIRONMENT', canHeal: false });
    expect(api.seen).toEqual([]);
  });
});
