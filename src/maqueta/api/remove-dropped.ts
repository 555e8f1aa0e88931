import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { elementKey, type FieldSet } from './managed-fields.ts';

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Quita lo que antes declaraba quien aplica y ya no declara nadie. Si de una rama no queda ningún dueño, se va entera, con los valores
 * por defecto que el servidor puso dentro: por eso al dejar de declarar una sonda desaparece la sonda, y no solo su `httpGet`.
 * Sigue a structured-merge-diff/merge/update.go (Updater.prune).
 */
export function removeDropped(value: unknown, before: FieldSet, owned: FieldSet, definition: Definition | undefined, field?: Field): unknown {
  if (Array.isArray(value)) return field ? removeFromList(value, before, owned, field) : value;
  if (!isObject(value)) return value;
  const result: JsonObject = { ...value };
  for (const [key, inside] of Object.entries(before)) {
    const name = key.slice(2);
    if (!key.startsWith('f:') || !(name in result)) continue;
    const still = owned[key];
    if (still === undefined) delete result[name];
    else {
      const inner = field?.type === 'map' ? field.values : definition?.fields[name];
      result[name] = removeDropped(result[name], inside, still, inner?.ref ? definitions[inner.ref] : undefined, inner);
    }
  }
  return result;
}

function removeFromList(list: readonly unknown[], before: FieldSet, owned: FieldSet, field: Field): unknown[] {
  const definition = field.items?.ref ? definitions[field.items.ref] : undefined;
  const keyOf = (item: unknown) => (field.listType === 'map' ? elementKey(item as JsonObject, field) : `v:${JSON.stringify(item)}`);
  return list.flatMap((item) => {
    const key = keyOf(item);
    const inside = before[key];
    if (inside === undefined) return [item];
    const still = owned[key];
    return still === undefined ? [] : [removeDropped(item, inside, still, definition, field.items)];
  });
}
