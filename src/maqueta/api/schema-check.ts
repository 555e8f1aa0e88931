import { ApiError } from '../registry/api-error.ts';
import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';

export interface SchemaProblems {
  /** Campos que no existen, con el texto de `strict decoding error`. */
  unknown: string[];
  /** Valores de otro tipo: no se pueden leer. */
  wrong: string[];
}

const byKind = new Map<string, Definition>();
for (const definition of Object.values(definitions))
  if (definition.kind && definition.apiVersion) byKind.set(`${definition.apiVersion}/${definition.kind}`, definition);

export const definitionOf = (apiVersion: string, kind: string): Definition | undefined => byKind.get(`${apiVersion}/${kind}`);

/** Compara un documento con el esquema de su tipo. Sigue a la decodificación estricta de apimachinery/pkg/runtime/serializer/json. */
export function checkSchema(object: Record<string, unknown>, definition: Definition): SchemaProblems {
  const problems: SchemaProblems = { unknown: [], wrong: [] };
  walkObject(object, definition, '', problems);
  return problems;
}

function walkObject(value: Record<string, unknown>, definition: Definition, path: string, problems: SchemaProblems): void {
  if (definition.open) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    const field = definition.fields[key];
    if (!field) problems.unknown.push(`unknown field ${JSON.stringify(at)}`);
    else if (inner !== null && inner !== undefined) walkField(inner, field, at, problems);
  }
}

function walkField(value: unknown, field: Field, path: string, problems: SchemaProblems): void {
  const wrong = (expected: string) => void problems.wrong.push(`${path}: se esperaba ${expected} y hay ${JSON.stringify(value)}`);
  switch (field.type) {
    case 'string':
      if (typeof value !== 'string') wrong('una cadena');
      return;
    case 'time':
    case 'microTime':
      if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) wrong('una fecha RFC 3339');
      return;
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) wrong('un número entero');
      return;
    case 'number':
      if (typeof value !== 'number') wrong('un número');
      return;
    case 'boolean':
      if (typeof value !== 'boolean') wrong('true o false');
      return;
    case 'quantity':
      if ((typeof value !== 'string' && typeof value !== 'number') || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE])?$/.test(String(value))) {
        problems.wrong.push(
          `${path}: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$' y hay ${JSON.stringify(value)}`,
        );
      }
      return;
    case 'intOrString':
      if (typeof value !== 'string' && typeof value !== 'number') wrong('un número o un porcentaje');
      return;
    case 'array':
      if (!Array.isArray(value)) return wrong('una lista');
      value.forEach((item, index) => {
        if (item !== null && field.items) walkField(item, field.items, `${path}[${index}]`, problems);
      });
      return;
    case 'map':
      if (!isObject(value)) return wrong('un objeto');
      for (const [key, inner] of Object.entries(value)) if (inner !== null && field.values) walkField(inner, field.values, `${path}.${key}`, problems);
      return;
    case 'object': {
      if (!isObject(value)) return wrong('un objeto');
      const definition = field.ref ? definitions[field.ref] : undefined;
      if (definition) walkObject(value, definition, path, problems);
      return;
    }
    default:
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lanza lo que el servidor real contestaría con `fieldValidation=Strict` (o siempre, si el tipo no se puede leer). */
export function rejectBadFields(object: Record<string, unknown>, definition: Definition, validation: string): string[] {
  const { unknown, wrong } = checkSchema(object, definition);
  if (wrong.length > 0) {
    throw new ApiError(
      400,
      'BadRequest',
      `${definition.kind} in version ${JSON.stringify(definition.apiVersion?.split('/').at(-1))} cannot be handled as a ${definition.kind}: ${wrong.join(', ')}`,
    );
  }
  if (unknown.length > 0 && validation === 'Strict') {
    throw new ApiError(
      400,
      'BadRequest',
      `${definition.kind} in version ${JSON.stringify(definition.apiVersion?.split('/').at(-1))} cannot be handled as a ${definition.kind}: strict decoding error: ${unknown.join(', ')}`,
    );
  }
  return validation === 'Ignore' ? [] : unknown;
}

/** Quita lo que el esquema no conoce, como hace el servidor al decodificar. */
export function prune<T>(value: T, definition: Definition): T {
  if (definition.open) return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => {
      const field = definition.fields[key];
      return field && inner !== null ? [[key, pruneField(inner, field)]] : [];
    }),
  ) as T;
}

function pruneField(value: unknown, field: Field): unknown {
  if (field.type === 'array' && Array.isArray(value)) return field.items ? value.map((item) => pruneField(item, field.items as Field)) : value;
  if (field.type === 'map' && isObject(value) && field.values)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pruneField(inner, field.values as Field)]));
  if (field.type === 'object' && isObject(value) && field.ref && definitions[field.ref]) return prune(value, definitions[field.ref] as Definition);
  // La API guarda las cantidades como texto aunque lleguen como número.
  if (field.type === 'quantity') return String(value);
  return value;
}
