import { ApiError } from '../registry/api-error.ts';
import { notModelledFields } from '../registry/not-modelled.ts';

type JsonObject = Record<string, unknown>;

/** Rechaza con 422 los campos que existen en Kubernetes y la maqueta no imita. */
export function rejectNotModelled(object: JsonObject): void {
  const kind = String(object.kind);
  const found = Object.entries(notModelledFields[kind] ?? {}).flatMap(([path, why]) => locate(object, path.split('.'), '').map((field) => ({ field, why })));
  if (found.length === 0) return;
  const apiVersion = String(object.apiVersion);
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  const name = String((object.metadata as JsonObject | undefined)?.name ?? '');
  const lines = found.map(({ field, why }) => `${field}: la maqueta no lo imita (${why})`);
  throw new ApiError(422, 'Invalid', `${kind}${group ? `.${group}` : ''} "${name}" is invalid: ${lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`}`, {
    name,
    group,
    kind,
    causes: found.map(({ field, why }) => ({ reason: 'FieldValueNotSupported', message: `la maqueta no lo imita (${why})`, field })),
  });
}

function locate(value: unknown, path: readonly string[], at: string): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined || value === null ? [] : [at];
  if (typeof value !== 'object' || value === null) return [];
  const name = step.replace('[]', '');
  const inner = (value as JsonObject)[name];
  const here = at ? `${at}.${name}` : name;
  if (!step.endsWith('[]')) return locate(inner, rest, here);
  return Array.isArray(inner) ? inner.flatMap((item, index) => locate(item, rest, `${here}[${index}]`)) : [];
}
