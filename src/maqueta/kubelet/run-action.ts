import type { Network, Origin } from '../network/network.ts';
import type { Container, LifecycleHandler, Probe } from '../schema/types.generated.ts';
import type { ProbeOutcome } from './probe.ts';
import type { ExecResult } from './runtime.ts';

interface Target {
  network: Network;
  /** El kubelet llama desde su nodo. */
  origin: Origin;
  address: string;
  container: Container;
  exec(command: readonly string[], onDone: (result: ExecResult) => void): () => void;
}

const failure = (message: string): ProbeOutcome => ({ kind: 'failure', message });

/** Una pasada de sonda o un gancho: httpGet, tcpSocket o exec. Devuelve cómo abandonarla. */
// Sigue a kubernetes: pkg/probe/{http,tcp,exec}.
export function runAction(action: Probe | LifecycleHandler, timeout: number, target: Target, onDone: (outcome: ProbeOutcome) => void): () => void {
  const { network, origin, address, container } = target;
  if (action.httpGet) {
    const { path = '/', host, httpHeaders = [], scheme = 'HTTP' } = action.httpGet;
    const port = portOf(container, action.httpGet.port);
    const url = `${scheme.toLowerCase()}://${host ?? address}:${port}${path.startsWith('/') ? path : `/${path}`}`;
    const headers = Object.fromEntries([
      ['host', `${address}:${port}`],
      ['user-agent', 'kube-probe/1.37'],
      ['accept', '*/*'],
      ['connection', 'close'],
      ...httpHeaders.map(({ name, value }) => [name.toLowerCase(), value]),
    ]);
    return network.request(origin, host ?? address, port, { method: 'GET', path, headers, body: '' }, timeout, (outcome) => {
      if (outcome.kind === 'response') {
        const { status } = outcome.response;
        return onDone(status >= 200 && status < 400 ? { kind: 'success' } : failure(`HTTP probe failed with statuscode: ${status}`));
      }
      if (outcome.error === 'ETIMEDOUT') return onDone(failure(`Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`));
      if (outcome.error === 'ECONNRESET') return onDone(failure(`Get "${url}": EOF`));
      onDone(failure(`Get "${url}": dial tcp ${host ?? address}:${port}: connect: ${dialErrors[outcome.error]}`));
    });
  }
  if (action.tcpSocket) {
    const host = action.tcpSocket.host ?? address;
    const port = portOf(container, action.tcpSocket.port);
    return network.connect(origin, host, port, timeout, (error) => {
      if (!error) return onDone({ kind: 'success' });
      onDone(failure(error === 'ETIMEDOUT' ? `dial tcp ${host}:${port}: i/o timeout` : `dial tcp ${host}:${port}: connect: ${dialErrors[error]}`));
    });
  }
  const command = 'exec' in action ? (action.exec?.command ?? []) : [];
  if (command.length === 0) {
    onDone({ kind: 'unknown', message: 'la maqueta no tiene sondas grpc' });
    return () => {};
  }
  return target.exec(command, ({ stdout, stderr, exitCode }) => {
    if (exitCode === 0) return onDone({ kind: 'success' });
    const output = `${stdout}${stderr}`;
    // 126 y 127 del propio entorno: la orden no llegó a correr, y el kubelet descarta el resultado.
    onDone(exitCode === 127 && stderr.startsWith('OCI runtime exec failed') ? { kind: 'unknown', message: output.trim() } : failure(output));
  });
}

const dialErrors = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENOTFOUND: 'no such host',
  ETIMEDOUT: 'connection timed out',
  ECONNRESET: 'connection reset by peer',
} as const;

/** Un puerto puede ir por su nombre en `containers[].ports`. */
const portOf = (container: Container, port: number | string): number =>
  typeof port === 'number' ? port : (container.ports?.find(({ name }) => name === port)?.containerPort ?? Number(port));
