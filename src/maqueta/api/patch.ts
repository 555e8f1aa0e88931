import { ApiError } from '../registry/api-error.ts';
import { isEqual } from '../registry/equal.ts';
import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { orderElements } from './element-order.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: `null` borra y las listas se sustituyen enteras. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

interface Operation {
  op: string;
  path: string;
  from?: string;
  value?: Json;
}

/** RFC 6902. Los errores llevan el texto de evanphx/json-patch, que es quien lo hace en el servidor real. */
export function jsonPatch(target: Json, operations: Json): Json {
  if (!Array.isArray(operations))
    throw new ApiError(400, 'BadRequest', 'error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  let result = structuredClone(target);
  for (const operation of operations as Operation[]) result = applyOperation(result, operation);
  return result;
}

function applyOperation(tree: Json, { op, path, from, value }: Operation): Json {
  const keys = pointer(path);
  switch (op) {
    case 'test':
      if (!isEqual(read(tree, keys), value)) throw unprocessable(`testing value ${path} failed: test failed`);
      return tree;
    case 'add':
      return write(tree, keys, value, true);
    case 'replace':
      read(tree, keys, path);
      return write(tree, keys, value, false);
    case 'remove':
      read(tree, keys, path);
      return erase(tree, keys);
    case 'move': {
      const moved = read(tree, pointer(from ?? ''), from);
      return write(erase(tree, pointer(from ?? '')), keys, moved, true);
    }
    case 'copy':
      return write(tree, keys, structuredClone(read(tree, pointer(from ?? ''), from)), true);
    default:
      throw new ApiError(400, 'BadRequest', `Unexpected kind: ${op}`);
  }
}

const unprocessable = (message: string) => new ApiError(422, 'Invalid', `the server rejected our request due to an error in our request: ${message}`);

const pointer = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function read(tree: Json, keys: readonly string[], path?: string): Json {
  let value = tree;
  for (const key of keys) {
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
    if (value === undefined && path !== undefined) throw unprocessable(`jsonpatch: doc is missing path: ${JSON.stringify(path)}: missing value`);
  }
  return value;
}

function write(tree: Json, keys: readonly string[], value: Json, isInsert: boolean): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    const list = [...tree];
    const index = key === '-' ? list.length : Number(key);
    if (rest.length > 0) list[index] = write(list[index], rest, value, isInsert);
    else if (isInsert) list.splice(index, 0, value);
    else list[index] = value;
    return list;
  }
  if (!isObject(tree)) throw unprocessable(`jsonpatch: doc is missing path: ${JSON.stringify(`/${keys.join('/')}`)}: missing value`);
  return { ...tree, [key]: rest.length === 0 ? value : write(tree[key], rest, value, isInsert) };
}

function erase(tree: Json, keys: readonly string[]): Json {
  const [key = '', ...rest] = keys;
  if (Array.isArray(tree))
    return rest.length > 0 ? tree.map((item, index) => (index === Number(key) ? erase(item, rest) : item)) : tree.filter((_, index) => index !== Number(key));
  const { [key]: inner, ...others } = tree as JsonObject;
  return rest.length > 0 ? { ...others, [key]: erase(inner, rest) } : others;
}

/** Guiado por el esquema: las listas con `patchMergeKey` se mezclan por clave. Sigue a apimachinery/pkg/util/strategicpatch. */
export function strategicPatch(target: Json, patch: Json, definition: Definition | undefined): Json {
  if (!isObject(patch)) return patch;
  if (patch.$patch === 'replace') {
    const { $patch: _, ...rest } = patch;
    return rest;
  }
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const name = key.slice('$deleteFromPrimitiveList/'.length);
      result[name] = ((result[name] as Json[] | undefined) ?? []).filter((item) => !(value as Json[]).includes(item));
      continue;
    }
    if (key.startsWith(orderPrefix) || key === '$retainKeys') continue;
    if (value === null) {
      delete result[key];
      continue;
    }
    result[key] = strategicField(result[key], value, definition?.fields[key]);
  }
  for (const [key, order] of Object.entries(patch)) {
    const name = key.slice(orderPrefix.length);
    const merged = result[name];
    if (!key.startsWith(orderPrefix) || !Array.isArray(order) || !Array.isArray(merged)) continue;
    const original = isObject(target) && Array.isArray(target[name]) ? (target[name] as Json[]) : [];
    result[name] = orderElements(merged, order as Json[], original, keyOf(definition?.fields[name]?.mergeKey));
  }
  const retained = patch.$retainKeys as string[] | undefined;
  return retained ? Object.fromEntries(Object.entries(result).filter(([key]) => retained.includes(key))) : result;
}

const orderPrefix = '$setElementOrder/';

const keyOf =
  (mergeKey: string | undefined) =>
  (item: Json): Json =>
    mergeKey === undefined ? item : (item as JsonObject)[mergeKey];

function strategicField(target: Json, patch: Json, field: Field | undefined): Json {
  if (isObject(patch)) return strategicPatch(target, patch, field?.ref ? definitions[field.ref] : undefined);
  if (!Array.isArray(patch) || !field?.patchStrategy?.includes('merge')) return patch;
  const { mergeKey, items } = field;
  const list = Array.isArray(target) ? [...(target as Json[])] : [];
  const original = [...list];
  if (!mergeKey) return orderElements([...list, ...patch.filter((item) => !list.some((known) => isEqual(known, item)))], patch, original, keyOf(undefined));
  const inner = items?.ref ? definitions[items.ref] : undefined;
  if ((patch as JsonObject[]).some((item) => item.$patch === 'replace')) return patch.filter((item) => (item as JsonObject).$patch !== 'replace');
  for (const item of patch as JsonObject[]) {
    const index = list.findIndex((known) => (known as JsonObject)[mergeKey] === item[mergeKey]);
    if (item.$patch === 'delete') {
      if (index >= 0) list.splice(index, 1);
    } else if (index >= 0) list[index] = strategicPatch(list[index], item, inner);
    else list.push(strategicPatch({}, item, inner));
  }
  return orderElements(list, patch, original, keyOf(mergeKey));
}
