import https from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type LiveMaqueta, openLiveMaqueta } from './live-maqueta.ts';

let maqueta: LiveMaqueta | undefined;
afterEach(() => maqueta?.close());

const open = async (options: { port?: number; speed?: number } = {}) => {
  const opened = await openLiveMaqueta({
    ...options,
    onFault: (error) => {
      throw error;
    },
  });
  maqueta = opened;
  return opened;
};

/** Como un cliente cualquiera: con lo que dice el kubeconfig y nada más. */
function ask(kubeconfig: string, path: string, options: { method?: string; body?: unknown; token?: string } = {}): Promise<{ status: number; body: unknown }> {
  const config = parse(kubeconfig) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
    users: { user: { token: string } }[];
  };
  const { server, 'certificate-authority-data': ca } = config.clusters[0]?.cluster ?? { server: '', 'certificate-authority-data': '' };
  return new Promise((resolve, reject) => {
    const request = https.request(
      server + path,
      {
        method: options.method ?? 'GET',
        ca: Buffer.from(ca, 'base64'),
        agent: false,
        headers: { authorization: `Bearer ${options.token ?? config.users[0]?.user.token}`, 'content-type': 'application/json' },
      },
      async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) });
      },
    );
    request.on('error', reject);
    request.end(options.body === undefined ? undefined : JSON.stringify(options.body));
  });
}

test('con su kubeconfig se llega por TLS, fiándose de su certificado y con su token', async () => {
  const { kubeconfig, nodes } = await open();
  expect(nodes).toEqual(['maqueta-control', 'maqueta-nodo1', 'maqueta-nodo2', 'maqueta-nodo3']);
  expect(await ask(kubeconfig, '/version')).toMatchObject({ status: 200, body: { gitVersion: 'v1.37.1+maqueta' } });
  expect((await ask(kubeconfig, '/version', { token: 'otro' })).status).toBe(401);
});

test('el reloj anda solo: un Pod llega a Running sin que nadie lo adelante', async () => {
  const { kubeconfig } = await open({ speed: 100 });
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'nginx:1.30' }] } };
  // La cuenta `default` nace un instante después que el espacio, como en uno de verdad.
  await expect.poll(async () => (await ask(kubeconfig, '/api/v1/namespaces/default/serviceaccounts/default')).status).toBe(200);
  expect((await ask(kubeconfig, '/api/v1/namespaces/default/pods', { method: 'POST', body: pod })).status).toBe(201);
  const phase = async () => ((await ask(kubeconfig, '/api/v1/namespaces/default/pods/web')).body as { status: { phase: string } }).status.phase;
  await expect.poll(phase, { timeout: 10_000 }).toBe('Running');
});

test('un puerto ocupado se nota al abrir, y no queda nada en marcha', async () => {
  const { url } = await open();
  await expect(openLiveMaqueta({ port: Number(new URL(url).port), onFault: () => undefined })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
