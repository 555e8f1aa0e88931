import { spawn } from 'node:child_process';

export interface ChildRun {
  /** Milisegundos desde que se pide el proceso hasta su primera línea y hasta que acaba. */
  firstLine: number | undefined;
  total: number;
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

/** Un programa que no acaba es un fallo de la medida, no una cifra. */
const patience = 120_000;

/** Corre este mismo Node con esos argumentos y mide desde fuera, como lo vería quien espera ante la pantalla. */
export function runNode(args: readonly string[], cwd: string, limit = patience, env: Readonly<Record<string, string>> = {}): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: limit });
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
    child.on('close', (code) => {
      // Hay programas que, al pedirles que se vayan, salen con un 0: no por eso habían acabado.
      const exitCode = child.killed ? null : code;
      if (child.killed) stderr = `Error: no acabó en ${Math.round(limit / 1000)} s`;
      resolve({ firstLine, total: performance.now() - start, stdout, stderr, exitCode });
    });
  });
}

/** Por qué falló, en una línea y sin rutas de esta máquina. */
export function lastWords({ stderr, stdout, exitCode }: ChildRun, root: string): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /error|cause/i.test(line)).slice(0, 2);
  const said = (telling.length > 0 ? telling : lines.slice(-1)).join(' · ').replaceAll(`${root}/`, '');
  return `salida ${exitCode}: ${said || 'no dijo nada'}`;
}
