import type { KubeObject } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import { isEqual } from '../registry/equal.ts';
import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import type { ManagedFieldsEntry } from '../schema/types.generated.ts';
import { difference, elementKey, type FieldSet, fieldsOf, leafPaths, leaves, union, valueAt } from './managed-fields.ts';

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

export interface ApplyRequest {
  manager: string;
  isForced: boolean;
  /** Fecha de la API, con grano de un segundo. */
  time: string;
  definition: Definition;
}

/**
 * Server-side apply: mezcla lo declarado, respeta a los demás dueños y suelta lo que el que aplica deja de decir.
 * Sigue a structured-merge-diff/merge/update.go (Updater.Apply). Lanza 409 con un `FieldManagerConflict` por campo.
 */
export function applyPatch(live: KubeObject | undefined, applied: JsonObject, request: ApplyRequest): JsonObject {
  const { manager, isForced, definition } = request;
  const owned = fieldsOf(applied, definition);
  const entries = live?.metadata.managedFields ?? [];
  const mine = entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource);
  const others = entries.filter((entry) => entry !== mine);
  const base = (live ?? {}) as JsonObject;

  const conflicts: { manager: string; entry: ManagedFieldsEntry; fields: FieldSet }[] = [];
  for (const entry of others) {
    const theirs = entry.fieldsV1 as FieldSet | undefined;
    // Lo escrito en status es de otro mundo; lo de `scale`, no: también manda en spec.replicas.
    if (!theirs || entry.subresource === 'status') continue;
    const shared = leaves(owned).filter((path) => contains(theirs, path) && !isEqual(valueAt(applied, path, definition), valueAt(base, path, definition)));
    if (shared.length > 0) conflicts.push({ manager: entry.manager ?? 'unknown', entry, fields: toSet(shared) });
  }
  if (conflicts.length > 0 && !isForced) throw conflictError(conflicts);

  const dropped = mine ? difference(mine.fieldsV1 as FieldSet, owned) : {};
  const foreign = others.reduce((all, entry) => union(all, (entry.fieldsV1 as FieldSet | undefined) ?? {}), {} as FieldSet);
  const abandoned = leaves(difference(dropped, foreign));
  let merged = merge(base, applied, definition) as JsonObject;
  for (const path of abandoned) merged = removeAt(merged, path, definition) as JsonObject;

  const kept = others.map((entry) => {
    const lost = conflicts.find((conflict) => conflict.entry === entry);
    return lost ? { ...entry, fieldsV1: difference(entry.fieldsV1 as FieldSet, lost.fields) as ManagedFieldsEntry['fieldsV1'] } : entry;
  });
  const changed = !mine || !isEqual(mine.fieldsV1, owned) || !isEqual(withoutMeta(merged), withoutMeta(base));
  const entry: ManagedFieldsEntry = {
    manager,
    operation: 'Apply',
    apiVersion: String(applied.apiVersion),
    time: changed ? request.time : (mine?.time ?? request.time),
    fieldsType: 'FieldsV1',
    fieldsV1: owned as ManagedFieldsEntry['fieldsV1'],
  };
  const metadata = {
    ...(merged.metadata as JsonObject),
    managedFields: [entry, ...kept.filter((one) => Object.keys((one.fieldsV1 as object | undefined) ?? {}).length > 0)],
  };
  return { ...merged, metadata };
}

/** Anota quién escribió con create, update o patch: se queda con lo que ha cambiado. */
export function recordUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  { manager, time, definition, subresource }: { manager: string; time: string; definition: Definition; subresource?: string },
): KubeObject {
  const all = fieldsOf(subresource === 'status' ? { status: (after as unknown as JsonObject).status } : withoutStatus(after), definition);
  const entries = before?.metadata.managedFields ?? [];
  const changed = before ? leaves(all).filter((path) => !isEqual(valueAt(after, path, definition), valueAt(before, path, definition))) : leaves(all);
  const gone = before ? leaves(fieldsOf(before as unknown as JsonObject, definition)).filter((path) => valueAt(after, path, definition) === undefined) : [];
  if (changed.length === 0 && gone.length === 0) return { ...after, metadata: { ...after.metadata, ...(entries.length ? { managedFields: entries } : {}) } };
  const taken = toSet([...changed, ...gone]);
  const isMine = (entry: ManagedFieldsEntry) => entry.manager === manager && entry.operation === 'Update' && (entry.subresource ?? '') === (subresource ?? '');
  const mine = entries.find(isMine);
  const others = entries
    .filter((entry) => !isMine(entry))
    .map((entry) => ({ ...entry, fieldsV1: difference((entry.fieldsV1 as FieldSet) ?? {}, taken) as ManagedFieldsEntry['fieldsV1'] }));
  const owned = difference(union((mine?.fieldsV1 as FieldSet | undefined) ?? {}, toSet(changed)), toSet(gone));
  const entry: ManagedFieldsEntry = {
    manager,
    operation: 'Update',
    apiVersion: after.apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned as ManagedFieldsEntry['fieldsV1'],
    ...(subresource ? { subresource } : {}),
  };
  const managedFields = [...others.filter((one) => Object.keys((one.fieldsV1 as object | undefined) ?? {}).length > 0), entry];
  return { ...after, metadata: { ...after.metadata, managedFields } };
}

