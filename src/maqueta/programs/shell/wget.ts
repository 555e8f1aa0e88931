import { absolute, FileError, normalize } from '../file-system.ts';
import { type Binary, finished } from '../program.ts';

const causes = {
  ECONNREFUSED: 'Connection refused',
  ETIMEDOUT: 'Operation timed out',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'Host is unreachable',
} as const;
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** El `wget` de busybox: `wget -qO- http://host:puerto/ruta`, con `-T` y `--spider`. */
export const wget: Binary = (context) => {
  const args = context.argv.slice(1);
  let url = '';
  let output: string | undefined;
  let timeout = 900_000;
  let isQuiet = false;
  let isSpider = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    const attached = /^-([a-zA-Z]*)([OT])(.*)$/.exec(arg);
    if (arg === '--spider') isSpider = true;
    else if (/^--timeout=/.test(arg)) timeout = Number(arg.slice(10)) * 1000;
    else if (attached && !arg.startsWith('--')) {
      const value = attached[3] || (args[++index] ?? '');
      if (attached[1]?.includes('q')) isQuiet = true;
      if (attached[2] === 'O') output = value;
      else timeout = Number(value) * 1000;
    } else if (arg.startsWith('-')) isQuiet ||= arg.includes('q');
    else url = arg;
  }
  const fail = (text: string) => {
    context.write('stderr', `wget: ${text}\n`);
    context.exit(1);
  };
  const match = /^(?:http:\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(url);
  if (!match) {
    context.write('stderr', `wget: not an http or ftp url: ${url}\n`);
    return finished(context, 1);
  }
  const [, host = '', port = '80', path = '/'] = match;
  const abandon = context.network.request(
    context.origin,
    host,
    Number(port),
    {
      method: isSpider ? 'HEAD' : 'GET',
      path,
      headers: { host: port === '80' ? host : `${host}:${port}`, 'user-agent': 'Wget', connection: 'close' },
      body: '',
    },
    timeout,
    (outcome) => {
      if (outcome.kind === 'error') {
        if (outcome.error === 'ENOTFOUND') return fail(`bad address '${host}${port === '80' ? '' : `:${port}`}'`);
        if (outcome.error === 'ETIMEDOUT') return fail('download timed out');
        return fail(`can't connect to remote host (${outcome.address}): ${causes[outcome.error]}`);
      }
      const { status, body } = outcome.response;
      if (status >= 400) return fail(`server returned error: HTTP/1.1 ${status} ${reasons[status] ?? ''}`);
      if (!isQuiet) context.write('stderr', `Connecting to ${host}:${port} (${outcome.address}:${port})\n`);
      if (isSpider) return context.exit(0);
      const name = output ?? (path.split('?', 1)[0]?.split('/').at(-1) || 'index.html');
      if (name === '-') context.write('stdout', body);
      else {
        try {
          context.files.write(normalize(absolute(name, context.workingDirectory)), body);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          return fail(`can't open '${name}': ${error.message}`);
        }
      }
      context.exit(0);
    },
  );
  return { isStable: false, signal: () => false, stop: abandon };
};
