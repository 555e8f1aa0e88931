import { spawn } from 'node:child_process';

export interface ChildRun {
  /** Milisegundos desde que se pide el proceso hasta su primera línea y hasta que acaba. */
  firstLine: number | undefined;
  total: number;
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** Un programa que no arranca ni acaba es un fallo de la medida, no una cifra. */
const patience = 120_000;

/** Corre este mismo Node con esos argumentos y mide desde fuera, como lo vería quien espera ante la pantalla. */
export function runNode(args: readonly string[], cwd: string): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience });
    let stdout = '';
    let stderr = '';
    let firstLine: number | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (firstLine === undefined && stdout.includes('\n')) firstLine = performance.now() - start;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ firstLine, total: performance.now() - start, stdout, stderr, exitCode }));
  });
}

/** La última línea con sentido de lo que dijo al fallar. */
export const lastWords = ({ stderr, stdout, exitCode }: ChildRun): string => {
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  const telling = lines.find((line) => /Error|error/.test(line)) ?? lines.at(-1);
  return `salida ${exitCode}: ${telling?.trim() || 'no dijo nada'}`;
};