const withoutStatus = (object: KubeObject): JsonObject => {
  const { status: _status, ...rest } = object as unknown as JsonObject;
  return rest;
};

const withoutMeta = (object: JsonObject): JsonObject => {
  const { managedFields: _managed, ...metadata } = (object.metadata as JsonObject | undefined) ?? {};
  return { ...object, metadata };
};

function conflictError(conflicts: readonly { manager: string; entry: ManagedFieldsEntry; fields: FieldSet }[]): ApiError {
  const causes = conflicts.flatMap(({ manager, entry, fields }) =>
    leafPaths(fields).map((field) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${JSON.stringify(manager)}${entry.subresource ? ` with subresource ${JSON.stringify(entry.subresource)}` : ''} using ${entry.apiVersion}`,
      field,
    })),
  );
  const groups = new Map<string, string[]>();
  for (const { message, field } of causes) groups.set(message, [...(groups.get(message) ?? []), field]);
  const lines = [...groups].map(([message, fields]) =>
    fields.length === 1 ? `${message}: ${fields[0]}` : `${message}:\n${fields.map((field) => `- ${field}`).join('\n')}`,
  );
  const plural = causes.length === 1 ? 'conflict' : 'conflicts';
  const text = lines.length === 1 ? ` ${lines[0]}` : ` ${lines.join('\n')}`;
  return new ApiError(409, 'Conflict', `Apply failed with ${causes.length} ${plural}:${text}`, { causes });
}

function contains(set: FieldSet, path: readonly string[]): boolean {
  let current: FieldSet | undefined = set;
  for (const key of path) {
    if (current === undefined) return false;
    current = current[key];
  }
  return current !== undefined;
}

function toSet(paths: readonly (readonly string[])[]): FieldSet {
  const set: FieldSet = {};
  for (const path of paths) {
    let current = set;
    for (const key of path) current = current[key] ??= {};
  }
  return set;
}

/** Mezcla lo declarado sobre lo que hay: mapas y listas con clave, por elemento; lo atómico, entero. */
function merge(base: unknown, applied: unknown, definition: Definition | undefined, field?: Field): unknown {
  if (field?.atomic || field?.listType === 'atomic') return applied;
  if (isObject(applied)) {
    const result: JsonObject = isObject(base) ? { ...base } : {};
    for (const [key, value] of Object.entries(applied)) {
      const inner = field?.type === 'map' ? field.values : definition?.fields[key];
      result[key] = merge(result[key], value, inner?.ref ? definitions[inner.ref] : undefined, inner);
    }
    return result;
  }
  if (Array.isArray(applied) && field?.listType === 'set')
    return [...(Array.isArray(base) ? base : []), ...applied.filter((item) => !(Array.isArray(base) && base.includes(item)))];
  if (Array.isArray(applied) && field?.listType === 'map') {
    const list = Array.isArray(base) ? [...(base as JsonObject[])] : [];
    const inner = field.items?.ref ? definitions[field.items.ref] : undefined;
    for (const item of applied as JsonObject[]) {
      const index = list.findIndex((known) => elementKey(known, field) === elementKey(item, field));
      if (index >= 0) list[index] = merge(list[index], item, inner, field.items) as JsonObject;
      else list.push(item);
    }
    return list;
  }
  return applied;
}

function removeAt(object: unknown, path: readonly string[], definition: Definition | undefined, field?: Field): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return object;
  if (key.startsWith('f:')) {
    if (!isObject(object)) return object;
    const name = key.slice(2);
    const { [name]: inner, ...others } = object;
    const innerField = field?.type === 'map' ? field.values : definition?.fields[name];
    if (rest.length === 0) return others;
    const left = removeAt(inner, rest, innerField?.ref ? definitions[innerField.ref] : undefined, innerField);
    const isEmpty = (isObject(left) && Object.keys(left).length === 0) || (Array.isArray(left) && left.length === 0);
    return isEmpty ? others : { ...others, [name]: left };
  }
  if (!Array.isArray(object) || !field) return object;
  if (key.startsWith('v:')) return object.filter((item) => JSON.stringify(item) !== key.slice(2));
  const index = (object as JsonObject[]).findIndex((item) => elementKey(item, field) === key);
  if (index < 0) return object;
  const left = rest.length === 0 ? undefined : removeAt(object[index], rest, field.items?.ref ? definitions[field.items.ref] : undefined, field.items);
  // Un elemento del que solo quedan sus claves ya no es de nadie.
  const isBare = !isObject(left) || Object.keys(left).every((name) => field.listKeys?.includes(name));
  return isBare ? object.filter((_, place) => place !== index) : object.map((item, place) => (place === index ? left : item));
}
