import { mkdir, writeFile } from 'node:fs/promises';
import type { Binaries } from '../build/ensure-binaries.ts';
import type { ImageStore } from '../images/ensure-images.ts';
import type { OnProgress } from '../progress.ts';
import { stateFile, type TallerState } from '../state.ts';
import { applyAddons, awaitedDeployments } from './addons.ts';
import { allPlaces, apiPort, controlPlane, nodePlace } from './addresses.ts';
import { createApi } from './api.ts';
import { writeCertificates } from './certificates.ts';
import { isCgroupV1 } from './cgroups.ts';
import { control } from './control.ts';
import { down } from './down.ts';
import { type Folders, foldersOf } from './folders.ts';
import { readInotify, requireInotify } from './inotify.ts';
import { kubeconfigOf, writeKubeconfig } from './kubeconfig.ts';
import { createNodeDisk, shareStore } from './node-disk.ts';
import { writeNodeFiles } from './node-files.ts';
import { nodeSpec } from './node-spec.ts';
import { startSupervisor } from './supervisor.ts';
import { waitForAddons, waitForApi, waitForNodes, waitForServiceAccount } from './wait-ready.ts';

export interface UpOptions {
  cacheDir: string;
  binaries: Binaries;
  store: ImageStore;
  nodes: number;
  /** De 127.0.0.1; 0, uno libre. */
  port?: number;
  onProgress: OnProgress;
  signal?: AbortSignal;
}

/** Milisegundos desde la orden, medidos aquí. */
export interface UpTimes {
  nodesReady: number;
  addonsReady: number;
}

/**
 * De nada a un clúster que contesta, con DNS y almacenamiento. Si algo falla o se corta con Ctrl-C, lo deshace todo.
 * @throws {LabError} `ENVIRONMENT` con lo último que dijo quien falló.
 */
export async function up(options: UpOptions): Promise<{ state: TallerState; times: UpTimes }> {
  // Lo que quedara de un apagón de la máquina no debe estorbar.
  await down(options.cacheDir);
  requireInotify(await readInotify(), options.nodes);
  try {
    return await raise(options);
  } catch (error) {
    await down(options.cacheDir);
    throw error;
  }
}

async function raise({ cacheDir, binaries, store, nodes, port = 0, onProgress, signal }: UpOptions): Promise<{ state: TallerState; times: UpTimes }> {
  const start = performance.now();
  const folders = foldersOf(cacheDir);
  const places = Array.from({ length: nodes }, (_, index) => nodePlace(index + 1));
  onProgress({ task: 'certificados y configuración', done: 0, total: 1 });
  for (const folder of [folders.run, folders.config, folders.logs, folders.nodes]) await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeCertificates(binaries.folder, folders);
  await writeKubeconfigs(folders);
  onProgress({ task: 'certificados y configuración', done: 1, total: 1 });

  const supervisor = await startSupervisor({ folders, binaries: binaries.folder, port });
  const server = `https://127.0.0.1:${supervisor.port}`;
  await writeKubeconfig({ folders, user: 'admin', server, file: kubeconfigOf(folders, 'admin') });
  const api = createApi(folders, server, signal);
  const waiting = { cacheDir, api, onProgress, ...(signal ? { signal } : {}) };

  // Los discos se hacen mientras arranca el plano de control.
  const sharing = shareStore(folders, store.folder);
  await Promise.all([
    waitForApi(waiting),
    ...places.map(async (place) => {
      await writeNodeFiles({ folders, place, binaries: binaries.folder, isCgroupV1: isCgroupV1() });
      await sharing;
      await createNodeDisk(folders, place);
      await control(folders, { op: 'start', node: nodeSpec(folders, place, binaries.folder) });
    }),
  ]);
  const names = places.map(({ name }) => name);
  await Promise.all([applyAddons(api), waitForNodes({ ...waiting, nodes: names })]);
  const nodesReady = performance.now() - start;
  await waitForServiceAccount(waiting);
  await waitForAddons(waiting, awaitedDeployments);
  const addonsReady = performance.now() - start;

  const { gitVersion } = JSON.parse(await api.get('/version')) as { gitVersion: string };
  const state: TallerState = {
    kubeconfig: kubeconfigOf(folders, 'admin'),
    server,
    nodes: names,
    binFolder: binaries.folder,
    version: gitVersion,
    since: new Date().toISOString(),
    images: store.images,
    binaries: binaries.versions,
    pid: supervisor.pid,
  };
  await writeState(cacheDir, state);
  return { state, times: { nodesReady, addonsReady } };
}

export const writeState = (cacheDir: string, state: TallerState): Promise<void> =>
  writeFile(stateFile(cacheDir), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });

/** Los de dentro hablan con el API por su dirección; el de administración, por el puerto de la máquina, que aún no se sabe. */
async function writeKubeconfigs(folders: Folders): Promise<void> {
  const users = ['kube-controller-manager', 'kube-scheduler', 'kube-proxy', ...allPlaces.map(({ name }) => `kubelet-${name}`)];
  for (const user of users) await writeKubeconfig({ folders, user, server: `https://${controlPlane}:${apiPort}`, file: kubeconfigOf(folders, user) });
}
