import type { HttpRequest, HttpResponse } from '../network/network.ts';
import { httpDate } from './nginx.ts';
import type { Binary, Process, ProcessContext } from './program.ts';

type Command = (context: ProcessContext, flag: (name: string, usual: number) => number) => Process;

/**
 * El programa de las pruebas de Kubernetes (registry.k8s.io/e2e-test-images/agnhost), con las tres órdenes que usa lo que aquí se prueba.
 * Sigue a kubernetes: test/images/agnhost.
 */
export const agnhost: Binary = (context) => {
  const [name = '', ...rest] = context.argv.slice(1);
  const command = commands[name];
  if (!command) {
    context.write('stderr', `Error: la maqueta no tiene la orden «${name}» de agnhost; tiene ${Object.keys(commands).join(', ')}\n`);
    return failed(context);
  }
  const flag = (wanted: string, usual: number) => {
    const at = rest.findIndex((word) => word === `--${wanted}` || word.startsWith(`--${wanted}=`));
    const text = at < 0 ? undefined : (rest[at]?.split('=')[1] ?? rest[at + 1]);
    return text === undefined ? usual : Number(text);
  };
  return command(context, flag);
};

const commands: Readonly<Record<string, Command>> = {
  pause(context) {
    context.write('stdout', 'Paused\nSignals registered\n');
    return quietly({
      signal(signal) {
        if (signal !== 'SIGINT' && signal !== 'SIGTERM') return false;
        const last = `exiting because of signal "${signal === 'SIGINT' ? 'interrupt' : 'terminated'}"\n`;
        context.files.write(context.env.TERMINATION_MESSAGE_PATH ?? '/dev/termination-log', last);
        context.write('stdout', last);
        context.clock.after(1, () => context.exit(signal === 'SIGINT' ? 1 : 2));
        return true;
      },
    });
  },
  'serve-hostname'(context, flag) {
    const port = flag('port', 9376);
    return serve(context, port, () => text(context, 200, context.hostname), {
      signal(signal) {
        if (signal !== 'SIGTERM') return false;
        context.write('stderr', 'Shutting down after receiving signal: terminated.\nAwaiting pod deletion.\n');
        context.clock.after(60_000, () => context.exit(0));
        return true;
      },
    });
  },
  'test-webserver': (context, flag) => serve(context, flag('port', 80), (request) => readFile(context, request), diesBySignal(context)),
};

/** Un programa de Go que no atiende la señal acaba él mismo con 2, aunque sea el proceso 1, al que el núcleo no mataría. */
// Sigue a go: src/runtime/signal_unix.go (dieFromSignal).
const diesBySignal = (context: ProcessContext): Pick<Process, 'signal'> => ({
  signal(signal) {
    if (signal !== 'SIGTERM' && signal !== 'SIGINT' && signal !== 'SIGHUP') return false;
    context.clock.after(1, () => context.exit(2));
    return true;
  },
});

const quietly = (process: Pick<Process, 'signal'>): Process => ({ isStable: true, stop() {}, ...process });

function serve(context: ProcessContext, port: number, answer: (request: HttpRequest) => HttpResponse, process: Pick<Process, 'signal'>): Process {
  const { network, address } = context;
  if (network.isListening(address, port)) {
    context.write('stderr', `listen tcp :${port}: bind: address already in use\n`);
    return failed(context);
  }
  context.listen(address, port, (request, respond) => respond(answer(request)));
  const stop = context.files.onChange(context.healthChanged);
  return { isStable: true, stop, ...process };
}

/** El `http.FileServer` de Go sobre la raíz: archivos, y de una carpeta, sus nombres. */
function readFile(context: ProcessContext, { path: asked }: HttpRequest): HttpResponse {
  const { files } = context;
  const path = `/${asked.split('?', 1)[0] ?? ''}`.replaceAll(/\/+/g, '/');
  if (files.isDirectory(path)) {
    const names = files.list(path).map((name) => (files.isDirectory(`${path}/${name}`.replaceAll(/\/+/g, '/')) ? `${name}/` : name));
    return text(context, 200, `<!doctype html>\n<pre>\n${names.map((name) => `<a href="${name}">${name}</a>\n`).join('')}</pre>\n`, 'text/html; charset=utf-8');
  }
  return files.exists(path) ? text(context, 200, files.read(path)) : text(context, 404, '404 page not found\n');
}

const text = ({ clock }: ProcessContext, status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse => ({
  status,
  headers: { date: httpDate(clock.now()), 'content-type': type, 'content-length': String(new TextEncoder().encode(body).length) },
  body,
});

function failed(context: ProcessContext): Process {
  const timer = context.clock.after(20, () => context.exit(1));
  return { isStable: true, signal: () => false, stop: () => timer.cancel() };
}
