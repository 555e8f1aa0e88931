import { ApiError } from '../registry/api-error.ts';
import type { DeleteOptions, FieldError } from '../registry/registry.ts';
import { forbidden, invalid, notSupported, required } from '../registry/strategies/field-errors.ts';

type JsonObject = Record<string, unknown>;

// Los textos son los de apimachinery/pkg/apis/meta/v1/validation/validation.go.

/** Opciones de escritura de la consulta: `dryRun`, `fieldValidation`, `fieldManager` y `force`. Lanza 422 si alguna no vale. */
export function checkWriteOptions(method: string, query: URLSearchParams, isApply: boolean): void {
  const kind = { POST: 'CreateOptions', PUT: 'UpdateOptions' }[method] ?? 'PatchOptions';
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') || 'Warn';
  const unprintable = [...manager].findIndex((letter) => /\p{C}/u.test(letter));
  reject(kind, [
    ...(isApply && !manager ? [required('fieldManager', 'is required for apply patch')] : []),
    ...(method === 'PATCH' && !isApply && query.has('force') ? [forbidden('force', 'may not be specified for non-apply patch')] : []),
    ...(manager.length > 128 ? [{ type: 'FieldValueTooLong', field: 'fieldManager', message: 'Too long: may not be more than 128 bytes' } as const] : []),
    ...(unprintable < 0 ? [] : [invalid('fieldManager', manager, `invalid character ${nameOf([...manager][unprintable] ?? '')} (at position ${unprintable})`)]),
    ...checkDryRun(query.getAll('dryRun')),
    ...(['Ignore', 'Warn', 'Strict'].includes(validation) ? [] : [notSupported('fieldValidation', validation, ['Ignore', 'Strict', 'Warn'])]),
  ]);
}

/** Las opciones de borrado llegan en el cuerpo o en la consulta. Lanza 400 si no se pueden leer y 422 si no valen. */
export function deleteOptions(query: URLSearchParams, body: JsonObject): DeleteOptions {
  const fromQuery = {
    ...(query.has('gracePeriodSeconds') ? { gracePeriodSeconds: Number(query.get('gracePeriodSeconds')) } : {}),
    ...(query.has('propagationPolicy') ? { propagationPolicy: query.get('propagationPolicy') } : {}),
    ...(query.has('orphanDependents') ? { orphanDependents: query.get('orphanDependents') === 'true' } : {}),
    ...(query.has('dryRun') ? { dryRun: query.getAll('dryRun') } : {}),
  };
  // Como el servidor: si hay cuerpo, la consulta no cuenta.
  const options: JsonObject = Object.keys(body).some((key) => key !== 'kind' && key !== 'apiVersion') ? body : fromQuery;
  const { gracePeriodSeconds: grace, propagationPolicy: policy, orphanDependents: orphan, preconditions, dryRun = [] } = options;
  if (!isAbsent(grace) && !Number.isInteger(grace)) throw unreadable('gracePeriodSeconds', 'int64');
  if (!isAbsent(policy) && typeof policy !== 'string') throw unreadable('propagationPolicy', 'v1.DeletionPropagation');
  if (!isAbsent(preconditions) && (typeof preconditions !== 'object' || Array.isArray(preconditions))) throw unreadable('preconditions', 'v1.Preconditions');
  if (!Array.isArray(dryRun)) throw unreadable('dryRun', '[]string');
  reject('DeleteOptions', [
    ...(!isAbsent(policy) && !isAbsent(orphan) ? [invalid('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set')] : []),
    ...(isAbsent(policy) || isPolicy(policy)
      ? []
      : [
          {
            ...notSupported('propagationPolicy', policy, []),
            message: `Unsupported value: ${JSON.stringify(policy)}: supported values: "Foreground", "Background", "Orphan", "nil"`,
          },
        ]),
    ...checkDryRun(dryRun as string[]),
  ]);
  const chosen = isPolicy(policy) ? policy : orphan === true ? 'Orphan' : orphan === false ? 'Background' : undefined;
  return {
    ...(isAbsent(grace) ? {} : { gracePeriodSeconds: Math.max(0, Number(grace)) }),
    ...(chosen ? { propagationPolicy: chosen } : {}),
    ...(isAbsent(preconditions) ? {} : { preconditions: preconditions as NonNullable<DeleteOptions['preconditions']> }),
    ...(dryRun.length > 0 ? { isDryRun: true } : {}),
  };
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;
const isPolicy = (value: unknown): value is NonNullable<DeleteOptions['propagationPolicy']> =>
  value === 'Orphan' || value === 'Background' || value === 'Foreground';

const checkDryRun = (values: readonly string[]): FieldError[] => (values.every((value) => value === 'All') ? [] : [notSupported('dryRun', values, ['All'])]);

/** Como `%#U` de Go: `U+000A`. */
const nameOf = (letter: string): string => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const unreadable = (field: string, type: string): ApiError =>
  new ApiError(
    400,
    'BadRequest',
    `DeleteOptions in version "v1" cannot be handled as a DeleteOptions: json: cannot unmarshal into Go struct field DeleteOptions.${field} of type ${type}`,
  );

function reject(kind: string, errors: readonly FieldError[]): void {
  if (errors.length === 0) return;
  const lines = errors.map(({ field, message }) => `${field}: ${message}`);
  throw new ApiError(422, 'Invalid', `${kind}.meta.k8s.io "" is invalid: ${lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`}`, {
    group: 'meta.k8s.io',
    kind,
    causes: errors.map(({ type, field, message }) => ({ reason: type, message, field })),
  });
}
