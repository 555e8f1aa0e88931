import type { Clock, Timer } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Store } from '../store/store.ts';
import { createAddresses } from './addresses.ts';
import { createEndpointView } from './endpoint-view.ts';
import { createHostPorts } from './host-ports.ts';
import { createNameResolver } from './name-resolver.ts';
import type { Handler, HttpOutcome, HttpRequest, HttpResponse, Network, NetworkError, Origin } from './network.ts';
import { createServiceProxy } from './service-proxy.ts';

/** Sin nadie en esa dirección, el núcleo se rinde tras tres preguntas ARP. */
const arpGivesUp = 3070;

interface Connection {
  from: string;
  to: string;
  fail(error: NetworkError): void;
}

type Destination = { kind: 'address'; address: string; port: number } | { kind: 'error'; error: NetworkError; address?: string };

export function createNetwork({ clock, random, store }: { clock: Clock; random: Random; store: Store }): Network {
  const addresses = createAddresses(store);
  const view = createEndpointView({ clock, random, store });
  const proxy = createServiceProxy({ clock, random, store, view });
  const hostPorts = createHostPorts(store);
  const { resolve, query } = createNameResolver({ clock, store, view });
  const times = random.fork('latencia');
  const listeners = new Map<string, Handler>();
  const connections = new Map<string, Set<Connection>>();
  const unplugged = new Set<string>();
  const latency = () => times.between(0.2, 1.5);

  /** Dentro de un nodo no hay cable que cortar. */
  const canReach = (from: string, to: string) => from === to || (!unplugged.has(from) && !unplugged.has(to));

  const route = (origin: Origin, host: string, port: number): Destination => {
    const node = nodeOf(origin);
    const own = typeof origin === 'object' && 'pod' in origin ? (origin.pod.status?.podIP ?? '') : '';
    let name = host;
    let address: string | undefined;
    for (let hops = 0; address === undefined; hops++) {
      const answer = resolve(origin, name);
      if (answer.kind === 'nxdomain' || hops > 8) return { kind: 'error', error: 'ENOTFOUND' };
      if (answer.kind === 'addresses') address = answer.addresses.length > 1 ? times.pick(answer.addresses) : answer.addresses[0];
      else name = answer.target.endsWith('.') ? answer.target : `${answer.target}.`;
    }
    if (address.startsWith('127.')) return { kind: 'address', address: own, port };
    let chosen = proxy.toClusterIp(node, own || node, address, port) ?? proxy.toBalancerIp(node, own || node, address, port);
    if (!chosen && addresses.isNode(address) && !listeners.has(`${address}:${port}`)) {
      const entry = addresses.nodeOf(address) ?? '';
      if (!canReach(node, entry)) return { kind: 'error', error: 'ETIMEDOUT', address };
      const inside = hostPorts.find(entry, address, port);
      if (inside) return { kind: 'address', ...inside };
      chosen = proxy.toNodePort(entry, own || node, port, own !== '');
    }
    if (!chosen) return { kind: 'address', address, port };
    if (chosen.kind === 'rejected') return { kind: 'error', error: 'ECONNREFUSED', address };
    if (chosen.kind === 'dropped') return { kind: 'error', error: 'ETIMEDOUT', address };
    return { kind: 'address', address: chosen.address, port: chosen.port };
  };

  /** Lo común a una petición y a una conexión suelta: plazo, ruta, y un solo final. */
  const open = (
    origin: Origin,
    host: string,
    port: number,
    timeout: number,
    onError: (error: NetworkError, address?: string) => void,
    onConnected: (handler: Handler, address: string, connection: Connection, finish: () => boolean) => void,
  ): (() => void) => {
    let isDone = false;
    let key = '';
    let connection: Connection | undefined;
    let attempt: Timer | undefined;
    const finish = () => {
      if (isDone) return false;
      isDone = true;
      deadline.cancel();
      attempt?.cancel();
      const open = connections.get(key);
      if (connection && open?.delete(connection) && open.size === 0) connections.delete(key);
      return true;
    };
    const fail = (error: NetworkError, address?: string) => {
      if (finish()) onError(error, address);
    };
    let tried: string | undefined;
    const deadline = clock.after(timeout, () => fail('ETIMEDOUT', tried));
    attempt = clock.after(latency(), () => {
      const destination = route(origin, host, port);
      tried = destination.address;
      if (destination.kind === 'error') {
        if (destination.error !== 'ETIMEDOUT') fail(destination.error, destination.address);
        return;
      }
      const { address } = destination;
      const from = nodeOf(origin);
      const to = addresses.nodeOf(address);
      if (to !== undefined && !canReach(from, to)) return;
      if (to === undefined) {
        attempt = clock.after(arpGivesUp, () => fail('EHOSTUNREACH', address));
        return;
      }
      key = `${address}:${destination.port}`;
      const handler = listeners.get(key);
      if (!handler) return fail('ECONNREFUSED', address);
      connection = { from, to, fail: (error) => fail(error, address) };
      const others = connections.get(key);
      if (others) others.add(connection);
      else connections.set(key, new Set([connection]));
      onConnected(handler, address, connection, finish);
    });
    return () => void finish();
  };

  return {
    allocatePodIp: addresses.allocate,
    releasePodIp: addresses.release,
    resolve,
    query,
    listen(address, port, handler) {
      const key = `${address}:${port}`;
      listeners.set(key, handler);
      return () => {
        if (listeners.get(key) === handler) listeners.delete(key);
      };
    },
    isListening: (address, port) => listeners.has(`${address}:${port}`),
    reset(address, port) {
      for (const connection of [...(connections.get(`${address}:${port}`) ?? [])]) {
        clock.after(latency(), () => {
          // Si el cable está cortado, el aviso tampoco llega: quien espera se queda esperando.
          if (canReach(connection.from, connection.to)) connection.fail('ECONNRESET');
        });
      }
    },
    request(origin, host, port, request: HttpRequest, timeout, onDone: (outcome: HttpOutcome) => void) {
      return open(
        origin,
        host,
        port,
        timeout,
        (error, address) => onDone({ kind: 'error', error, ...(address ? { address } : {}) }),
        (handler, address, connection, finish) => {
          let isAnswered = false;
          handler(request, (response: HttpResponse) => {
            if (isAnswered) return;
            isAnswered = true;
            clock.after(latency(), () => {
              if (canReach(connection.from, connection.to) && finish()) onDone({ kind: 'response', response, address });
            });
          });
        },
      );
    },
    connect(origin, host, port, timeout, onDone) {
      return open(
        origin,
        host,
        port,
        timeout,
        (error) => onDone(error),
        (_handler, _address, _connection, finish) => {
          if (finish()) onDone(undefined);
        },
      );
    },
    setNodeReachable(node, isReachable) {
      if (isReachable) unplugged.delete(node);
      else unplugged.add(node);
    },
  };
}

const nodeOf = (origin: Origin): string => (origin === 'control-plane' ? '' : 'pod' in origin ? (origin.pod.spec?.nodeName ?? '') : origin.node);
