import type { Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { served } from './discovery.ts';

/** Rutas de /openapi/v3, una por grupo y versión. */
export const openapiIndex = () => ({
  paths: Object.fromEntries(
    [...new Set(served.map(({ group, version }) => (group ? `apis/${group}/${version}` : `api/${version}`)))].map((path) => [
      path,
      { serverRelativeURL: `/openapi/v3/${path}` },
    ]),
  ),
});

/** El documento de un grupo, rehecho desde el esquema compacto: basta para `kubectl explain` y para validar en el cliente. */
export function openapiDocument(group: string, version: string): Record<string, unknown> | undefined {
  const list = served.filter((one) => one.group === group && one.version === version);
  if (list.length === 0) return undefined;
  const base = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const reached = new Set<string>();
  for (const { kind } of list) {
    const root = Object.keys(definitions).find(
      (name) => definitions[name]?.kind === kind && definitions[name]?.apiVersion === (group ? `${group}/${version}` : version),
    );
    if (root) visit(root, reached);
  }
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.37.1' },
    paths: Object.fromEntries(
      list.flatMap((one) => {
        const at = one.namespaced ? `${base}/namespaces/{namespace}/${one.plural}` : `${base}/${one.plural}`;
        const gvk = { group, version, kind: one.kind };
        const operation = (action: string) => ({
          'x-kubernetes-action': action,
          'x-kubernetes-group-version-kind': gvk,
          parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
          responses: {},
        });
        return [
          [at, { get: operation('list'), post: operation('post') }],
          [`${at}/{name}`, { get: operation('get'), put: operation('put'), patch: operation('patch'), delete: operation('delete') }],
        ];
      }),
    ),
    components: { schemas: Object.fromEntries([...reached].map((name) => [definitions[name]?.source ?? name, schemaOf(name)])) },
  };
}

function visit(name: string, reached: Set<string>): void {
  if (reached.has(name) || !definitions[name]) return;
  reached.add(name);
  const walk = (field: Field): void => {
    if (field.ref) visit(field.ref, reached);
    if (field.items) walk(field.items);
    if (field.values) walk(field.values);
  };
  for (const field of Object.values(definitions[name]?.fields ?? {})) walk(field);
}

function schemaOf(name: string): Record<string, unknown> {
  const definition = definitions[name];
  if (!definition) return { type: 'object' };
  const [group, version] = definition.apiVersion?.includes('/') ? definition.apiVersion.split('/') : ['', definition.apiVersion];
  return {
    type: 'object',
    ...(definition.required ? { required: definition.required } : {}),
    ...(definition.open ? {} : { properties: Object.fromEntries(Object.entries(definition.fields).map(([key, field]) => [key, fieldSchema(field)])) }),
    ...(definition.kind ? { 'x-kubernetes-group-version-kind': [{ group, version, kind: definition.kind }] } : {}),
  };
}

function fieldSchema(field: Field): Record<string, unknown> {
  const extra = {
    ...(field.listType ? { 'x-kubernetes-list-type': field.listType } : {}),
    ...(field.listKeys ? { 'x-kubernetes-list-map-keys': field.listKeys } : {}),
    ...(field.mergeKey ? { 'x-kubernetes-patch-merge-key': field.mergeKey } : {}),
    ...(field.patchStrategy ? { 'x-kubernetes-patch-strategy': field.patchStrategy } : {}),
    ...(field.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.enum ? { enum: field.enum } : {}),
  };
  switch (field.type) {
    case 'object':
      return { ...extra, allOf: [{ $ref: `#/components/schemas/${field.ref ? (definitions[field.ref]?.source ?? field.ref) : ''}` }] };
    case 'array':
      return { ...extra, type: 'array', items: field.items ? fieldSchema(field.items) : {} };
    case 'map':
      return { ...extra, type: 'object', additionalProperties: field.values ? fieldSchema(field.values) : {} };
    case 'quantity':
    case 'intOrString':
      return { ...extra, oneOf: [{ type: 'string' }, { type: field.type === 'quantity' ? 'number' : 'integer' }] };
    case 'time':
    case 'microTime':
      return { ...extra, type: 'string', format: 'date-time' };
    case 'any':
      return { ...extra, type: 'object' };
    default:
      return { ...extra, type: field.type, ...(field.format ? { format: field.format } : {}) };
  }
}
