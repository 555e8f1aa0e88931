import { describe, expect, it } from 'vitest';
import { healthy, justStarted, outage } from '../testing/probe-results.ts';
import { lastAnswerAfterMark, probeInLog, readFinalProbe, readProbe, sayProbe, sinceMark } from './probe-reading.ts';
import type { ProbeResult } from './probe-result.ts';

const answer = (value: unknown, status = 200) => ({ status, body: JSON.stringify(value) });
const without = (name: string) => Object.fromEntries(Object.entries(outage).filter(([key]) => key !== name));

describe('leer lo que entrega la sonda', () => {
  it('un resultado entero se lee igual que se entregó', () => {
    expect(readProbe(answer(outage))).toEqual(outage);
    expect(readFinalProbe(answer(outage), justStarted)).toEqual(outage);
  });

  it.each<[string, { status: number; body: string }, string]>([
    ['no mide nada', answer({ error: 'todavía no se mide nada' }, 409), 'La sonda contestó 409: todavía no se mide nada.'],
    ['el API no llega al Pod', { status: 503, body: 'error trying to reach service' }, 'La sonda contestó 503 en lugar de un resultado.'],
    [
      'se corta',
      { status: 200, body: JSON.stringify(outage).slice(0, 500) },
      'La sonda no entregó un resultado entero: sus 500 caracteres no son JSON o se cortan.',
    ],
    ['es otra cosa', answer({ pod: 'web-1' }), 'Lo que entregó la sonda no es un resultado: falta format.'],
    ['es una lista', answer([]), 'Lo que entregó la sonda no es un resultado: falta format.'],
    ['es nada', answer(null), 'Lo que entregó la sonda no es un resultado: el resultado no es un objeto.'],
    ['es de otra versión', answer({ ...outage, format: 2 }), 'Lo que entregó la sonda no es un resultado: es del formato 2 y aquí se lee el 1.'],
    ['le falta un campo', answer(without('gaps')), 'Lo que entregó la sonda no es un resultado: falta gaps.'],
    [
      'un campo es de otro tipo',
      answer({ ...outage, latency: { ...outage.latency, all: { p50: '2 ms' } } }),
      'Lo que entregó la sonda no es un resultado: latency.all.p50 no es un número.',
    ],
    [
      'un número es nulo',
      answer({ ...outage, perSecond: { ...outage.perSecond, errors: [0, null, 33, 0] } }),
      'Lo que entregó la sonda no es un resultado: perSecond.errors[1] no es un número.',
    ],
    [
      'no cuadra',
      answer({ ...outage, succeeded: 160 }),
      'El resultado de la sonda no cuadra: 200 peticiones, 160 con éxito y 33 con error; por segundos, 200 y 33.',
    ],
  ])('si %s, no es un resultado', (_, given, message) => {
    expect(() => readProbe(given)).toThrow(message);
    expect(() => readProbe(given)).toThrow(expect.objectContaining({ code: 'BROKEN' }));
  });

  it('el retraso que se admite se puede pedir, y pasado de ahí se rechaza igual', () => {
    const late = { ...outage, lateness: { p50: 1, p90: 2, p99: 900, p999: 1500, max: 1500 } };
    expect(readFinalProbe(answer(late), outage, 2000).lateness?.max).toBe(1500);
    expect(() => readFinalProbe(answer(late), outage, 1499)).toThrow('La sonda se retrasó hasta 1,5 s respecto a su ritmo');
  });

  it.each<[string, Partial<ProbeResult>, string]>([
    [
      'se reinició',
      { startedAt: 1 },
      'La medida que entrega la sonda no es la que empezó: su proceso se reinició o alguien pidió otra a mitad. Lo de antes se ha perdido y no se da por bueno.',
    ],
    ['sigue midiendo', { state: 'measuring', inFlight: 3 }, 'La medida sigue abierta, con 3 peticiones en el aire: no es un resultado final.'],
    ['no preguntó todo lo que debía', { elapsed: 60_000 }, 'A 50 por segundo, en 1 min 0 s tocaban 3000 peticiones y hubo 200.'],
    [
      'no tuvo turno en la máquina',
      { lateness: { p50: 1, p90: 2, p99: 900, p999: 2400, max: 2400 } },
      'La sonda se retrasó hasta 2,4 s respecto a su ritmo: la máquina no le dio turno y ese rato no está bien medido.',
    ],
  ])('si la sonda %s, no es un resultado final', (_, change, message) => {
    expect(() => readFinalProbe(answer({ ...outage, ...change }), justStarted)).toThrow(message);
  });

  it('una medida sin peticiones no demuestra que no haya errores', () => {
    const empty = { ...healthy, elapsed: 0, requests: 0, succeeded: 0, perSecond: { requests: [], errors: [], slowest: [] } };
    expect(() => readFinalProbe(answer(empty), justStarted)).toThrow('La medida no tiene ninguna petición.');
  });

  it('también la encuentra en su registro, que es lo que queda si el Pod ya se va', () => {
    expect(readProbe(probeInLog(`arranca\n${JSON.stringify(healthy)}\n${JSON.stringify(outage)}\n`))).toEqual(outage);
    expect(() => probeInLog('arranca\n')).toThrow('La sonda no ha escrito ningún resultado en su registro.');
  });
});

describe('contar una medida', () => {
  it.each<[ProbeResult, string]>([
    [outage, '200 peticiones, 33 con error (32 conexión rechazada, 1 conexión cortada); hueco más largo, 660 ms'],
    [healthy, '200 peticiones, ninguna con error'],
    [
      {
        ...outage,
        errors: { ...healthy.errors, other: 33 },
        otherErrors: { HPE_INVALID: 33 },
        longestGap: { start: 2020, duration: 1980, errors: 33, isOpen: true },
      },
      '200 peticiones, 33 con error (33 otro error (HPE_INVALID)); hueco más largo, 2,0 s y seguía al acabar',
    ],
  ])('en una frase', (result, text) => {
    expect(sayProbe(result)).toBe(text);
  });
});

it('desde lo último que se apuntó: quién contestó aún, y cuánto falló', () => {
  const result: ProbeResult = {
    ...healthy,
    marks: [
      { at: 500, text: 'avisa' },
      { at: 1200, text: 'se rompe' },
    ],
    answeredBy: { 'web-0': { requests: 90, first: 0, last: 1650 }, 'web-1': { requests: 10, first: 0, last: 900 } },
    perSecond: { requests: [50, 50, 50, 50], errors: [0, 3, 17, 16], slowest: [1, 1, 1, 1] },
  };
  expect(lastAnswerAfterMark(result, 'web-0')).toBe(450);
  expect(lastAnswerAfterMark(result, 'web-1')).toBe(0);
  expect(sinceMark(result)).toEqual({ requests: 100, errors: 33 });
});
