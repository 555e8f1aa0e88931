import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastMonth, measureMonth, type ServiceState } from './month.ts';

const horizon = 200;
const replicas = 3;

/** Cambios en instantes enteros, para poder contar segundo a segundo. */
const history = fc
  .uniqueArray(fc.integer({ min: 1, max: horizon - 1 }), { maxLength: 20 })
  .chain((times) =>
    fc.tuple(
      ...[0, ...times.sort((a, b) => a - b)].map((at) =>
        fc.nat(replicas).chain((listed) => fc.record({ at: fc.constant(at), listed: fc.constant(listed), alive: fc.nat(listed) })),
      ),
    ),
  );

describe('la cuenta de un mes', () => {
  it('es la misma que mirando a cada instante', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: replicas }), (changes: ServiceState[], needed) => {
        const states = Array.from({ length: horizon }, (_, at) => changes.findLast((change) => change.at <= at) as ServiceState);
        const isDown = states.map(({ alive }) => alive < needed);
        const runs = isDown
          .map((down) => (down ? 'x' : ' '))
          .join('')
          .split(' ')
          .filter(Boolean);
        const measure = measureMonth(changes, { horizon, replicas, needed });
        expect(measure).toEqual({
          horizon,
          downtime: isDown.filter(Boolean).length,
          outages: runs.length,
          longest: Math.max(0, ...runs.map((run) => run.length)),
          believed: states.filter(({ listed }) => listed < needed).length,
          replicaDowntime: states.reduce((sum, { alive }) => sum + replicas - alive, 0),
          errorShare: expect.closeTo(states.reduce((sum, { listed, alive }) => sum + (listed === 0 ? 1 : 1 - alive / listed), 0) / horizon, 9),
        });
      }),
    );
  });

  it('un nodo sin luz que Kubernetes tarda 50 s en ver: caído desde el corte, creído desde que lo ve', () => {
    const changes = [
      { at: 0, listed: 1, alive: 1 },
      { at: 100_000, listed: 1, alive: 0 },
      { at: 150_000, listed: 0, alive: 0 },
      { at: 400_000, listed: 1, alive: 1 },
    ];
    expect(measureMonth(changes, { horizon: 1_000_000, replicas: 1, needed: 1 })).toMatchObject({
      downtime: 300_000,
      believed: 250_000,
      outages: 1,
      errorShare: 0.3,
    });
  });
});

describe('el mes frente a la cuenta', () => {
  const hour = 3_600_000;
  const measure = { horizon: 720 * hour, downtime: 0, outages: 0, longest: 0, believed: 0, replicaDowntime: 0, errorShare: 0 };

  it('una réplica que falla cada 24 h y vuelve en una: 28,8 h al mes, y no cualquier cosa vale', () => {
    const given = { replicas: 1, needed: 1, mtbf: 24 * hour, mttr: hour };
    const { service, replica } = contrastMonth({ ...measure, downtime: 28 * hour, replicaDowntime: 28 * hour }, given);
    expect(service.interval).toEqual({ low: expect.closeTo(replica.interval.low, 3), high: expect.closeTo(replica.interval.high, 3) });
    expect(service.expected / hour).toBeCloseTo(28.8, 10);
    expect([service.interval.low / hour, service.interval.high / hour].map(Math.round)).toEqual([16, 44]);
    expect(service.isInside).toBe(true);
    expect(contrastMonth({ ...measure, downtime: 50 * hour }, given).service.isInside).toBe(false);
    expect(contrastMonth({ ...measure, downtime: 10 * hour }, given).service.isInside).toBe(false);
  });

  it('con una de tres, lo normal es no caerse: cero cabe y una hora no', () => {
    const given = { replicas: 3, needed: 1, mtbf: 24 * hour, mttr: 600_000 };
    expect(contrastMonth(measure, given).service).toMatchObject({ interval: { low: 0, high: 0 }, isInside: true });
    expect(contrastMonth({ ...measure, downtime: hour }, given).service.isInside).toBe(false);
  });
});
