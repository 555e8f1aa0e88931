import { LabError } from '../../engine/lab-error.ts';
import type { OnProgress } from '../progress.ts';
import type { TallerState } from '../state.ts';
import { maxNodes, type NodePlace, nodePlace } from './addresses.ts';
import { type Api, ApiFailure, createApi } from './api.ts';
import { isCgroupV1 } from './cgroups.ts';
import { control } from './control.ts';
import { foldersOf } from './folders.ts';
import { readInotify, requireInotify } from './inotify.ts';
import { createNodeDisk, hasNodeDisk, removeNodeDisk, shareStore } from './node-disk.ts';
import { writeNodeFiles } from './node-files.ts';
import { nodeSpec } from './node-spec.ts';
import { writeState } from './up.ts';
import { waitForNodes } from './wait-ready.ts';

interface NodeOptions {
  cacheDir: string;
  state: TallerState;
  onProgress: OnProgress;
  signal?: AbortSignal;
}

/** Un corte de luz: nada se despide. El disco del nodo se queda, como en una máquina de verdad. */
export async function powerOff({ cacheDir, state }: Pick<NodeOptions, 'cacheDir' | 'state'>, name: string): Promise<void> {
  const place = placeOf(name, state);
  if (!(await isOn(cacheDir, place))) throw new LabError(`${name} ya está apagado.`, { code: 'ENVIRONMENT', fix: `npm run taller encender ${name}` });
  await control(foldersOf(cacheDir), { op: 'kill', name });
}

/** Vuelve con el disco que tenía. Acaba antes de que esté Ready. */
export async function powerOn({ cacheDir, state }: Pick<NodeOptions, 'cacheDir' | 'state'>, name: string): Promise<void> {
  const place = placeOf(name, state);
  if (await isOn(cacheDir, place)) throw new LabError(`${name} ya está encendido.`, { code: 'ENVIRONMENT', fix: `npm run taller apagar ${name}` });
  const folders = foldersOf(cacheDir);
  await control(folders, { op: 'start', node: nodeSpec(folders, place, state.binFolder) });
}

export async function waitUntilReady({ cacheDir, state, onProgress, signal }: NodeOptions, name: string): Promise<void> {
  const api = createApi(foldersOf(cacheDir), state.server, signal);
  await waitForNodes({ cacheDir, api, nodes: [name], onProgress, ...(signal ? { signal } : {}) });
}

/** Los que sobran se apagan y se borran del clúster, del último al primero; los que faltan nacen con disco nuevo. */
export async function resize({ cacheDir, state, onProgress, signal }: NodeOptions, count: number, store: string): Promise<TallerState> {
  if (!Number.isInteger(count) || count < 1 || count > maxNodes) {
    throw new LabError(`El taller admite de 1 a ${maxNodes} nodos.`, { code: 'USAGE', fix: 'npm run taller nodos 3' });
  }
  const folders = foldersOf(cacheDir);
  const { binFolder: binaries } = state;
  const api = createApi(folders, state.server, signal);
  const wanted = Array.from({ length: count }, (_, index) => nodePlace(index + 1));
  const extra = state.nodes.filter((name) => !wanted.some((place) => place.name === name)).reverse();
  for (const name of extra) {
    const place = placeOf(name, state);
    onProgress({ task: `quitar ${name}`, done: 0, total: 1 });
    if (await isOn(cacheDir, place)) await control(folders, { op: 'kill', name });
    await deleteNode(api, name);
    await removeNodeDisk(folders, place);
    onProgress({ task: `quitar ${name}`, done: 1, total: 1 });
  }
  const missing = wanted.filter(({ name }) => !state.nodes.includes(name));
  if (missing.length > 0) requireInotify(await readInotify(), missing.length, false);
  for (const place of missing) {
    await writeNodeFiles({ folders, place, binaries, isCgroupV1: isCgroupV1() });
    await shareStore(folders, store);
    if (!hasNodeDisk(folders, place)) await createNodeDisk(folders, place);
    await control(folders, { op: 'start', node: nodeSpec(folders, place, binaries) });
  }
  const next = { ...state, nodes: wanted.map(({ name }) => name) };
  const added = next.nodes.filter((name) => !state.nodes.includes(name));
  if (added.length > 0) await waitForNodes({ cacheDir, api, nodes: added, onProgress, ...(signal ? { signal } : {}) });
  await writeState(cacheDir, next);
  return next;
}

/** Que ya no esté no es un fallo. */
const deleteNode = (api: Api, name: string): Promise<unknown> =>
  api.delete(`/api/v1/nodes/${name}`).catch((error: unknown) => {
    if (!(error instanceof ApiFailure && error.status === 404)) throw error;
  });

function placeOf(name: string, { nodes }: TallerState): NodePlace {
  const number = Number(/^nodo(\d+)$/.exec(name)?.[1]);
  if (!nodes.includes(name))
    throw new LabError(`No hay ningún nodo «${name}». Los que hay: ${nodes.join(', ')}.`, { code: 'USAGE', fix: 'npm run taller estado' });
  return nodePlace(number);
}

const isOn = async (cacheDir: string, { name }: NodePlace): Promise<boolean> => (await control(foldersOf(cacheDir), { op: 'list' })).includes(name);
