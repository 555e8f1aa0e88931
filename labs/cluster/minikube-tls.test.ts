import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { KubeObject, Target } from '../engine/ports.ts';
import { openMinikubeTarget } from './minikube.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Un servidor TLS con su propia CA y certificado de cliente obligatorio, como el de minikube. */
describe.skipIf(!hasOpenssl)('un minikube con TLS y certificado de cliente', () => {
  let home: string;
  let server: https.Server;
  let nodes: KubeObject[];
  let seen: { path: string; client: string }[];
  let target: Target | undefined;

  beforeAll(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'bitacora-tls-'));
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: home, stdio: 'pipe' });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    for (const ca of ['ca', 'otra']) openssl('req', '-x509', ...key, '-keyout', `${ca}.key`, '-out', `${ca}.crt`, '-days', '2', '-subj', `/CN=${ca}`);
    for (const name of ['server', 'client']) {
      openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      writeFileSync(path.join(home, 'san'), 'subjectAltName=IP:127.0.0.1');
      openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-out', `${name}.crt`, '-days', '2', '-extfile', 'san');
    }
    const file = (name: string) => readFileSync(path.join(home, name));
    const api: Record<string, () => object> = {
      '/version': () => ({ gitVersion: 'v1.37.1' }),
      '/api/v1': () => ({ resources: [{ name: 'nodes', kind: 'Node', namespaced: false }] }),
      '/api/v1/nodes': () => ({ items: nodes, metadata: { resourceVersion: '1' } }),
    };
    server = https.createServer(
      { cert: file('server.crt'), key: file('server.key'), ca: file('ca.crt'), requestCert: true, rejectUnauthorized: true },
      (request, response) => {
        seen.push({ path: request.url ?? '', client: String((request.socket as TLSSocket).getPeerCertificate().subject.CN) });
        response.end(JSON.stringify(api[request.url ?? '']?.() ?? {}));
      },
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await target?.close();
    target = undefined;
  });

  afterAll(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    rmSync(home, { recursive: true });
  });

  const open = async (ca: string, labels?: Record<string, string>) => {
    seen = [];
    const real = JSON.parse(await readFile(new URL('fixtures/nodes.json', import.meta.url), 'utf8')) as { items: KubeObject[] };
    nodes = labels ? real.items.map((node) => ({ ...node, metadata: { ...node.metadata, labels } })) : real.items;
    const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const user = { 'client-certificate': 'client.crt', 'client-key': 'client.key' };
    const context = { name: 'minikube', context: { cluster: 'minikube', user: 'minikube' } };
    const cluster = { name: 'minikube', cluster: { server: address, 'certificate-authority': ca } };
    writeFileSync(path.join(home, 'config'), stringify({ contexts: [context], clusters: [cluster], users: [{ name: 'minikube', user }] }));
    target = await openMinikubeTarget({ place: { KUBECONFIG: path.join(home, 'config'), home }, run: async () => undefined });
    return { target, address };
  };

  test('pasa la guarda, presenta su certificado y se nombra con su dirección', async () => {
    const opened = await open('ca.crt');
    expect(opened.target).toMatchObject({
      id: 'minikube',
      title: `minikube → ${opened.address}`,
      serverVersion: 'v1.37.1',
      kubectlArguments: ['--context', 'minikube'],
    });
    expect(seen.map(({ path: asked, client }) => `${asked} ${client}`)).toEqual(['/version client', '/api/v1 client', '/api/v1/nodes client']);
  });

  test('un suplantador con la dirección y los certificados en regla cae por la etiqueta de sus nodos', async () => {
    await expect(open('ca.crt', { 'kubernetes.io/hostname': 'kind' })).rejects.toThrow(
      'no es un minikube: su nodo «minikube» no lleva la etiqueta minikube.k8s.io/name=minikube.',
    );
  });

  test('un servidor que no presenta el certificado de esa CA se rechaza sin decirle nada', async () => {
    await expect(open('otra.crt')).rejects.toMatchObject({ code: 'ENVIRONMENT', canHeal: false });
    expect(seen).toEqual([]);
  });
});
