import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** Sirve una carpeta construida en 127.0.0.1, en un puerto libre. Sin caché: cada visita pide lo mismo. */
export async function serveBuild(folder: string): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const path = await fileFor(folder, request.url ?? '/');
    if (!path) {
      response.writeHead(404, { 'content-type': TYPES['.html'] });
      response.end(await readFile(join(folder, '404.html')));
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(await readFile(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function fileFor(folder: string, url: string): Promise<string | undefined> {
  const path = join(folder, normalize(decodeURIComponent(new URL(url, 'http://127.0.0.1').pathname)));
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) return path;
  const index = join(path, 'index.html');
  return info?.isDirectory() && (await stat(index).catch(() => undefined)) ? index : undefined;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('el servidor no tiene puerto');
  return address.port;
}
