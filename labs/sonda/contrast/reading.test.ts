import { describe, expect, it } from 'vitest';
import { outage } from '../../testing/probe-results.ts';
import { readingOfFortio, readingOfProbe } from './reading.ts';

const line = (latency: number, details = '200') => JSON.stringify({ latency, timestamp: 1, thread: 0, iter: 1, ok: details === '200', details });

describe('lo que dice cada herramienta', () => {
  it('de la sonda, la latencia de todas, también las que fallan', () => {
    expect(readingOfProbe(outage)).toEqual({ requests: 200, errors: 33, unavailable: 0, p50: 1.868, p90: 5.264, p99: 25.152, max: 29.412 });
    expect(readingOfProbe({ ...outage, errors: { ...outage.errors, http5xx: 7 } })).toMatchObject({ errors: 40, unavailable: 7 });
  });

  it('de fortio, sus líneas una a una y nada de lo que escribe alrededor', () => {
    const latencies = Array.from({ length: 100 }, (_, index) => line((index + 1) / 1000, index < 3 ? '503' : '200')).reverse();
    const log = ['Fortio 1.68.0 running at 100 queries per second', ...latencies, '# target 50% 0.0005', ''].join('\n');
    expect(readingOfFortio(log)).toEqual({ requests: 100, errors: 3, unavailable: 3, p50: 50, p90: 90, p99: 99, max: 100 });
  });

  it('un fallo sin respuesta es un error, pero no un 503', () => {
    expect(readingOfFortio(line(0.001, '-1'))).toMatchObject({ requests: 1, errors: 1, unavailable: 0 });
  });

  it('sin ninguna línea, no hay peticiones: el juicio lo rechazará', () => {
    expect(readingOfFortio('error: no se pudo conectar')).toMatchObject({ requests: 0, p99: 0 });
  });
});
