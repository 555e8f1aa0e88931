import { randomInt, randomUUID } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { nodeIsSupported } from './cluster/node-support.ts';
import { dispatch, interruptionLines } from './commands/dispatch.ts';
import { LabError } from './engine/lab-error.ts';
import type { Environment } from './environment.ts';
import { exitCodeOf, exitCodeOfError } from './exit-code.ts';
import { parse } from './parse.ts';
import { createProgressStore } from './progress/store.ts';
import { labs } from './registry.ts';
import { errorLines, faultLines } from './ui/error-lines.ts';
import { createScreen } from './ui/screen.ts';

// argv → orden. Aquí y solo aquí hay process, reloj de verdad y código de salida.

const root = path.dirname(import.meta.dirname);
const showCursor = '\u001B[?25h';

process.exitCode = nodeIsSupported(process.version) ? await main() : tooOld();
// Un socket que no se cierra no puede dejar la terminal esperando: lo que había que decir ya está dicho.
setTimeout(() => process.exit(), 1000).unref();

async function main(): Promise<number> {
  const request = parse(process.argv.slice(2), labs);
  const screen = createScreen(
    {
      env: process.env,
      isTTY: process.stdout.isTTY === true,
      columns: () => process.stdout.columns || 80,
      writeOut: (text) => void process.stdout.write(text),
      writeErr: (text) => void process.stderr.write(text),
      now: () => performance.now(),
    },
    request.format,
  );
  const environment = createEnvironment(screen, listenForInterruption());
  quietBrokenPipe();
  try {
    return exitCodeOf(await dispatch(request, environment));
  } catch (error) {
    if (error instanceof Error && error.name === 'Interrupted') {
      const { stepId, namespace, isVirtual } = error as Error & { stepId: string | undefined; namespace: string | undefined; isVirtual: boolean };
      screen.err(`${interruptionLines(request, { stepId, namespace, isVirtual }).join('\n')}\n`);
      return exitCodeOf('interrupted');
    }
    if (error instanceof LabError && error.code === 'ABORTED') screen.err(`${interruptionLines(request, { isVirtual: false }).join('\n')}\n`);
    else screen.err(`${(error instanceof LabError ? errorLines(error, screen) : faultLines(error)).join('\n')}\n`);
    return exitCodeOfError(error);
  }
}

function createEnvironment(screen: Environment['screen'], signal: AbortSignal): Environment {
  return {
    root,
    labs,
    nodeVersion: process.version,
    screen,
    progress: createProgressStore({ folder: path.join(root, '.bitacora'), now: Date.now, pause, unique: randomUUID }),
    signal,
    now: Date.now,
    pause: (milliseconds) => pause(milliseconds, undefined, { ref: false }),
    suffix: () => Array.from({ length: 4 }, () => 'bcdfghjkmnpqrstvwxz2456789'[randomInt(26)]).join(''),
    openTarget: async (word) =>
      (await import('./cluster/choose-target.ts')).chooseTarget({ wish: word, place: { KUBECONFIG: process.env.KUBECONFIG, home: homedir() } }),
    manifestsOf: (folder, answers) => ({
      read: async (file) => (await import('./cluster/manifests.ts')).readManifestFile(root, `manifests/${folder}/${file}`),
      answers: async () => (await import('./cluster/manifests.ts')).readManifestFolder(root, answers),
    }),
    kubectlVersion: async () => (await import('./cluster/kubectl-command.ts')).kubectlVersion(),
    ask: process.stdin.isTTY ? (question) => ask(question, signal) : undefined,
    get personal() {
      return [
        { text: root, shown: '<proyecto>' },
        { text: homedir(), shown: '~' },
        { text: userInfo().username, shown: '<usuario>' },
      ];
    },
  };
}

/** El primer Ctrl-C para con orden; el segundo sale ya. */
function listenForInterruption(): AbortSignal {
  const stopping = new AbortController();
  const stop = (code: number) => {
    if (stopping.signal.aborted) {
      if (process.stdout.isTTY) process.stdout.write(showCursor);
      process.exit(code);
    }
    stopping.abort();
  };
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
  return stopping.signal;
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // readline se queda con Ctrl-C: hay que devolvérselo al proceso.
    lines.on('SIGINT', () => process.emit('SIGINT'));
    return await lines.question(question, { signal });
  } catch (error) {
    if (signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED', cause: error });
    throw error;
  } finally {
    lines.close();
  }
}

/** `lab lista | head -1` cierra la tubería: no es un fallo de nadie. */
function quietBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(0);
    });
  }
}

function tooOld(): number {
  process.stderr.write(
    `  ✖ Este Node (${process.version}) no sirve: hace falta 22.19 o posterior.\n    Prueba:  instala Node 24: https://nodejs.org/es/download\n`,
  );
  return exitCodeOf('environment');
}
