import { rmSync } from 'node:fs';
import path from 'node:path';
import { openLiveMaqueta } from '../../cluster/live-maqueta.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { errorLines, faultLines, isReadable } from '../../ui/error-lines.ts';
import { hostScreen } from '../../ui/screen.ts';
import { explainListen } from './explain-listen.ts';
import { writeKubeconfig } from './kubeconfig-files.ts';
import { helpLines, kubectlWith, servingLines, stopped } from './messages.ts';
import { parseWords } from './parse-words.ts';

/** `npm run maqueta [puerto N] [rapido xN]`: la maqueta servida en 127.0.0.1 hasta Ctrl-C. */
const root = path.join(import.meta.dirname, '../../..');
const screen = hostScreen(process, () => performance.now());
const request = parseWords(process.argv.slice(2));

switch (request.kind) {
  case 'help':
    screen.out(`${helpLines.join('\n')}\n`);
    break;
  case 'usage':
    screen.err(`${errorLines({ message: request.problem, where: undefined, fix: request.fix }, screen).join('\n')}\n`);
    process.exitCode = 2;
    break;
  default:
    await serve(request).catch(fail);
}

async function serve({ port, speed }: { port: number; speed: number }): Promise<void> {
  const maqueta = await openLiveMaqueta({ port, speed, onFault: fail }).catch((error: unknown) => {
    throw explainListen(error, port);
  });
  let file: string | undefined;
  // En `exit` solo cabe lo síncrono: así se borra también si la maqueta falla.
  process.once('exit', () => file && rmSync(file, { force: true }));
  const ended = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve());
  });
  file = await writeKubeconfig(root, Number(new URL(maqueta.url).port), maqueta.kubeconfig).catch(async (error: unknown) => {
    await maqueta.close();
    throw error;
  });
  // npm corre en la raíz del proyecto; la orden se pega donde esté la persona.
  const shown = path.relative(process.env.INIT_CWD ?? process.cwd(), file);
  screen.out(`${servingLines({ url: maqueta.url, nodes: maqueta.nodes.length, speed, kubectl: kubectlWith(shown) }).join('\n')}\n`);
  await ended;
  await maqueta.close();
  screen.out(`\n${stopped}\n`);
  process.exit(0);
}

function fail(error: unknown): never {
  screen.err(`${(isReadable(error) ? errorLines(error, screen) : faultLines(error)).join('\n')}\n`);
  process.exit(exitCodeOfError(error));
}
