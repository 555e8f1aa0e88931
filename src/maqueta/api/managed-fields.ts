import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';

/**
 * Conjunto de campos con dueño, como el FieldsV1 de la API: `{"f:spec": {"f:replicas": {}}}`. Las claves `k:{…}` nombran un
 * elemento de una lista por sus claves; `v:…`, un valor de un conjunto; `.`, el elemento mismo.
 * Sigue a sigs.k8s.io/structured-merge-diff.
 */
export interface FieldSet {
  [key: string]: FieldSet;
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const notOwned = new Set([
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.creationTimestamp',
  'metadata.deletionTimestamp',
  'metadata.deletionGracePeriodSeconds',
  'metadata.selfLink',
  'metadata.managedFields',
  'metadata.generateName',
]);

/** Los campos que un documento dice, según el esquema de su tipo. */
export const fieldsOf = (object: JsonObject, definition: Definition | undefined): FieldSet => ofObject(object, definition, '');

function ofObject(object: JsonObject, definition: Definition | undefined, path: string): FieldSet {
  const set: FieldSet = {};
  for (const [key, value] of Object.entries(object)) {
    const at = path ? `${path}.${key}` : key;
    if (notOwned.has(at) || value === undefined) continue;
    const inner = ofValue(value, definition?.fields[key], at);
    // Un objeto sin nada propio no se posee: de `metadata: {name}` no queda nada.
    if (at === 'metadata' && Object.keys(inner).length === 0) continue;
    set[`f:${key}`] = inner;
  }
  return set;
}

function ofValue(value: unknown, field: Field | undefined, path: string): FieldSet {
  if (!field || field.atomic || field.listType === 'atomic') return {};
  if (field.type === 'object' && isObject(value)) return ofObject(value, field.ref ? definitions[field.ref] : undefined, path);
  if (field.type === 'map' && isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [`f:${key}`, field.values ? ofValue(inner, field.values, `${path}.*`) : {}]));
  }
  if (field.type === 'array' && Array.isArray(value)) {
    if (field.listType === 'set') return Object.fromEntries(value.map((item) => [`v:${JSON.stringify(item)}`, {}]));
    if (field.listType === 'map') {
      const definition = field.items?.ref ? definitions[field.items.ref] : undefined;
      return Object.fromEntries((value as JsonObject[]).map((item) => [elementKey(item, field), { '.': {}, ...ofObject(item, definition, '*') }]));
    }
  }
  return {};
}

/** `k:{"name":"app"}`: las claves que faltan toman su valor por defecto, como `protocol: TCP`. */
export function elementKey(item: JsonObject, field: Field): string {
  const definition = field.items?.ref ? definitions[field.items.ref] : undefined;
  const keys = (field.listKeys ?? [])
    .map((key) => [key, item[key] ?? definition?.fields[key]?.default ?? (key === 'protocol' ? 'TCP' : undefined)] as const)
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(keys))}`;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = { ...a };
  for (const [key, inner] of Object.entries(b)) result[key] = key in result ? union(result[key] as FieldSet, inner) : inner;
  return result;
}

/** Lo de `a` que no está en `b`. Una hoja de `b` quita la hoja; una rama, solo lo que nombra. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  const result: FieldSet = {};
  for (const [key, inner] of Object.entries(a)) {
    const other = b[key];
    if (other === undefined) {
      result[key] = inner;
      continue;
    }
    if (Object.keys(inner).length === 0) continue;
    const left = difference(inner, other);
    if (Object.keys(left).length > 0) result[key] = left;
  }
  return result;
}

/** Rutas de hoja, como las enseña un conflicto: `.spec.template.spec.containers[name="app"].image`. */
export function leafPaths(set: FieldSet, path = ''): string[] {
  const entries = Object.entries(set).filter(([key]) => key !== '.');
  if (entries.length === 0) return path ? [path] : [];
  return entries.flatMap(([key, inner]) => leafPaths(inner, `${path}${step(key)}`));
}

const step = (key: string): string => {
  if (key.startsWith('f:')) return `.${key.slice(2)}`;
  if (key.startsWith('v:')) return `[=${key.slice(2)}]`;
  const keys = JSON.parse(key.slice(2)) as JsonObject;
  return `[${Object.entries(keys)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}]`;
};

/** Recorta un objeto a los campos de un conjunto: sirve para saber si el valor de un campo compartido cambia. */
export function valueAt(object: unknown, path: readonly string[], definition: Definition | undefined, field?: Field): unknown {
  const [key, ...rest] = path;
  if (key === undefined || key === '.') return object;
  if (key.startsWith('f:')) {
    if (!isObject(object)) return undefined;
    const name = key.slice(2);
    const inner = field?.type === 'map' ? field.values : definition?.fields[name];
    return valueAt(object[name], rest, inner?.ref ? definitions[inner.ref] : undefined, inner);
  }
  if (!Array.isArray(object) || !field) return undefined;
  if (key.startsWith('v:')) return object.find((item) => JSON.stringify(item) === key.slice(2));
  const item = (object as JsonObject[]).find((candidate) => elementKey(candidate, field) === key);
  return valueAt(item, rest, field.items?.ref ? definitions[field.items.ref] : undefined, field.items);
}

export function leaves(set: FieldSet, prefix: readonly string[] = []): string[][] {
  const entries = Object.entries(set).filter(([key]) => key !== '.');
  if (entries.length === 0) return prefix.length > 0 ? [[...prefix]] : [];
  return entries.flatMap(([key, inner]) => leaves(inner, [...prefix, key]));
}

/** El conjunto que dicen unas rutas. */
export function fromPaths(paths: readonly (readonly string[])[]): FieldSet {
  const set: FieldSet = {};
  for (const path of paths) {
    let current = set;
    for (const key of path) current = current[key] ??= {};
  }
  return set;
}

/** Posee ese campo mismo, no solo algo de dentro: quien pone `data.a` no es dueño de `data`. */
export function ownsLeaf(set: FieldSet, path: readonly string[]): boolean {
  let current: FieldSet | undefined = set;
  for (const key of path) current = current?.[key];
  return current !== undefined && (Object.keys(current).length === 0 || '.' in current);
}
