import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { stateFile, type TallerState } from '../../taller/state.ts';
import type { OwnCache } from './own-cache.ts';

export interface Run {
  code: number | null;
  out: string;
  seconds: number;
}

interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Lo que va escribiendo, según sale. */
  onText?: (text: string) => void;
  /** Ctrl-C en cuanto su salida diga eso. */
  interrupt?: RegExp;
  /** Un guion de sh que prepara una máquina rara y acaba en `exec "$@"`. */
  machine?: string;
}

const root = path.join(import.meta.dirname, '../../..');

/** `npm run -s taller …`, como lo escribe una persona, en su propia caché. */
export function runTaller({ home }: OwnCache, words: readonly string[], { env = {}, onText, interrupt, machine }: RunOptions = {}): Promise<Run> {
  const command = [process.execPath, path.join(root, 'labs/taller/cli.ts'), ...words];
  const argv = machine ? ['sh', '-c', machine, 'sh', ...command] : command;
  return run(argv, { env: { XDG_CACHE_HOME: home, NO_COLOR: '1', CI: '1', ...env }, ...(onText ? { onText } : {}), ...(interrupt ? { interrupt } : {}) });
}

/** El kubectl del taller que esté en marcha en esa caché. */
export function runKubectl({ cacheDir }: OwnCache, ...args: string[]): Promise<Run> {
  const { binFolder, kubeconfig } = stateOf(cacheDir);
  return run([path.join(binFolder, 'kubectl'), '--kubeconfig', kubeconfig, '--request-timeout=10s', ...args]);
}

export const stateOf = (cacheDir: string): TallerState => JSON.parse(readFileSync(stateFile(cacheDir), 'utf8')) as TallerState;

export function run(
  [program = '', ...args]: readonly string[],
  { env = {}, onText, interrupt, cwd = root }: Omit<RunOptions, 'machine'> & { cwd?: string } = {},
): Promise<Run> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let isCut = false;
    const read = (piece: Buffer) => {
      out += piece.toString();
      onText?.(piece.toString());
      if (interrupt?.test(out) && !isCut) {
        isCut = true;
        child.kill('SIGINT');
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, seconds: (performance.now() - start) / 1000 }));
  });
}

/** Qué falla, o nada: la salida y lo que tiene que decir. */
export function expectRun({ code, out }: Run, wantedCode: number, ...says: readonly string[]): string | undefined {
  if (code !== wantedCode) return `salida ${code}, se esperaba ${wantedCode}:\n${out.slice(-1500)}`;
  const missing = says.filter((text) => !out.includes(text));
  return missing.length > 0 ? `no dice «${missing.join('», «')}»:\n${out.slice(-1500)}` : undefined;
}
