import type { ProbeError } from '../../engine/probe-result.ts';

const byCode: Readonly<Record<string, ProbeError>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
};

/** La clase de un error de `node:http`. Lo que falla al resolver el nombre es DNS, falle como falle. */
export function classify({ code = '', syscall = '' }: { code?: string; syscall?: string }): ProbeError {
  return syscall === 'getaddrinfo' ? 'dns' : (byCode[code] ?? 'other');
}

/** La clase de una respuesta, o `undefined` si es un éxito. */
export const classifyStatus = (status: number): ProbeError | undefined => (status >= 500 ? 'http5xx' : status >= 400 ? 'http4xx' : undefined);
