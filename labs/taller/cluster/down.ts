import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../engine/lab-error.ts';
import { stateFile } from '../state.ts';
import { cgroupFolders, removeCgroups } from './cgroups.ts';
import { foldersOf } from './folders.ts';
import { findLeftovers, type Leftover, tallerProcesses } from './leftovers.ts';

/** Qué había que parar. */
export interface DownResult {
  wasRunning: boolean;
  /** Lo que quedaba de un taller que no se paró bien (una máquina reiniciada, un `kill -9`). */
  leftovers: readonly Leftover[];
}

/**
 * Mata el pid 1 del clúster, que se lleva todo consigo, y borra lo único que el núcleo no borra: las carpetas de cgroup,
 * ya vacías, y la nuestra. Después comprueba que no queda nada.
 * @throws {LabError} `BROKEN` con la lista, si algo queda.
 */
export async function down(cacheDir: string): Promise<DownResult> {
  const folders = foldersOf(cacheDir);
  const leftovers = await findLeftovers(folders);
  if (leftovers.length === 0) return { wasRunning: false, leftovers };
  const processes = await tallerProcesses(folders);
  // Lo primero: que nadie más lo dé por vivo.
  await rm(stateFile(cacheDir), { force: true });
  for (const pid of processes) kill(pid);
  await waitUntilGone(folders);
  await removeWithPatience(folders.cgroup);
  await rm(folders.run, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const still = await findLeftovers(folders);
  if (still.length > 0) {
    throw new LabError(`Queda sin borrar: ${still.map(({ kind, what }) => `${kind} ${what}`).join(', ')}.`, { code: 'BROKEN', fix: 'npm run taller parar' });
  }
  return { wasRunning: processes.length > 0, leftovers: processes.length > 0 ? [] : leftovers };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Ya no está: es lo que se quería.
  }
}

async function waitUntilGone(folders: ReturnType<typeof foldersOf>): Promise<void> {
  for (let waited = 0; waited < 10_000; waited += 50) {
    if ((await tallerProcesses(folders)).length === 0) return;
    await sleep(50);
  }
}

/** Los procesos de dentro tardan un poco en acabar de morir, y hasta entonces su cgroup no se deja borrar. */
async function removeWithPatience(cgroup: string): Promise<void> {
  for (let waited = 0; waited < 15_000; waited += 100) {
    await removeCgroups(cgroup);
    if ((await cgroupFolders(cgroup)).length === 0) return;
    await sleep(100);
  }
}
