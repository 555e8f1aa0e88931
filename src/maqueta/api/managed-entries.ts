import type { ManagedFieldsEntry } from '../schema/types.generated.ts';
import type { FieldSet } from './managed-fields.ts';

export const withFields = (entry: ManagedFieldsEntry, fields: FieldSet): ManagedFieldsEntry => ({
  ...entry,
  fieldsV1: fields as ManagedFieldsEntry['fieldsV1'],
});

/** Sin quien ya no posee nada, y en el orden del servidor. Sigue a apimachinery/pkg/util/managedfields/internal/managedfields.go. */
export function sortEntries(entries: readonly ManagedFieldsEntry[]): ManagedFieldsEntry[] {
  const order = ({ operation, time, manager, apiVersion, subresource }: ManagedFieldsEntry) =>
    [operation, time, manager, apiVersion, subresource].map((part) => part ?? '');
  return entries
    .filter(({ fieldsV1 }) => Object.keys((fieldsV1 as object | undefined) ?? {}).length > 0)
    .map((entry) => ({ entry, key: order(entry).join('\u0000') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ entry }) => entry);
}
