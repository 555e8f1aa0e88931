import { describe, expect, it } from 'vitest';
import { type MonthOptions, runMonth } from './month.ts';

const hour = 3_600_000;
const base: MonthOptions = { seed: 1, days: 30, replicas: 2, needed: 1, placement: 'spread', failure: 'pod', mtbf: 24 * hour, mttr: hour };
const seeds = [1, 2, 3, 4, 5, 6];

describe('el mes en la maqueta y la cuenta de siempre', () => {
  // Con un intervalo del 95 %, que de seis queden fuera dos o más pasa una vez de cada treinta.
  it.each<[string, Partial<MonthOptions>]>([
    ['Pods que mueren', {}],
    ['nodos sin luz, con una réplica en cada uno', { failure: 'node', placement: 'perNode', mtbf: 48 * hour }],
  ])('%s: cae dentro del intervalo, réplica a réplica y entero', (_, change) => {
    const reports = seeds.map((seed) => runMonth({ ...base, ...change, seed }));
    expect(reports.filter(({ contrast }) => contrast.replica.isInside).length).toBeGreaterThanOrEqual(5);
    expect(reports.filter(({ contrast }) => contrast.service.isInside).length).toBeGreaterThanOrEqual(5);
    // Sin sesgo: la media de los seis se parece a lo esperado más que cada uno.
    const ratio = reports.reduce((sum, { contrast }) => sum + contrast.replica.measured / contrast.replica.expected, 0) / seeds.length;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
  });

  it('tres réplicas en un mismo nodo no fallan por separado: la cuenta no lo explica, y se nota', () => {
    const { contrast, measure, history } = runMonth({ ...base, failure: 'node', placement: 'together', replicas: 3 });
    expect(history.failures).toBeGreaterThan(30);
    expect(contrast.service.isInside).toBe(false);
    expect(contrast.service.measured).toBeGreaterThan(contrast.service.interval.high);
    expect(measure.outages).toBeGreaterThan(10);
  });

  it('Kubernetes se entera tarde de un nodo sin luz, y ese rato manda tráfico a quien no contesta', () => {
    const { measure } = runMonth({ ...base, failure: 'node', placement: 'perNode', replicas: 1 });
    const late = (measure.downtime - measure.believed) / measure.outages;
    expect(late).toBeGreaterThan(35_000);
    expect(late).toBeLessThan(60_000);
    expect(measure.errorShare).toBeCloseTo(measure.downtime / measure.horizon, 6);
  });

  it('la misma semilla da el mismo mes, y otra, otro', () => {
    expect(runMonth(base)).toEqual(runMonth(base));
    expect(runMonth({ ...base, seed: 2 }).history).not.toEqual(runMonth(base).history);
  });

  it('lo que no puede ser se dice', () => {
    expect(() => runMonth({ ...base, needed: 3 })).toThrow('No se pueden necesitar 3 de 2 réplicas.');
    expect(() => runMonth({ ...base, mttr: 1000 })).toThrow(/^El MTTR no puede bajar de \d,\d s: es lo que tarda Kubernetes en reponer un Pod\.$/);
  });
});
