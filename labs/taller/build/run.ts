import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';

export interface RunOptions {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Cada línea de stderr, según llega: donde Go cuenta lo que hace. */
  onLine?: (line: string) => void;
}

export interface RunResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Lo que se deja a un compilador para recoger sus temporales antes de cortarlo. */
const grace = 3_000;

/**
 * Ejecuta un programa en su propio grupo de procesos y espera a que termine. Al cancelar muere el grupo entero: Go reparte el trabajo
 * entre compiladores hijos que, si solo muere él, siguen escribiendo. Que no exista se nota en el código: 127, como en un intérprete de órdenes.
 */
export function run(program: string, args: readonly string[], { cwd, env, signal, onLine }: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    let stdout = '';
    let stderr = '';
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const killGroup = (name: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // Ya no queda nadie en el grupo.
      }
    };
    let last: NodeJS.Timeout | undefined;
    const stop = () => {
      killGroup('SIGTERM');
      last = setTimeout(() => killGroup('SIGKILL'), grace);
    };
    signal.addEventListener('abort', stop, { once: true });
    const done = () => {
      clearTimeout(last);
      signal.removeEventListener('abort', stop);
    };
    // Compilar tarda minutos: que la máquina siga sirviendo para otra cosa mientras.
    if (child.pid !== undefined) setPriority(child.pid, 10);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    createInterface({ input: child.stderr }).on('line', (line) => {
      stderr += `${line}\n`;
      onLine?.(line);
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      done();
      if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ code: 127, stdout, stderr: `${stderr}${error.message}\n` });
      else reject(error);
    });
    child.on('close', (code) => {
      done();
      if (signal.aborted) {
        killGroup('SIGKILL');
        reject(signal.reason);
      } else resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}
