import type { Raw } from './site.ts';

/**
 * El valor en una ruta: `status.conditions[type=Ready].status`, `spec.containers[0].image`, `metadata.labels["a.b/c"]`.
 * `undefined` si algo falta por el camino.
 */
export function valueAt(object: Raw, path: string): unknown {
  let value: Raw = object;
  for (const [, key, quoted, index, field, wanted] of path.matchAll(/([^.[\]]+)|\["([^"]+)"\]|\[(\d+)\]|\[(\w+)=([^\]]+)\]/g)) {
    if (value === undefined || value === null) return undefined;
    if (key !== undefined) value = value[key];
    else if (quoted !== undefined) value = value[quoted];
    else if (index !== undefined) value = value[Number(index)];
    else value = Array.isArray(value) ? value.find((one) => String(one[field as string]) === wanted) : undefined;
  }
  return value;
}
