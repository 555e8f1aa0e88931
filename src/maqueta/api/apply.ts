import type { KubeObject } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import type { Definition } from '../schema/definition.ts';
import type { ManagedFieldsEntry } from '../schema/types.generated.ts';
import { type ApplyConflict, conflictError } from './apply-conflict.ts';
import { sortEntries, withFields } from './managed-entries.ts';
import { difference, type FieldSet, fieldsOf, fromPaths, leaves, ownsLeaf, union, valueAt } from './managed-fields.ts';
import { mergeApplied } from './merge-applied.ts';
import { removeDropped } from './remove-dropped.ts';

type JsonObject = Record<string, unknown>;

export interface ApplyRequest {
  manager: string;
  isForced: boolean;
  /** Fecha de la API, con grano de un segundo. */
  time: string;
  definition: Definition;
  /** `status` si se aplica por ese subrecurso; sin él, el objeto sin su `status`. */
  subresource?: string;
}

/**
 * Server-side apply: mezcla lo declarado, respeta a los demás dueños y suelta lo que el que aplica deja de decir.
 * Sigue a structured-merge-diff/merge/update.go (Updater.Apply). Lanza 409 con un `FieldManagerConflict` por campo.
 */
export function applyPatch(live: KubeObject | undefined, document: JsonObject, request: ApplyRequest): JsonObject {
  const { manager, isForced, definition, subresource = '' } = request;
  const applied = onlyApplied(document, subresource);
  const owned = fieldsOf(applied, definition);
  const entries = live?.metadata.managedFields ?? [];
  const mine = entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && (entry.subresource ?? '') === subresource);
  const others = entries.filter((entry) => entry !== mine);
  const base = (live ?? {}) as JsonObject;

  const conflicts: ApplyConflict[] = [];
  for (const entry of others) {
    const changed = leaves(owned).filter(
      (path) => ownsLeaf(setOf(entry), path) && !isEqual(valueAt(applied, path, definition), valueAt(base, path, definition)),
    );
    if (changed.length > 0) conflicts.push({ entry, fields: fromPaths(changed) });
  }
  if (conflicts.length > 0 && !isForced) throw conflictError(conflicts);

  const kept = others.map((entry) => {
    const lost = conflicts.find((conflict) => conflict.entry === entry);
    return lost ? withFields(entry, difference(setOf(entry), lost.fields)) : entry;
  });
  const merged = mergeApplied(base, applied, definition) as JsonObject;
  const stillOwned = kept.reduce((all, entry) => union(all, setOf(entry)), owned);
  const result = removeDropped(merged, setOf(mine), stillOwned, definition) as JsonObject;

  const isSame = mine && isEqual(setOf(mine), owned) && isEqual(withoutManagers(result), withoutManagers(base));
  const entry: ManagedFieldsEntry = {
    manager,
    operation: 'Apply',
    apiVersion: String(applied.apiVersion),
    time: (isSame ? mine.time : undefined) ?? request.time,
    fieldsType: 'FieldsV1',
    fieldsV1: owned as ManagedFieldsEntry['fieldsV1'],
    ...(subresource ? { subresource } : {}),
  };
  return { ...result, metadata: { ...(result.metadata as JsonObject), managedFields: sortEntries([entry, ...kept]) } };
}

const setOf = (entry: ManagedFieldsEntry | undefined): FieldSet => (entry?.fieldsV1 as FieldSet | undefined) ?? {};

/** Por el objeto no se aplica `status`, ni por `status` lo demás: el servidor lo repone, y nadie lo posee. */
function onlyApplied(document: JsonObject, subresource: string): JsonObject {
  const { status, ...rest } = document;
  return subresource === 'status' ? { apiVersion: rest.apiVersion, kind: rest.kind, status } : rest;
}

const withoutManagers = (object: JsonObject): JsonObject => {
  const { managedFields: _managed, ...metadata } = (object.metadata as JsonObject | undefined) ?? {};
  return { ...object, metadata };
};
