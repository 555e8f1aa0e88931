import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../engine/lab-error.ts';
import type { OnProgress } from '../progress.ts';
import { type Folders, foldersOf } from './folders.ts';
import type { Kubectl } from './kubectl.ts';
import { lastLines } from './supervisor.ts';

interface WaitOptions {
  what: string;
  /** Cuánto va y cuánto es todo. Que `kubectl` no conteste todavía cuenta como 0. */
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
      last = error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error);
    }
    onProgress({ task: what, done, total });
    if (done >= total) return;
    if (performance.now() - start > limit) throw await late({ what, done, total, limit, folders, logs, last });
    await sleep(100, undefined, signal ? { signal } : {});
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
  kubectl: Kubectl;
  nodes: readonly string[];
  onProgress: OnProgress;
  signal?: AbortSignal;
}

const count = (text: string, word: string) => text.split(/\s+/).filter((each) => each === word).length;

/** El kube-apiserver contesta, y ya ha creado los permisos de fábrica. */
export const waitForApi = ({ cacheDir, kubectl, onProgress, signal }: Omit<ReadyOptions, 'nodes'>): Promise<void> =>
  waitFor({
    what: 'el kube-apiserver contesta',
    look: async () => ((await kubectl(['get', '--raw', '/readyz'])) === 'ok' ? 1 : 0),
    total: 1,
    limit: 60_000,
    folders: foldersOf(cacheDir),
    logs: ['etcd', 'kube-apiserver'],
    onProgress,
    ...(signal ? { signal } : {}),
  });

export const waitForNodes = ({ cacheDir, kubectl, nodes, onProgress, signal }: ReadyOptions): Promise<void> =>
  waitFor({
    what: 'nodos Ready',
    look: async () =>
      count(
        await kubectl([
          'get',
          'nodes',
          ...nodes,
          '-o',
          'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}{.status.conditions[?(@.type=="Ready")].status}',
          '--ignore-not-found',
        ]),
        'True',
      ),
    total: nodes.length,
    limit: 60_000,
    folders: foldersOf(cacheDir),
    logs: nodes.flatMap((node) => [`${node}-containerd`, `${node}-kubelet`]),
    onProgress,
    ...(signal ? { signal } : {}),
  });

/** Medio segundo después de que todo esté Ready, un Pod suelto aún falla: su ServiceAccount no ha nacido. */
export const waitForServiceAccount = ({ cacheDir, kubectl, onProgress, signal }: Omit<ReadyOptions, 'nodes'>): Promise<void> =>
  waitFor({
    what: 'ServiceAccount default',
    look: async () => ((await kubectl(['-n', 'default', 'get', 'serviceaccount', 'default', '-o', 'name'])) === '' ? 0 : 1),
    total: 1,
    limit: 30_000,
    folders: foldersOf(cacheDir),
    logs: ['kube-controller-manager'],
    onProgress,
    ...(signal ? { signal } : {}),
  });

/** DNS y almacenamiento: sus Deployments, disponibles. */
export const waitForAddons = ({ cacheDir, kubectl, onProgress, signal }: Omit<ReadyOptions, 'nodes'>, deployments: readonly string[]): Promise<void> =>
  waitFor({
    what: 'DNS y almacenamiento',
    look: async () =>
      count(
        await kubectl([
          '-n',
          'kube-system',
          'get',
          'deployment',
          ...deployments,
          '-o',
          'jsonpath={.items[*].status.conditions[?(@.type=="Available")].status}',
        ]),
        'True',
      ),
    total: deployments.length,
    limit: 90_000,
    folders: foldersOf(cacheDir),
    logs: [],
    onProgress,
    ...(signal ? { signal } : {}),
  });
