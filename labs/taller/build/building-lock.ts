import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLock } from '../../progress/lock.ts';
import type { OnProgress } from '../progress.ts';

/** Quien compila toca el cerrojo cada dos segundos; veinte sin tocarlo significan que ha muerto. */
const heartbeat = 2_000;
const expires = 20_000;

interface Waiting {
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Dos talleres a la vez no compilan lo mismo dos veces: el segundo espera, y lo dice. */
export async function oneAtATime<T>(bin: string, { onProgress, signal }: Waiting, work: () => Promise<T>): Promise<T> {
  const file = path.join(bin, 'compilando.lock');
  const task = 'esperar a otra compilación del taller';
  const unique = `${process.pid}-${hostname()}-${randomUUID()}`;
  let hasWaited = false;
  const wait = async () => {
    const [owner = '', host = ''] = (await readFile(file, 'utf8').catch(() => '')).split('-');
    onProgress({ task, done: 0, total: 1, ...(owner ? { detail: `la hace el proceso ${owner} de ${host}` } : {}) });
    hasWaited = true;
    await pause(250, undefined, { signal });
  };
  return withLock({ file, unique, now: Date.now, pause: wait, expires }, async () => {
    if (hasWaited) onProgress({ task, done: 1, total: 1 });
    const beat = setInterval(() => utimes(file, new Date(), new Date()).catch(() => undefined), heartbeat);
    try {
      return await work();
    } finally {
      clearInterval(beat);
    }
  });
}

/** Las obras de procesos que murieron sin poder recogerlas. */
export async function removeAbandoned(bin: string): Promise<void> {
  for (const name of await readdir(bin)) {
    const owner = /^\.obra-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(path.join(bin, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
