import type { IntOrString } from '../schema/types.generated.ts';

/** `3` o `25%` de un total, redondeando hacia donde se diga. Sigue a apimachinery/pkg/util/intstr. */
export function resolveAmount(value: IntOrString, total: number, rounding: 'up' | 'down'): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(value)?.[1];
  if (percent === undefined) return Number(value);
  const exact = (Number(percent) * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
