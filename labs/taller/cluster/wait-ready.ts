import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../engine/lab-error.ts';
import type { OnProgress } from '../progress.ts';
import type { Api } from './api.ts';
import { type Folders, foldersOf } from './folders.ts';
import { lastLines } from './supervisor.ts';

interface WaitOptions {
  what: string;
  /** Cuánto va y cuánto es todo. Que el API no conteste todavía cuenta como 0. */
  look(): Promise<number>;
  total: number;
  /** En milisegundos. */
  limit: number;
  folders: Folders;
  /** Registros donde mirar si no llega. */
  logs: readonly string[];
  onProgress: OnProgress;
  signal?: AbortSignal;
}

/** Toda espera tiene plazo: un kubelet que muere no hace fallar a nadie, solo deja de aparecer su nodo. */
async function waitFor({ what, look, total, limit, folders, logs, onProgress, signal }: WaitOptions): Promise<void> {
  const start = performance.now();
  let last = '';
  for (;;) {
    let done = 0;
    try {
      done = await look();
    } catch (error) {
      signal?.throwIfAborted();
      last = error instanceof Error ? error.message : String(error);
    }
    onProgress({ task: what, done, total });
    if (done >= total) return;
    if (performance.now() - start > limit) throw await late({ what, done, total, limit, folders, logs, last });
    await sleep(50, undefined, signal ? { signal } : {});
  }
}

async function late({
  what,
  done,
  total,
  limit,
  folders,
  logs,
  last,
}: Pick<WaitOptions, 'what' | 'total' | 'limit' | 'folders' | 'logs'> & { done: number; last: string }): Promise<LabError> {
  const said: string[] = [];
  for (const log of logs) {
    const lines = await lastLines(path.join(folders.logs, `${log}.log`), 2);
    if (lines.length > 0) said.push(`${log}: ${lines.join(' · ').slice(0, 400)}`);
  }
  const reached = total > 1 ? ` (${done} de ${total})` : '';
  return new LabError(`En ${limit / 1000} s no se ha llegado a: ${what}${reached}.${last ? ` ${last}` : ''}${said.map((line) => `\n  ${line}`).join('')}`, {
    code: 'ENVIRONMENT',
    where: folders.logs,
    fix: 'npm run taller parar && npm run taller',
  });
}

interface ReadyOptions {
  cacheDir: string;
  api: Api;
  nodes: readonly string[];
  onProgress: OnProgress;
  signal?: AbortSignal;
}

interface Listed {
  metadata: { name: string };
  status?: { conditions?: readonly { type: string; status: string }[] };
}

/** Cuántos de esos tienen esa condición a `True`. */
async function countWith(api: Api, url: string, names: readonly string[], condition: string): Promise<number> {
  const { items } = JSON.parse(await api.get(url)) as { items: readonly Listed[] };
  const has = ({ status }: Listed) => status?.conditions?.some(({ type, status: value }) => type === condition && value === 'True') ?? false;
  return items.filter((item) => names.includes(item.metadata.name) && has(item)).length;
}

/** El kube-apiserver contesta, ya ha creado los permisos de fábrica y existe kube-system. */
export const waitForApi = ({ cacheDir, api, onProgress, signal }: Omit<ReadyOptions, 'nodes'>): Promise<void> =>
  waitFor({
    what: 'el kube-apiserver contesta',
    look: async () => {
      await api.get('/readyz');
      await api.get('/api/v1/namespaces/kube-system');
      return 1;
    },
    total: 1,
    limit: 60_000,
    folders: foldersOf(cacheDir),
    logs: ['etcd', 'kube-apiserver'],
    onProgress,
    ...(signal ? { signal } : {}),
  });

export const waitForNodes = ({ cacheDir, api, nodes, onProgress, signal }: ReadyOptions): Promise<void> =>
  waitFor({
    what: 'nodos Ready',
    look: () => countWith(api, '/api/v1/nodes', nodes, 'Ready'),
    total: nodes.length,
    limit: 60_000,
    folders: foldersOf(cacheDir),
    logs: nodes.flatMap((node) => [`${node}-containerd`, `${node}-kubelet`]),
    onProgress,
    ...(signal ? { signal } : {}),
  });

/** Medio segundo después de que todo esté Ready, un Pod suelto aún falla: su ServiceAccount no ha nacido. */
export const waitForServiceAccount = ({ cacheDir, api, onProgress, signal }: Omit<ReadyOptions, 'nodes'>): Promise<void> =>
  waitFor({
    what: 'ServiceAccount default',
    look: async () => {
      await api.get('/api/v1/namespaces/default/serviceaccounts/default');
      return 1;
    },
    total: 1,
    limit: 30_000,
    folders: foldersOf(cacheDir),
    logs: ['kube-controller-manager'],
    onProgress,
    ...(signal ? { signal } : {}),
  });

/** DNS y almacenamiento: sus Deployments, disponibles. */
export const waitForAddons = ({ cacheDir, api, onProgress, signal }: Omit<ReadyOptions, 'nodes'>, deployments: readonly string[]): Promise<void> =>
  waitFor({
    what: 'DNS y almacenamiento',
    look: () => countWith(api, '/apis/apps/v1/namespaces/kube-system/deployments', deployments, 'Available'),
    total: deployments.length,
    limit: 90_000,
    folders: foldersOf(cacheDir),
    logs: [],
    onProgress,
    ...(signal ? { signal } : {}),
  });
