import { isIP } from 'node:net';
import { LabError } from '../engine/lab-error.ts';
import type { KubeObject } from '../engine/ports.ts';
import type { WrittenContext } from './kubeconfig.ts';

/** Lo que se puede decir de un contexto sin abrir conexión ni ejecutar nada. */
export interface JudgedContext {
  name: string;
  server: string;
}

const certificates = ['client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'extensions'];
const untouched = 'No se ha abierto ninguna conexión ni se ha ejecutado nada.';
export const minikubeLabel = 'minikube.k8s.io/name';

/**
 * Un contexto que dice ser minikube: TLS sin atajos, dirección local o privada escrita en cifras y solo certificados.
 * @throws {LabError} `ENVIRONMENT`, sin haber tocado nada.
 */
export function judgeMinikube(context: WrittenContext): JudgedContext {
  const server = judgeConnection(context, certificates);
  const { hostname } = new URL(server);
  if (!isLocal(hostname)) {
    throw refuse(context.name, `«${context.name}» no apunta a un minikube local: ${shown(server)} (se esperaba una dirección local o privada).`);
  }
  return { name: context.name, server };
}

/** Un contexto pedido por su nombre exacto y confirmado por escrito: vale cualquier dirección, pero no ejecutar programas ajenos. */
export function judgeNamed(context: WrittenContext, isConfirmed: boolean): JudgedContext {
  const server = judgeConnection(context, [...certificates, 'token', 'username', 'password']);
  if (!isConfirmed) {
    throw new LabError(`El contexto «${context.name}» (${shown(server)}) no es tu minikube: usarlo exige que lo confirmes por escrito. ${untouched}`, {
      code: 'ENVIRONMENT',
      fix: `kubectl config view --minify --context ${quoted(context.name)}`,
    });
  }
  return { name: context.name, server };
}

/**
 * El taller está en esta máquina, con su CA y su certificado, y su kubeconfig lleva adonde su supervisor dice.
 * @throws {LabError} `ENVIRONMENT`, sin haber tocado nada.
 */
export function judgeTaller(context: WrittenContext, expected: string, fix: string): string {
  let server: string;
  try {
    server = judgeConnection(context, certificates);
  } catch (error) {
    // Ese kubeconfig no está en el de la persona: no hay nada que mirar con kubectl, se levanta de nuevo.
    throw error instanceof LabError ? new LabError(error.message, { code: 'ENVIRONMENT', fix, cause: error }) : error;
  }
  const { hostname } = new URL(server);
  if (isLocal(hostname) && server === expected.replace(/\/+$/, '')) return server;
  const why = isLocal(hostname) ? `su supervisor dice ${expected}` : 'se esperaba una dirección local o privada';
  throw new LabError(`El kubeconfig del taller lleva a ${shown(server)}: ${why}. ${untouched}`, { code: 'ENVIRONMENT', fix });
}

/** Los nodos llevan la etiqueta que minikube les pone, con el nombre de ese perfil. */
export function judgeNodes(nodes: readonly KubeObject[], profile: string, server: string): void {
  const strangers = nodes.filter((node) => node.metadata.labels?.[minikubeLabel] !== profile);
  if (nodes.length > 0 && strangers.length === 0) return;
  const why = nodes.length === 0 ? 'no tiene ningún nodo' : `su nodo «${strangers[0]?.metadata.name}» no lleva la etiqueta ${minikubeLabel}=${profile}`;
  throw new LabError(`«${profile}» (${shown(server)}) no es un minikube: ${why}. Solo se ha leído la lista de nodos; no se ha cambiado nada.`, {
    code: 'ENVIRONMENT',
    fix: `kubectl config view --minify --context ${quoted(profile)}`,
  });
}

function judgeConnection({ name, cluster, user }: WrittenContext, allowed: readonly string[]): string {
  const written = typeof cluster.server === 'string' ? cluster.server : '';
  let url: URL;
  try {
    url = new URL(written);
  } catch {
    throw refuse(name, `El contexto «${name}» no tiene una dirección que se entienda${written ? `: ${written}` : ''}.`);
  }
  if (url.username || url.password) throw refuse(name, `La dirección del contexto «${name}» lleva un usuario dentro: su servidor de verdad es ${url.host}.`);
  if (url.protocol !== 'https:') throw refuse(name, `El contexto «${name}» no usa TLS (${shown(written)}).`);
  if (cluster['proxy-url']) throw refuse(name, `El contexto «${name}» pasa por un intermediario (proxy-url): la conexión no iría adonde dice.`);
  if (cluster['insecure-skip-tls-verify']) throw refuse(name, `El contexto «${name}» no comprueba quién contesta (insecure-skip-tls-verify).`);
  const foreign = Object.keys(user).filter((key) => user[key] !== null && user[key] !== undefined && !allowed.includes(key));
  if (foreign.length > 0) {
    const command = user.exec && typeof user.exec === 'object' && 'command' in user.exec ? `, que ejecutaría «${String(user.exec.command)}»` : '';
    throw refuse(
      name,
      `El usuario del contexto «${name}» saca sus credenciales de ${foreign.map((key) => `«${key}»`).join(' y ')}${command}; aquí no se admite.`,
    );
  }
  return written.replace(/\/+$/, '');
}

const refuse = (name: string, message: string) =>
  new LabError(`${message} ${untouched}`, { code: 'ENVIRONMENT', fix: `kubectl config view --minify --context ${quoted(name)}` });

/** Un nombre raro no puede colarse en la orden que se pega. */
const quoted = (name: string) => (/^[\w.@:/-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);

/** Origen de la dirección, sin lo que venga detrás. */
const shown = (server: string) => {
  const { protocol, host } = new URL(server);
  return `${protocol}//${host}`;
};

/**
 * Bucle local, redes privadas (RFC 1918 y 4193) y de enlace. Un nombre se rechaza siempre salvo localhost: mañana puede
 * resolver a otro sitio. `URL` ya ha pasado a cifras normales las formas raras (`0x7f.1`, `2130706433`).
 */
export function isLocal(hostname: string): boolean {
  if (hostname === 'localhost') return true;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 4) return isLocalV4(host);
  if (isIP(host) !== 6) return false;
  if (host === '::1' || /^f[cd]/i.test(host) || /^fe[89ab]/i.test(host)) return true;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(host);
  if (!mapped) return false;
  const [high = 0, low = 0] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return isLocalV4(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`);
}

function isLocalV4(host: string): boolean {
  const [a = 0, b = 0] = host.split('.').map(Number);
  return a === 127 || a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
}
