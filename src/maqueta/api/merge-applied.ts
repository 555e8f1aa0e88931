import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { elementKey } from './managed-fields.ts';

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lo declarado sobre lo que hay: mapas y listas con clave, por elemento; conjuntos, por valor; lo atómico, entero.
 * Sigue a structured-merge-diff/typed/merge.go.
 */
export function mergeApplied(base: unknown, applied: unknown, definition: Definition | undefined, field?: Field): unknown {
  if (field?.atomic || field?.listType === 'atomic') return applied;
  if (isObject(applied)) {
    const result: JsonObject = isObject(base) ? { ...base } : {};
    for (const [key, value] of Object.entries(applied)) {
      const inner = field?.type === 'map' ? field.values : definition?.fields[key];
      result[key] = mergeApplied(result[key], value, inner?.ref ? definitions[inner.ref] : undefined, inner);
    }
    return result;
  }
  if (!Array.isArray(applied)) return applied;
  const list = Array.isArray(base) ? [...(base as unknown[])] : [];
  if (field?.listType === 'set') return [...list, ...applied.filter((item) => !list.includes(item))];
  return field?.listType === 'map' ? mergeList(list as JsonObject[], applied as JsonObject[], field) : applied;
}

/**
 * Las dos listas se recorren a la vez: lo que ya estaba conserva su sitio, lo compartido sigue el orden de quien aplica y lo nuevo
 * entra cuando le llega el turno. Sigue a structured-merge-diff/typed/merge.go (visitListItems).
 */
function mergeList(base: readonly JsonObject[], applied: readonly JsonObject[], field: Field): JsonObject[] {
  const definition = field.items?.ref ? definitions[field.items.ref] : undefined;
  const wanted = new Map(applied.map((item) => [elementKey(item, field), item]));
  const known = new Map(base.map((item) => [elementKey(item, field), item]));
  const left = [...known.keys()];
  const right = [...wanted.keys()];
  const shared = right.filter((key) => known.has(key));
  const order: string[] = [];
  const merged = new Set<string>();
  let next = shared.shift();
  const merge = (key: string) => {
    merged.add(key);
    order.push(key);
  };
  for (let l = 0, r = 0; l < left.length || r < right.length; ) {
    const mine = left[l];
    const theirs = right[r];
    if (mine !== undefined && theirs !== undefined) {
      if (mine === theirs) {
        merge(mine);
        l += 1;
        r += 1;
        next = shared.shift();
        continue;
      }
      // Compartido, pero no el que toca ahora: saldrá cuando le llegue el turno a quien aplica.
      if (wanted.has(mine) && next !== undefined && next !== mine) {
        l += 1;
        continue;
      }
    }
    if (mine !== undefined) {
      if (!wanted.has(mine)) {
        order.push(mine);
        l += 1;
        continue;
      }
      if (merged.has(mine)) l += 1;
    }
    if (theirs !== undefined) {
      merge(theirs);
      r += 1;
      if (next === theirs) next = shared.shift();
    }
  }
  return order.map((key) =>
    wanted.has(key) ? (mergeApplied(known.get(key), wanted.get(key), definition, field.items) as JsonObject) : (known.get(key) as JsonObject),
  );
}
