import type { KubeObject } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import type { Definition } from '../schema/definition.ts';
import type { ManagedFieldsEntry } from '../schema/types.generated.ts';
import { sortEntries, withFields } from './managed-entries.ts';
import { difference, type FieldSet, fieldsOf, fromPaths, leaves, union, valueAt } from './managed-fields.ts';

interface UpdateRequest {
  manager: string;
  /** Fecha de la API, con grano de un segundo. */
  time: string;
  definition: Definition;
  subresource?: string;
}

/**
 * Anota quién escribió con create, update o patch: se queda con lo que ha cambiado, y los demás lo pierden.
 * `after` debe llevar ya los valores por defecto: lo que no dijo y el servidor repone no ha cambiado.
 * Sigue a structured-merge-diff/merge/update.go (Updater.Update).
 */
export function recordUpdate(before: KubeObject | undefined, after: KubeObject, request: UpdateRequest): KubeObject {
  const { manager, time, definition, subresource = '' } = request;
  const part = (object: KubeObject) => (subresource === 'status' ? { status: (object as { status?: unknown }).status } : { ...object, status: undefined });
  const now = leaves(fieldsOf(part(after), definition));
  const changed = before ? now.filter((path) => !isEqual(valueAt(after, path, definition), valueAt(before, path, definition))) : now;
  const gone = before ? leaves(fieldsOf(part(before), definition)).filter((path) => valueAt(after, path, definition) === undefined) : [];
  const entries = before?.metadata.managedFields ?? [];
  const { managedFields: _sent, ...metadata } = after.metadata;
  if (changed.length === 0 && gone.length === 0) return { ...after, metadata: { ...metadata, ...(entries.length > 0 ? { managedFields: entries } : {}) } };

  const taken = fromPaths([...changed, ...gone]);
  const isMine = (entry: ManagedFieldsEntry) => entry.manager === manager && entry.operation === 'Update' && (entry.subresource ?? '') === subresource;
  const mine = entries.find(isMine);
  const others = entries.filter((entry) => !isMine(entry)).map((entry) => withFields(entry, difference((entry.fieldsV1 as FieldSet | undefined) ?? {}, taken)));
  const owned = difference(union((mine?.fieldsV1 as FieldSet | undefined) ?? {}, fromPaths(changed)), fromPaths(gone));
  const entry: ManagedFieldsEntry = {
    manager,
    operation: 'Update',
    apiVersion: after.apiVersion,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned as ManagedFieldsEntry['fieldsV1'],
    ...(subresource ? { subresource } : {}),
  };
  return { ...after, metadata: { ...metadata, managedFields: sortEntries([...others, entry]) } };
}
