import type { HttpRequest, HttpResponse } from '../network/network.ts';
import type { Binary, ProcessContext } from './program.ts';

const types: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'application/javascript',
  json: 'application/json',
  txt: 'text/plain',
  xml: 'text/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
};
const reasons: Readonly<Record<number, string>> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 405: 'Not Allowed' };
const root = '/usr/share/nginx/html';
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** nginx con su configuración de fábrica: archivos en el puerto 80. Otra configuración se rechaza al arrancar. */
export const nginx =
  (version: string): Binary =>
  (context) => {
    const { files, clock, address, network } = context;
    if (files.exists('/etc/nginx/nginx.conf') || (files.exists('/etc/nginx/conf.d') && files.list('/etc/nginx/conf.d').length > 0)) {
      context.write('stderr', 'nginx: [emerg] la maqueta solo tiene nginx con su configuración de fábrica: no lee /etc/nginx\n');
      return failed(context);
    }
    if (network.isListening(address, 80)) {
      context.write('stderr', 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n');
      return failed(context);
    }
    const stopListening = context.listen(address, 80, (request, respond) => {
      const response = answer(request);
      const line = `"${request.method} ${request.path} HTTP/1.1" ${response.status} ${response.body.length}`;
      context.write('stdout', `- - - [${logDate(clock.now())}] ${line} "-" "${request.headers['user-agent'] ?? '-'}" "-"\n`);
      respond(response);
    });
    const stopWatching = files.onChange(context.healthChanged);
    const answer = (request: HttpRequest): HttpResponse => {
      const date = httpDate(clock.now());
      const page = (status: number, body: string, type: string): HttpResponse => ({
        status,
        headers: { server: `nginx/${version}`, date, 'content-type': type, 'content-length': String(body.length), connection: 'keep-alive' },
        body: request.method === 'HEAD' ? '' : body,
      });
      const fail = (status: number) => {
        const title = `${status} ${reasons[status]}`;
        return page(
          status,
          `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`,
          'text/html',
        );
      };
      if (request.method !== 'GET' && request.method !== 'HEAD') return fail(405);
      const [wanted = '/'] = request.path.split('?', 1);
      const decoded = decode(wanted);
      if (decoded === undefined) return fail(400);
      let path = `${root}${decoded}`;
      if (files.isDirectory(path)) path = `${path.replace(/\/$/, '')}/index.html`;
      if (!files.exists(path)) return fail(wanted.endsWith('/') && files.isDirectory(`${root}${wanted}`) ? 403 : 404);
      return page(200, files.read(path), types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream');
    };
    return {
      isStable: true,
      signal(signal) {
        if (signal === 'SIGHUP') return true;
        if (signal !== 'SIGTERM' && signal !== 'SIGQUIT' && signal !== 'SIGINT') return false;
        stopListening();
        clock.after(5, () => context.exit(0));
        return true;
      },
      stop: stopWatching,
    };
  };

/** La portada que trae la imagen. */
export const welcomePage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
</body>
</html>
`;

function failed(context: ProcessContext) {
  const timer = context.clock.after(20, () => context.exit(1));
  return { isStable: true, signal: () => false, stop: () => timer.cancel() };
}

/** Una ruta con un `%` suelto no se puede leer. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const two = (value: number) => String(value).padStart(2, '0');

export function httpDate(instant: number): string {
  const date = new Date(instant);
  return `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} GMT`;
}

function logDate(instant: number): string {
  const date = new Date(instant);
  return `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}
