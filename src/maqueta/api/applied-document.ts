import type { KubeObject } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { elementKey, leafPaths } from './managed-fields.ts';

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lo que server-side apply no acepta, diga lo que diga `fieldValidation`: campos fuera del esquema y elementos repetidos.
 * Sigue a structured-merge-diff/typed/validate.go; los textos son los suyos.
 */
export function rejectBadDocument(document: JsonObject, definition: Definition): void {
  if ((document as Partial<KubeObject>).metadata?.managedFields?.length) throw new ApiError(400, 'BadRequest', 'metadata.managedFields must be nil');
  const problems = inObject(document, definition, '');
  if (problems.length === 0) return;
  const { namespace = '', name = '' } = (document as Partial<KubeObject>).metadata ?? {};
  const [group, version] = definition.apiVersion?.includes('/') ? definition.apiVersion.split('/') : ['', definition.apiVersion];
  const text = problems.length === 1 ? problems[0] : `errors:\n${problems.map((problem) => `  ${problem}`).join('\n')}`;
  // El servidor lo da por fallo suyo: 500 y sin motivo, aunque la culpa sea del documento.
  throw new ApiError(500, '', `failed to create typed patch object (${namespace}/${name}; ${group}/${version}, Kind=${definition.kind}): ${text}`);
}

function inObject(value: JsonObject, definition: Definition, path: string): string[] {
  if (definition.open) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = definition.fields[key];
    if (!field) return [`${path}.${key}: field not declared in schema`];
    return inValue(inner, field, `${path}.${key}`);
  });
}

function inValue(value: unknown, field: Field, path: string): string[] {
  const definition = field.ref ? definitions[field.ref] : undefined;
  if (isObject(value) && definition) return inObject(value, definition, path);
  if (isObject(value) && field.values) return Object.entries(value).flatMap(([key, inner]) => inValue(inner, field.values as Field, `${path}.${key}`));
  if (!Array.isArray(value) || !field.items) return [];
  const items = field.items;
  if (field.listType !== 'map') return value.flatMap((item, index) => inValue(item, items, `${path}[${index}]`));
  const seen = new Set<string>();
  return (value as JsonObject[]).filter(isObject).flatMap((item) => {
    const key = elementKey(item, field);
    const at = leafPaths({ [key]: {} })[0] ?? '';
    const isRepeated = seen.has(key);
    seen.add(key);
    return [...(isRepeated ? [`${path}: duplicate entries for key ${at}`] : []), ...inValue(item, items, `${path}${at}`)];
  });
}
