import type http from 'node:http';
import type { Duplex } from 'node:stream';
import { execType } from '../../src/maqueta/api/exec.ts';
import type { ExecResult } from '../../src/maqueta/kubelet/runtime.ts';
import { acceptKey, frame, readFrames } from './websocket.ts';

/** Los canales de `kubectl exec`: cada mensaje empieza por el suyo. La quinta versión sabe además cerrar uno. */
// Sigue a kubernetes: apimachinery/pkg/util/remotecommand/constants.go.
const channel = { stdin: 0, stdout: 1, stderr: 2, error: 3, close: 255 } as const;
const versions = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

const execPath = /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/exec(\?|$)/;

export const isExec = (incoming: http.IncomingMessage): boolean => execPath.test(incoming.url ?? '');

/**
 * Atiende un `exec` que llega por WebSocket. La maqueta corre la orden entera: primero llega toda la entrada, y la salida va al final.
 * Quien ofrece otro protocolo (SPDY, el de antes) recibe un 400 y prueba con este.
 */
export async function serveExec(incoming: http.IncomingMessage, socket: Duplex, ask: (request: Request) => Promise<Response>): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://maqueta');
  const offered = (incoming.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const version = versions.find((one) => offered.includes(one));
  const key = incoming.headers['sec-websocket-key'];
  if (incoming.headers.upgrade?.toLowerCase() !== 'websocket' || !key || !version)
    return refuse(socket, 400, { message: 'La maqueta habla exec por WebSocket (v5.channel.k8s.io).', reason: 'BadRequest' });
  // Lo que se puede saber antes de abrir el canal se dice antes: kubectl lo enseña mejor.
  const pod = await ask(new Request(new URL(url.pathname.replace(/\/exec$/, ''), url)));
  if (pod.status !== 200) return refuse(socket, pod.status, (await pod.json()) as Refusal);
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptKey(key)}\r\nSec-WebSocket-Protocol: ${version}\r\n\r\n`,
  );
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  const stdin = await readStdin(socket, url.searchParams.get('stdin') === 'true');
  const answer = await ask(new Request(url, { method: 'POST', headers: { accept: execType }, body: stdin, signal: gone.signal }));
  if (gone.signal.aborted) return;
  const send = (to: number, text: string) => socket.write(frame('binary', Buffer.concat([Buffer.of(to), Buffer.from(text)])));
  if (answer.status === 200) {
    const { stdout, stderr, exitCode } = (await answer.json()) as ExecResult;
    if (stdout) send(channel.stdout, stdout);
    if (stderr) send(channel.stderr, stderr);
    send(channel.error, JSON.stringify(endingOf(exitCode)));
  } else send(channel.error, await answer.text());
  socket.end(frame('close', Buffer.of(0x03, 0xe8)));
}

/** Lo que manda el cliente hasta que cierra su entrada; sin `-i`, nada. */
function readStdin(socket: Duplex, isOpen: boolean): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const end = () => resolve(Buffer.concat(parts).toString());
    readFrames(socket, (message) => {
      if (message.kind === 'ping') socket.write(frame('pong', message.data));
      else if (message.kind === 'close') socket.end(frame('close', Buffer.of(0x03, 0xe8)));
      else if (message.data[0] === channel.stdin) parts.push(message.data.subarray(1));
      else if (message.data[0] === channel.close && message.data[1] === channel.stdin) end();
    });
    socket.once('close', end);
    if (!isOpen) end();
  });
}

// Sigue a kubernetes: pkg/kubelet/server/remotecommand/exec.go (ServeExec).
const endingOf = (exitCode: number): object =>
  exitCode === 0
    ? { metadata: {}, status: 'Success' }
    : {
        metadata: {},
        status: 'Failure',
        message: `command terminated with non-zero exit code: exit status ${exitCode}`,
        reason: 'NonZeroExitCode',
        details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
      };

interface Refusal {
  message: string;
  reason?: string;
}

export function refuse(socket: Duplex, code: number, { message, reason = '' }: Refusal): void {
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code });
  socket.end(`HTTP/1.1 ${code} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
