import { describe, expect, it } from 'vitest';
import { classify, classifyStatus } from './errors.ts';
import { readSettings } from './settings.ts';

const settings = (query: Record<string, string>, environment: Record<string, string> = {}) =>
  readSettings(
    (name) => query[name] ?? null,
    (name) => environment[name],
  );

describe('lo que se pide a la sonda', () => {
  it('cincuenta por segundo, dos segundos de plazo y una conexión por petición, si no se dice otra cosa', () => {
    expect(settings({ objetivo: 'http://web' })).toEqual({ target: new URL('http://web/'), rate: 50, deadline: 2000, connection: 'new', duration: 0 });
  });

  it('lo de la petición manda sobre las variables del Pod', () => {
    const environment = { OBJETIVO: 'http://otro', RITMO: '10', CONEXION: 'viva', PLAZO: '500', DURACION: '60' };
    expect(settings({ ritmo: '20' }, environment)).toEqual({ target: new URL('http://otro/'), rate: 20, deadline: 500, connection: 'kept', duration: 60_000 });
  });

  it.each([
    [{}, 'objetivo tiene que empezar por http://, y es «»'],
    [{ objetivo: 'https://web' }, 'objetivo tiene que empezar por http://, y es «https://web»'],
    [{ objetivo: 'http://web', ritmo: '0' }, 'ritmo tiene que ser un número entre 0.1 y 2000, y es «0»'],
    [{ objetivo: 'http://web', ritmo: 'mucho' }, 'ritmo tiene que ser un número entre 0.1 y 2000, y es «mucho»'],
    [{ objetivo: 'http://web', plazo: '-1' }, 'plazo tiene que ser un número entre 1 y 60000, y es «-1»'],
    [{ objetivo: 'http://web', conexion: 'buena' }, 'conexion tiene que ser nueva o viva, y es «buena»'],
  ])('%j se rechaza con una frase', (query, message) => {
    expect(() => settings(query as Record<string, string>)).toThrow(message);
  });
});

describe('la clase de un error', () => {
  it.each([
    [{ code: 'ECONNREFUSED', syscall: 'connect' }, 'refused'],
    [{ code: 'ECONNRESET' }, 'reset'],
    [{ code: 'EHOSTUNREACH', syscall: 'connect' }, 'unreachable'],
    [{ code: 'ETIMEDOUT', syscall: 'connect' }, 'timeout'],
    [{ code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'dns'],
    [{ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }, 'dns'],
    [{ code: 'HPE_INVALID_CONSTANT' }, 'other'],
  ])('%j es %s', (error, kind) => {
    expect(classify(error)).toBe(kind);
  });

  it.each([
    [200, undefined],
    [302, undefined],
    [404, 'http4xx'],
    [503, 'http5xx'],
  ])('una respuesta %i es %s', (status, kind) => {
    expect(classifyStatus(status)).toBe(kind);
  });
});
