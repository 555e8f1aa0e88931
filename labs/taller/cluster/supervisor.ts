import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../engine/lab-error.ts';
import { apiPort, controlPlane, networkPrefix } from './addresses.ts';
import { controlPlaneProcesses, type Process } from './control-plane.ts';
import type { Folders } from './folders.ts';

export interface Supervisor {
  pid: number;
  /** De 127.0.0.1: lleva al kube-apiserver. */
  port: number;
}

interface SupervisorOptions {
  folders: Folders;
  binaries: string;
  port: number;
  /** Otro plano de control: las medidas lo quieren con más cupo y con KWOK al lado. */
  adjust?: (processes: readonly Process[]) => readonly Process[];
}

const specFile = ({ run }: Folders) => path.join(run, 'clúster.json');
const announcementFile = ({ run }: Folders) => path.join(run, 'supervisor.json');
const logFile = ({ logs }: Folders) => path.join(logs, 'supervisor.log');

/** Lanza el supervisor, que sigue vivo cuando esta orden acaba, y espera a que anuncie su puerto. */
export async function startSupervisor({ folders, binaries, port, adjust = (processes) => processes }: SupervisorOptions): Promise<Supervisor> {
  const etcdData = '/run/etcd';
  await writeFile(
    specFile(folders),
    JSON.stringify({
      folder: folders.run,
      keep: [binaries],
      address: controlPlane,
      prefix: networkPrefix,
      api: `${controlPlane}:${apiPort}`,
      port,
      tmpfs: [etcdData],
      processes: adjust(controlPlaneProcesses({ folders, binaries, etcdData })),
    }),
  );
  const log = await open(logFile(folders), 'a');
  const child = spawn(path.join(binaries, 'taller'), ['supervisor', specFile(folders)], { detached: true, stdio: ['ignore', log.fd, log.fd] });
  let failure: string | undefined;
  child.on('error', (error) => {
    failure = error.message;
  });
  child.on('exit', (code, signal) => {
    failure = `acabó con ${signal ?? `salida ${code}`}`;
  });
  try {
    for (let waited = 0; waited < 15_000; waited += 20) {
      const found = await readAnnouncement(folders);
      if (found && found.pid === child.pid) return found;
      if (failure !== undefined) throw await failed(folders, failure);
      await sleep(20);
    }
    child.kill('SIGKILL');
    throw await failed(folders, 'no ha anunciado su puerto en 15 s');
  } finally {
    await log.close();
    child.unref();
  }
}

export async function readAnnouncement(folders: Folders): Promise<Supervisor | undefined> {
  try {
    return JSON.parse(await readFile(announcementFile(folders), 'utf8')) as Supervisor;
  } catch {
    return undefined;
  }
}

/** Las últimas líneas de un registro, para que un error diga la causa sin mandar a buscarla. */
export async function lastLines(file: string, count = 4): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).slice(-count);
}

async function failed(folders: Folders, what: string): Promise<LabError> {
  const lines = await lastLines(logFile(folders));
  return new LabError(`El supervisor del taller ${what}.${lines.length > 0 ? ` Dice: ${lines.join(' · ')}` : ''}`, {
    code: 'ENVIRONMENT',
    where: logFile(folders),
    fix: 'npm run taller parar',
  });
}
