import { ApiError } from '../registry/api-error.ts';
import type { ManagedFieldsEntry } from '../schema/types.generated.ts';
import { type FieldSet, leafPaths } from './managed-fields.ts';

/** Campos que otro posee y que lo aplicado cambiaría. */
export interface ApplyConflict {
  entry: ManagedFieldsEntry;
  fields: FieldSet;
}

/** El 409 de server-side apply, con su texto. Sigue a apimachinery/pkg/util/managedfields/internal/conflict.go. */
export function conflictError(conflicts: readonly ApplyConflict[]): ApiError {
  const found = conflicts.flatMap(({ entry, fields }) => leafPaths(fields).map((field) => ({ manager: nameOf(entry), field })));
  const causes = found.map(({ manager, field }) => ({ reason: 'FieldManagerConflict', message: `conflict with ${manager}`, field }));
  return new ApiError(409, 'Conflict', messageOf(found), { causes });
}

function messageOf(found: readonly { manager: string; field: string }[]): string {
  const [first] = found;
  if (first && found.length === 1) return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.field}`;
  const managers = [...new Set(found.map(({ manager }) => manager))].sort();
  const lines = managers.flatMap((manager) => [
    `conflicts with ${manager}:`,
    ...found.filter((one) => one.manager === manager).map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${found.length} conflicts: ${lines.join('\n')}`;
}

/** Quien escribió con Update se nombra con su versión; quien aplicó, a secas. */
const nameOf = ({ manager, operation, apiVersion, subresource }: ManagedFieldsEntry): string =>
  `${JSON.stringify(manager ?? '')}${subresource ? ` with subresource ${JSON.stringify(subresource)}` : ''}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
