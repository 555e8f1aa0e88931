import { describe, expect, it } from 'vitest';
import { outage } from '../../testing/probe-results.ts';
import { latenessOfFortio, readingOfFortio, readingOfProbe } from './reading.ts';

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

  it('de fortio se sabe también con cuánto retraso sale cada petición', () => {
    // Dos conexiones a 10 por segundo: cada una, un turno de cada dos. La décima petición sale 40 ms tarde.
    const log = (late: (n: number) => number) =>
      Array.from({ length: 10 }, (_, n) =>
        JSON.stringify({ latency: 0.001, timestamp: 1_795_250_117_000_000_000 + (n * 100 + late(n)) * 1e6, thread: n % 2, iter: Math.floor(n / 2), ok: true }),
      ).join('\n');
    const run = { rate: 10, connections: 2 };
    expect(
      latenessOfFortio(
        log(() => 5),
        run,
      ),
    ).toBeCloseTo(0, 2);
    expect(
      latenessOfFortio(
        log((n) => (n === 9 ? 40 : 0)),
        run,
      ),
    ).toBeCloseTo(0, 2);
    expect(
      latenessOfFortio(
        log((n) => (n >= 8 ? 40 : 0)),
        run,
      ),
    ).toBeCloseTo(40, 2);
  });
});
