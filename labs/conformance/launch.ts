import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { LabError } from '../engine/lab-error.ts';
import { battery } from './battery.ts';

/** Con qué se corre la batería. */
export interface Programs {
  /** `e2e.test`. */
  battery: string;
  /** Algunas pruebas entran en los contenedores con él. */
  kubectl: string;
}

export interface LaunchOptions {
  programs: Programs;
  kubeconfig: string;
  /** Expresión regular de las pruebas. */
  focus: string;
  /** Donde ginkgo deja su informe JSON. */
  report: string;
  log: string;
  /** Segundos que tiene la prueba; ginkgo la corta y aún puede limpiar. */
  allowed: number;
  isRehearsal?: boolean;
  onStep?(step: string): void;
  signal: AbortSignal;
}

/** Segundos para borrar lo creado después de que se corte una prueba. */
const grace = 30;

/** Corre `e2e.test` y espera a que acabe. Lo que pasó está en el informe; que falle no es un error. */
export async function launch({ programs, kubeconfig, focus, report, log, allowed, isRehearsal = false, onStep, signal }: LaunchOptions): Promise<void> {
  const child = spawn(
    programs.battery,
    [
      '--provider=skeleton',
      `--kubeconfig=${kubeconfig}`,
      `--kubectl-path=${programs.kubectl}`,
      // Por defecto, protobuf, que la maqueta no lee. El taller, igual: la misma batería a los dos.
      '--kube-api-content-type=application/json',
      '--num-nodes=3',
      '--ginkgo.no-color',
      '--ginkgo.v',
      `--ginkgo.focus=${focus}`,
      `--ginkgo.skip=${battery.skip}`,
      `--ginkgo.timeout=${allowed}s`,
      `--ginkgo.grace-period=${grace}s`,
      `--ginkgo.json-report=${report}`,
      ...(isRehearsal ? ['--ginkgo.dry-run'] : []),
    ],
    // Su propio grupo: Ctrl-C nos llega a nosotros, y a ella se le pide una sola vez que acabe con orden (con dos, no limpia).
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  const file = createWriteStream(log, { mode: 0o600 });
  child.stderr.pipe(file, { end: false });
  createInterface({ input: child.stdout }).on('line', (line) => {
    file.write(`${line}\n`);
    const step = /^\s*STEP: (.*?)( @ [\d/]+ [\d:.]+)?$/.exec(line)?.[1];
    if (step) onStep?.(step);
  });
  const killers: NodeJS.Timeout[] = [setTimeout(() => child.kill('SIGKILL'), (allowed + grace * 2) * 1000)];
  const interrupt = () => {
    child.kill('SIGINT');
    killers.push(setTimeout(() => child.kill('SIGKILL'), grace * 2 * 1000));
  };
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', (error) => reject(cannotRun(programs.battery, error)));
      child.once('close', () => resolve());
    });
  } finally {
    for (const killer of killers) clearTimeout(killer);
    signal.removeEventListener('abort', interrupt);
    // Hasta que esté escrito entero no ha acabado: quien llama lo va a leer.
    file.end();
    await finished(file);
  }
}

const cannotRun = (file: string, error: Error): LabError =>
  new LabError(`La batería de conformidad no se puede ejecutar (${(error as NodeJS.ErrnoException).code}).`, {
    code: 'ENVIRONMENT',
    where: file,
    cause: error,
  });

/** La expresión que casa con esa prueba y con ninguna otra. */
export const exactly = (name: string): string => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
