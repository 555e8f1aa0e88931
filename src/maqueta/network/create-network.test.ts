import { describe, expect, it } from 'vitest';
import { testCluster } from '../kubelet/test-cluster.ts';
import type { Pod, Service } from '../schema/types.generated.ts';
import type { HttpOutcome, Origin } from './network.ts';

const server = (name: string) =>
  `const http = require('node:http'); http.createServer((q, r) => { if (q.url === '/lento') return; r.end('${name}') }).listen(8080)`;

/** Dos servidores en dos nodos y un cliente, con un Service delante. */
function start() {
  const cluster = testCluster();
  cluster.script('a', server('a'), {}, { hostname: 'a', subdomain: 'web' });
  cluster.script('b', server('b'), {}, { hostname: 'b', subdomain: 'web', nodeName: 'nodo2' });
  cluster.shell('cliente', 'sleep 100000');
  cluster.clock.advance(12_000);
  const client = (): Origin => ({ pod: cluster.pod('cliente') as Pod });
  const ask = (
    host: string,
    port: number,
    { path = '/', timeout = 5000, from = client() }: { path?: string; timeout?: number; from?: Origin } = {},
  ): { answer: string; took: number } => {
    let outcome: HttpOutcome | undefined;
    const begun = cluster.clock.now();
    let took = 0;
    cluster.network.request(from, host, port, { method: 'GET', path, headers: {}, body: '' }, timeout, (result) => {
      outcome = result;
      took = cluster.clock.now() - begun;
    });
    expect(outcome).toBeUndefined();
    cluster.clock.advance(timeout + 1);
    return { answer: outcome?.kind === 'response' ? outcome.response.body : (outcome?.error ?? 'nada'), took };
  };
  const many = (host: string, port: number, count = 40) => new Set(Array.from({ length: count }, () => ask(host, port, { timeout: 10 }).answer));
  return { ...cluster, ask, many, client };
}

describe('el reparto de un Service', () => {
  it('va al azar entre los endpoints listos, por el nombre corto', () => {
    const { service, endpoints, clock, many } = start();
    service('web', 80, 8080);
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    clock.advance(100);
    expect([...many('web', 80)].sort()).toEqual(['a', 'b']);
  });

  it('sin endpoints rechaza la conexión', () => {
    const { service, ask } = start();
    service('web', 80, 8080);
    expect(ask('web', 80).answer).toBe('ECONNREFUSED');
  });

  it('sin ninguno listo, manda a los que se van y aún atienden', () => {
    const { service, endpoints, clock, many } = start();
    service('web', 80, 8080);
    endpoints('web', 8080, [
      { name: 'a', ready: false, serving: true, terminating: true },
      { name: 'b', ready: false, serving: false },
    ]);
    clock.advance(100);
    expect([...many('web', 80)]).toEqual(['a']);
  });

  it('cada nodo tarda entre 20 y 100 ms en enterarse de un cambio', () => {
    const { service, endpoints, clock, ask } = start();
    service('web', 80, 8080);
    endpoints('web', 8080, [{ name: 'a' }]);
    clock.advance(200);
    endpoints('web', 8080, [{ name: 'b' }]);
    expect(ask('web', 80, { timeout: 10 }).answer).toBe('a');
    clock.advance(100);
    expect(ask('web', 80, { timeout: 10 }).answer).toBe('b');
  });

  it('con sessionAffinity ClientIP vuelve siempre al mismo', () => {
    const { service, endpoints, clock, many } = start();
    service('web', 80, 8080, { sessionAffinity: 'ClientIP' });
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    clock.advance(100);
    expect(many('web', 80).size).toBe(1);
  });

  it('la IP que alguien dio a un LoadBalancer la atiende cualquier nodo, en los puertos del Service', () => {
    const { service, endpoints, clock, many, ask, world } = start();
    const balanced = service('web', 80, 8080, { type: 'LoadBalancer' });
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    clock.advance(100);
    expect(ask('192.168.48.240', 80).answer).toBe('EHOSTUNREACH');
    world.registry.updateStatus('services', { ...balanced, status: { loadBalancer: { ingress: [{ ip: '192.168.48.240' }] } } });
    expect([...many('192.168.48.240', 80)].sort()).toEqual(['a', 'b']);
    expect(ask('192.168.48.240', 81).answer).toBe('EHOSTUNREACH');
  });

  it('con externalTrafficPolicy Local, quien llega de fuera solo va a los Pods de ese nodo; un Pod del clúster, a cualquiera', () => {
    const { service, endpoints, clock, many, ask } = start();
    service('web', 80, 8080, { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] });
    endpoints('web', 8080, [{ name: 'b' }]);
    clock.advance(100);
    const outside = { from: { node: 'nodo2' }, timeout: 10 };
    expect(ask('192.168.49.3', 30080, outside).answer).toBe('b');
    expect(ask('192.168.49.2', 30080, outside).answer).toBe('ETIMEDOUT');
    expect([...many('192.168.49.2', 30080)]).toEqual(['b']);
  });

  it('un NodePort contesta en la IP de cualquier nodo', () => {
    const { service, endpoints, clock, many } = start();
    service('web', 80, 8080, { type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] });
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    clock.advance(100);
    expect([...many('192.168.49.3', 30080)].sort()).toEqual(['a', 'b']);
  });
});

