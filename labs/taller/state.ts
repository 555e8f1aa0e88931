import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BuiltImage } from './images/built-image.ts';

/** Lo que hace falta para usar el taller que está en marcha. Lo escribe `up` cuando todo contesta, y `down` lo borra. */
export interface TallerState {
  /** Con un contexto llamado `taller`. */
  kubeconfig: string;
  server: string;
  nodes: readonly string[];
  /** Carpeta de los binarios con los que se levantó, kubectl entre ellos. */
  binFolder: string;
  /** De Kubernetes: `v1.37.1`. */
  version: string;
  /** ISO 8601. */
  since: string;
  images: readonly BuiltImage[];
  /** Qué es cada binario: `{ containerd: '2.4.2', … }`. */
  binaries: Readonly<Record<string, string>>;
  /** Del supervisor, en la máquina. */
  pid: number;
}

export const runFolder = (cacheDir: string): string => path.join(cacheDir, 'marcha');

export const stateFile = (cacheDir: string): string => path.join(runFolder(cacheDir), 'estado.json');

/** `undefined` si no hay taller levantado, o si su supervisor ya no vive. */
export async function readState(cacheDir: string): Promise<TallerState | undefined> {
  let state: TallerState;
  try {
    state = JSON.parse(await readFile(stateFile(cacheDir), 'utf8')) as TallerState;
  } catch {
    return undefined;
  }
  try {
    process.kill(state.pid, 0);
    return (await isZombie(state.pid)) ? undefined : state;
  } catch {
    return undefined;
  }
}

/** Muerto, y sin que nadie lo haya recogido todavía: en un contenedor sin init puede quedarse así. */
async function isZombie(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}
