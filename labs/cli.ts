import module from 'node:module';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { nodeIsSupported } from './cluster/node-support.ts';
import type { Environment } from './environment.ts';

// argv → orden. Aquí y solo aquí hay process, reloj de verdad y código de salida.

const root = path.dirname(import.meta.dirname);
const showCursor = '\u001B[?25h';

process.exitCode = nodeIsSupported(process.version) ? await main() : tooOld();
// Un socket que no se cierra no puede dejar la terminal esperando: lo que había que decir ya está dicho.
setTimeout(() => process.exit(), 1000).unref();

async function main(): Promise<number> {
  // Quitar los tipos a cada archivo y compilarlo es casi todo el arranque: se guarda hecho. Si no se puede escribir, no pasa nada.
  module.enableCompileCache(path.join(root, 'node_modules', '.cache', 'bitacora'));
  const [{ parse }, { labs }, { hostScreen }, { dispatch }, { exitCodeOf }] = await Promise.all([
    import('./parse.ts'),
    import('./registry.ts'),
    import('./ui/screen.ts'),
    import('./commands/dispatch.ts'),
    import('./exit-code.ts'),
  ]);
  const request = parse(process.argv.slice(2), labs);
  const screen = hostScreen(process, () => performance.now(), request.format);
  quietBrokenPipe();
  const environment = await createEnvironment({ screen, labs, signal: listenForInterruption() });
  try {
    return exitCodeOf(await dispatch(request, environment));
  } catch (error) {
    const { explainError } = await import('./commands/explain-error.ts');
    const { lines, exitCode } = explainError(error, request, screen);
    screen.err(`${lines.join('\n')}\n`);
    return exitCode;
  }
}

async function createEnvironment({ screen, labs, signal }: Pick<Environment, 'screen' | 'labs' | 'signal'>): Promise<Environment> {
  const [{ createProgressStore }, { spaceSuffix }, { randomInt, randomUUID }, { homedir, userInfo }] = await Promise.all([
    import('./progress/store.ts'),
    import('./space-suffix.ts'),
    import('node:crypto'),
    import('node:os'),
  ]);
  return {
    root,
    labs,
    nodeVersion: process.version,
    screen,
    progress: createProgressStore({ folder: path.join(root, '.bitacora'), now: Date.now, pause, unique: randomUUID }),
    signal,
    now: Date.now,
    pause: (milliseconds) => pause(milliseconds, undefined, { ref: false }),
    suffix: () => spaceSuffix(randomInt),
    openTarget: async (wish) => {
      const [{ chooseTarget }, { tallerCache }] = await Promise.all([import('./cluster/choose-target.ts'), import('./taller/cache.ts')]);
      return chooseTarget({ wish, place: { KUBECONFIG: process.env.KUBECONFIG, home: homedir() }, tallerCache: tallerCache(process.env) });
    },
    runningTaller: async () => {
      const [{ runningTaller }, { tallerCache }] = await Promise.all([import('./cluster/taller-target.ts'), import('./taller/cache.ts')]);
      return runningTaller(tallerCache(process.env));
    },
    manifestsOf: (folder, answers) => ({
      read: async (file) => (await import('./cluster/manifests.ts')).readManifestFile(root, `manifests/${folder}/${file}`),
      answers: async () => (await import('./cluster/manifests.ts')).readManifestFolder(root, answers),
    }),
    kubectlVersion: async () => (await import('./cluster/kubectl-command.ts')).kubectlVersion(),
    ask: process.stdin.isTTY ? (question) => ask(question, signal) : undefined,
    personal: () => [
      { text: root, shown: '<proyecto>' },
      { text: homedir(), shown: '~' },
      { text: userInfo().username, shown: '<usuario>' },
    ],
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
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // readline se queda con Ctrl-C: hay que devolvérselo al proceso.
    lines.on('SIGINT', () => process.emit('SIGINT'));
    return await lines.question(question, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    const { LabError } = await import('./engine/lab-error.ts');
    throw new LabError('Interrumpido', { code: 'ABORTED', cause: error });
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
  return 3;
}