describe('una conexión', () => {
  it('cuesta poco y no contesta dentro de la llamada', () => {
    const { ask, pod } = start();
    const { answer, took } = ask(pod('b')?.status?.podIP ?? '', 8080);
    expect(answer).toBe('b');
    expect(took).toBeGreaterThan(0.4);
    expect(took).toBeLessThan(3);
  });

  it('a un puerto cerrado de un Pod vivo se rechaza', () => {
    const { ask, pod } = start();
    expect(ask(pod('a')?.status?.podIP ?? '', 81).answer).toBe('ECONNREFUSED');
  });

  it('a un nodo apagado se queda sin respuesta hasta el plazo', () => {
    const { ask, pod, machines } = start();
    machines.powerOff('nodo2');
    const { answer, took } = ask(pod('b')?.status?.podIP ?? '', 8080, { timeout: 2000 });
    expect(answer).toBe('ETIMEDOUT');
    expect(took).toBe(2000);
  });

  it('entre Pods del mismo nodo sigue aunque al nodo le falte el cable', () => {
    const { ask, pod, machines } = start();
    machines.disconnect('nodo1');
    expect(ask(pod('a')?.status?.podIP ?? '', 8080).answer).toBe('a');
    expect(ask(pod('b')?.status?.podIP ?? '', 8080).answer).toBe('ETIMEDOUT');
    machines.reconnect('nodo1');
    expect(ask(pod('b')?.status?.podIP ?? '', 8080).answer).toBe('b');
  });

  it('en curso se corta si muere quien contesta', () => {
    const { network, clock, client, pod, machines } = start();
    const outcomes: HttpOutcome[] = [];
    network.request(client(), pod('a')?.status?.podIP ?? '', 8080, { method: 'GET', path: '/lento', headers: {}, body: '' }, 60_000, (outcome) =>
      outcomes.push(outcome),
    );
    clock.advance(1000);
    expect(outcomes).toEqual([]);
    machines.killContainer(pod('a') as Pod);
    clock.advance(5);
    expect(outcomes).toMatchObject([{ kind: 'error', error: 'ECONNRESET' }]);
  });

  it('a la dirección de un Pod que ya no está no llega', () => {
    const cluster = start();
    const address = cluster.pod('b')?.status?.podIP ?? '';
    cluster.delete('b');
    cluster.clock.advance(40_000);
    expect(cluster.pod('b')).toBeUndefined();
    expect(cluster.ask(address, 8080).answer).toBe('EHOSTUNREACH');
  });
});

