import type { MonthOptions } from '../../../labs/sonda/month.ts';

export type FieldName = 'replicas' | 'needed' | 'mtbf' | 'mttr' | 'failure' | 'seed';

interface Named {
  name: FieldName;
  label: string;
  initial: string;
}

/** Un campo del formulario: un número entre dos, o una de varias. */
export type Choice = (Named & { min: number; max: number; step: number }) | (Named & { options: readonly (readonly [value: string, text: string])[] });

/** Los topes dejan el mes en unos pocos segundos de procesador: con más averías no se aprende más. */
export const choices: readonly Choice[] = [
  { name: 'replicas', label: 'Réplicas', initial: '2', min: 1, max: 5, step: 1 },
  { name: 'needed', label: 'Hacen falta', initial: '1', min: 1, max: 5, step: 1 },
  { name: 'mtbf', label: 'MTBF de cada una, en horas', initial: '24', min: 6, max: 720, step: 1 },
  { name: 'mttr', label: 'MTTR, en minutos', initial: '30', min: 1, max: 600, step: 1 },
  {
    name: 'failure',
    label: 'Qué se avería',
    initial: 'pod',
    options: [
      ['pod', 'cada Pod, por su cuenta'],
      ['apart', 'los nodos, con una réplica en cada uno'],
      ['together', 'los nodos, con todas las réplicas en el mismo'],
    ],
  },
  { name: 'seed', label: 'Semilla', initial: '14', min: 1, max: 9999, step: 1 },
];

const failures: Readonly<Record<string, Pick<MonthOptions, 'failure' | 'placement'>>> = {
  pod: { failure: 'pod', placement: 'spread' },
  apart: { failure: 'node', placement: 'perNode' },
  together: { failure: 'node', placement: 'together' },
};

const minute = 60_000;

/** Lo que se simula, con lo escrito en el formulario. */
export function optionsFrom(read: (name: FieldName) => string): MonthOptions {
  const number = (name: FieldName) => Number(read(name));
  return {
    seed: number('seed'),
    days: 30,
    replicas: number('replicas'),
    needed: number('needed'),
    mtbf: number('mtbf') * 60 * minute,
    mttr: number('mttr') * minute,
    ...(failures[read('failure')] ?? { failure: 'pod', placement: 'spread' }),
  };
}
