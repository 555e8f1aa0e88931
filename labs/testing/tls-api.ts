import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { stringify } from 'yaml';
import type { KubeObject } from '../engine/ports.ts';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Un servidor de API con su propia CA y certificado de cliente obligatorio, como el de minikube y el del taller. */
export interface TlsApi {
  /** Carpeta con `ca.crt`, `otra.crt`, `client.crt` y `client.key`. */
  home: string;
  url: string;
  /** Los nodos que tiene. */
  nodes: KubeObject[];
  /** Lo pedido, con el nombre de quien lo pide: `/version client`. */
  seen: string[];
  /** Escribe un kubeconfig que lleva a él y devuelve su ruta. */
  writeKubeconfig(context: string, options?: { ca?: string; server?: string; user?: object }): string;
  /** Deja de escuchar, como un clúster que se cae. */
  stop(): Promise<void>;
  /** Para y borra su carpeta. */
  close(): Promise<void>;
}

export async function startTlsApi(): Promise<TlsApi> {
  const home = mkdtempSync(path.join(tmpdir(), 'bitacora-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: home, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const ca of ['ca', 'otra']) openssl('req', '-x509', ...key, '-keyout', `${ca}.key`, '-out', `${ca}.crt`, '-days', '2', '-subj', `/CN=${ca}`);
  for (const name of ['server', 'client']) {
    openssl('req', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(path.join(home, 'san'), 'subjectAltName=IP:127.0.0.1');
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-out', `${name}.crt`, '-days', '2', '-extfile', 'san');
  }
  const file = (name: string) => readFileSync(path.join(home, name));
  const answers: Record<string, () => object> = {
    '/version': () => ({ gitVersion: 'v1.37.1' }),
    '/api/v1': () => ({ resources: [{ name: 'nodes', kind: 'Node', namespaced: false }] }),
    '/api/v1/nodes': () => ({ items: api.nodes, metadata: { resourceVersion: '1' } }),
  };
  const server = https.createServer(
    { cert: file('server.crt'), key: file('server.key'), ca: file('ca.crt'), requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      api.seen.push(`${request.url} ${(request.socket as TLSSocket).getPeerCertificate().subject.CN}`);
      response.end(JSON.stringify(answers[request.url ?? '']?.() ?? {}));
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const api: TlsApi = {
    home,
    url,
    nodes: [],
    seen: [],
    writeKubeconfig(name, { ca = 'ca.crt', server = url, user = { 'client-certificate': 'client.crt', 'client-key': 'client.key' } } = {}) {
      const written = path.join(home, `config-${name}`);
      const context = { name, context: { cluster: name, user: name } };
      const cluster = { name, cluster: { server, 'certificate-authority': ca } };
      writeFileSync(written, stringify({ contexts: [context], clusters: [cluster], users: [{ name, user }] }));
      return written;
    },
    stop,
    async close() {
      await stop();
      rmSync(home, { recursive: true });
    },
  };
  return api;
}