describe('el DNS del clúster', () => {
  const headless = { clusterIP: 'None' };

  it('de un Service headless da cada endpoint listo, y el nombre de cada Pod', () => {
    const { service, endpoints, network, client, pod } = start();
    service('web', 8080, 8080, headless);
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    const [a, b] = [pod('a')?.status?.podIP ?? '', pod('b')?.status?.podIP ?? ''];
    expect(network.resolve(client(), 'web')).toEqual({ kind: 'addresses', addresses: [a, b] });
    expect(network.resolve(client(), 'b.web.tienda.svc.cluster.local')).toEqual({ kind: 'addresses', addresses: [b] });
    expect(network.resolve(client(), 'a.web')).toEqual({ kind: 'addresses', addresses: [a] });
    expect(network.resolve(client(), 'c.web')).toEqual({ kind: 'nxdomain' });
  });

  it('recuerda 30 segundos que un nombre no existía', () => {
    const { service, network, client, clock } = start();
    expect(network.resolve(client(), 'web')).toEqual({ kind: 'nxdomain' });
    service('web', 80, 8080);
    clock.advance(29_000);
    expect(network.resolve(client(), 'web')).toEqual({ kind: 'nxdomain' });
    clock.advance(1001);
    expect(network.resolve(client(), 'web')).toEqual({ kind: 'addresses', addresses: ['10.96.0.20'] });
  });

  it('busca en el propio espacio y, con su espacio, en otro', () => {
    const { store, network, client } = start();
    store.put<Service>('services', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'lejos', namespace: 'otro' }, spec: { clusterIP: '10.96.0.99' } });
    expect(network.resolve(client(), 'lejos')).toEqual({ kind: 'nxdomain' });
    expect(network.resolve(client(), 'lejos.otro')).toEqual({ kind: 'addresses', addresses: ['10.96.0.99'] });
    expect(network.resolve(client(), 'lejos.otro.svc.cluster.local')).toEqual({ kind: 'addresses', addresses: ['10.96.0.99'] });
  });

  it('de un Service headless da un SRV por endpoint y puerto, con el nombre de cada uno', () => {
    const { service, endpoints, network, client, pod, clock } = start();
    service('web', 8080, 8080, headless);
    endpoints('web', 8080, [{ name: 'a' }, { name: 'b' }]);
    const record = (name: string) => ({ name: `${name}.web.tienda.svc.cluster.local`, port: 8080, priority: 0, weight: 50 });
    expect(network.query(client(), 'web.tienda.svc.cluster.local', 'SRV')).toEqual({ kind: 'services', records: [record('a'), record('b')] });
    // El puerto no tiene nombre: por nombre no se encuentra.
    expect(network.query(client(), '_http._tcp.web.tienda.svc.cluster.local', 'SRV')).toEqual({ kind: 'nxdomain' });
    // Sin `hostname`, el nombre es la dirección con guiones.
    service('otro', 8080, 8080, headless);
    endpoints('otro', 8080, [{ name: 'cliente' }]);
    clock.advance(100);
    const dashed = pod('cliente')?.status?.podIP?.replaceAll('.', '-');
    expect(network.query(client(), 'otro.tienda.svc.cluster.local', 'SRV')).toEqual({
      kind: 'services',
      records: [{ name: `${dashed}.otro.tienda.svc.cluster.local`, port: 8080, priority: 0, weight: 100 }],
    });
  });

  it('de un Service con IP da un SRV por puerto con nombre, hacia el propio Service', () => {
    const { service, network, client } = start();
    service('web', 80, 8080, {
      ports: [
        { name: 'http', protocol: 'TCP', port: 80, targetPort: 8080 },
        { name: 'dns', protocol: 'UDP', port: 53 },
      ],
    });
    const query = (name: string) => network.query(client(), name, 'SRV');
    const own = 'web.tienda.svc.cluster.local';
    expect(query(`_http._tcp.${own}`)).toEqual({ kind: 'services', records: [{ name: own, port: 80, priority: 0, weight: 100 }] });
    expect(query(`_http._udp.${own}`)).toEqual({ kind: 'nxdomain' });
    expect(query(`_dns._udp.${own}`)).toMatchObject({ records: [{ port: 53 }] });
    expect(query('_http._tcp.nadie.tienda.svc.cluster.local')).toEqual({ kind: 'nxdomain' });
    // Una pregunta tal cual: los sufijos de búsqueda no cuentan.
    expect(query('_http._tcp.web')).toEqual({ kind: 'nxdomain' });
  });

  it('solo un ExternalName tiene CNAME', () => {
    const { service, network, client } = start();
    service('web', 80, 8080);
    service('alias', 80, 80, { type: 'ExternalName', externalName: 'web.tienda.svc.cluster.local' });
    const query = (name: string) => network.query(client(), `${name}.tienda.svc.cluster.local`, 'CNAME');
    expect(query('alias')).toEqual({ kind: 'name', target: 'web.tienda.svc.cluster.local' });
    expect(query('web')).toEqual({ kind: 'nodata' });
    expect(query('nadie')).toEqual({ kind: 'nxdomain' });
  });

  it('un ExternalName es otro nombre, y se sigue al pedir', () => {
    const { service, endpoints, network, client, clock, ask } = start();
    service('web', 80, 8080);
    endpoints('web', 8080, [{ name: 'a' }]);
    service('alias', 80, 80, { type: 'ExternalName', externalName: 'web.tienda.svc.cluster.local' });
    clock.advance(100);
    expect(network.resolve(client(), 'alias')).toEqual({ kind: 'name', target: 'web.tienda.svc.cluster.local' });
    expect(ask('alias', 80).answer).toBe('a');
  });
});
