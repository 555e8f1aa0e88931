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

/** El orden es el de quien aplica; lo que solo tienen otros se queda junto a quien lo seguía. */
function mergeList(base: readonly JsonObject[], applied: readonly JsonObject[], field: Field): JsonObject[] {
  const definition = field.items?.ref ? definitions[field.items.ref] : undefined;
  const wanted = new Map(applied.map((item) => [elementKey(item, field), item]));
  const known = new Map(base.map((item) => [elementKey(item, field), item]));
  const merged = (key: string): JsonObject =>
    wanted.has(key) ? (mergeApplied(known.get(key), wanted.get(key), definition, field.items) as JsonObject) : (known.get(key) as JsonObject);
  const order: string[] = [];
  const rest = [...known.keys()];
  for (const key of wanted.keys()) {
    // Antes de este elemento van los ajenos que en la lista viva iban delante de él.
    const place = rest.indexOf(key);
    for (const other of place < 0 ? [] : rest.splice(0, place + 1)) if (!wanted.has(other)) order.push(other);
    order.push(key);
  }
  return [...order, ...rest.filter((key) => !wanted.has(key))].map(merged);
}
