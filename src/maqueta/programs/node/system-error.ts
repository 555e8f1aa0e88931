import type { NetworkError } from '../../network/network.ts';
import { FileError } from '../file-system.ts';

const numbers: Readonly<Record<string, number>> = {
  ENOENT: -2,
  EIO: -5,
  EEXIST: -17,
  ENOTDIR: -20,
  EISDIR: -21,
  ENOSPC: -28,
  EROFS: -30,
  ENOTEMPTY: -39,
  EADDRINUSE: -98,
  ECONNRESET: -104,
  ETIMEDOUT: -110,
  ECONNREFUSED: -111,
  EHOSTUNREACH: -113,
  ENOTFOUND: -3008,
};

const withFields = (error: Error, fields: Record<string, unknown>): Error => Object.assign(error, fields);

/** El error de un módulo de Node, con los campos que mira un programa: `code`, `syscall`, `path`… */
export function fileError(error: unknown, syscall: string): unknown {
  if (!(error instanceof FileError)) return error;
  const { code, path, message } = error;
  return withFields(new Error(`${code}: ${message}, ${syscall} '${path}'`), { errno: numbers[code], code, syscall, path });
}

export function connectionError(code: NetworkError, host: string, port: number, address: string | undefined): Error {
  if (code === 'ENOTFOUND')
    return withFields(new Error(`getaddrinfo ENOTFOUND ${host}`), { errno: numbers[code], code, syscall: 'getaddrinfo', hostname: host });
  // Cortada a medias: Node lo llama «socket hang up» si aún no había llegado nada.
  if (code === 'ECONNRESET') return withFields(new Error('socket hang up'), { code });
  const where = address ?? host;
  return withFields(new Error(`connect ${code} ${where}:${port}`), { errno: numbers[code], code, syscall: 'connect', address: where, port });
}

export const addressInUse = (port: number): Error =>
  withFields(new Error(`listen EADDRINUSE: address already in use :::${port}`), {
    code: 'EADDRINUSE',
    errno: numbers.EADDRINUSE,
    syscall: 'listen',
    address: '::',
    port,
  });

export const coded = (message: string, code: string): Error => withFields(new Error(message), { code });
