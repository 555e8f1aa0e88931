// Genera src/maqueta/schema/*.generated.ts a partir del volcado de un Kubernetes real.
// Uso: node labs/dev/generate-schemas.ts ../shared/datos
// Fuente: /openapi/v3, descubrimiento agregado v2 y columnas de tabla de un 1.37.1 (LEEME.md de esa carpeta).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelled } from '../../src/maqueta/schema/modelled.ts';

interface OpenApi {
  type?: string;
  format?: string;
  $ref?: string;
  allOf?: OpenApi[];
  oneOf?: OpenApi[];
  properties?: Record<string, OpenApi>;
  required?: string[];
  items?: OpenApi;
  additionalProperties?: OpenApi;
  default?: unknown;
  enum?: string[];
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
  'x-kubernetes-patch-merge-key'?: string;
  'x-kubernetes-patch-strategy'?: string;
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[];
}

const source = process.argv[2];
if (!source) throw new Error('Falta la carpeta de datos: node labs/dev/generate-schemas.ts ../shared/datos');
const target = join(import.meta.dirname, '../../src/maqueta/schema');

const schemas: Record<string, OpenApi> = {};
for (const file of readdirSync(join(source, 'openapi-v3'))) {
  const document = JSON.parse(readFileSync(join(source, 'openapi-v3', file), 'utf8')) as {
    components: { schemas: Record<string, OpenApi> };
  };
  Object.assign(schemas, document.components.schemas);
}

const refOf = (schema: OpenApi): string | undefined => (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('/').at(-1);

const rootsByKind = new Map<string, string>();
for (const [name, schema] of Object.entries(schemas)) {
  for (const gvk of schema['x-kubernetes-group-version-kind'] ?? []) {
    const key = `${gvk.group}/${gvk.version}/${gvk.kind}`;
    // DeleteOptions y WatchEvent figuran con todos los grupos: basta su nombre corto.
    if (!rootsByKind.has(key) && !name.endsWith('.DeleteOptions') && !name.endsWith('.WatchEvent')) rootsByKind.set(key, name);
  }
}

const roots = [
  ...modelled.map((kind) => {
    const name = rootsByKind.get(kind);
    if (!name) throw new Error(`El volcado no tiene ${kind}`);
    return name;
  }),
  ...Object.keys(schemas).filter((name) => name.endsWith('.meta.v1.DeleteOptions')),
];

const reached = new Set<string>();
const visit = (name: string): void => {
  if (reached.has(name)) return;
  reached.add(name);
  const walk = (schema: OpenApi): void => {
    const ref = refOf(schema);
    if (ref) visit(ref);
    for (const child of Object.values(schema.properties ?? {})) walk(child);
    if (schema.items) walk(schema.items);
    if (schema.additionalProperties && typeof schema.additionalProperties === 'object') walk(schema.additionalProperties);
  };
  walk(schemas[name] ?? {});
};
for (const root of roots) visit(root);

// Nombre corto único: «io.k8s.api.core.v1.Pod» → «Pod»; si choca, con su grupo delante.
const shortNames = new Map<string, string>();
const owners = new Map<string, string[]>();
for (const name of reached) {
  const last = name.split('.').at(-1) ?? name;
  owners.set(last, [...(owners.get(last) ?? []), name]);
}
for (const [last, names] of owners) {
  for (const name of names) {
    const parts = name.split('.');
    const group = parts.at(-3) ?? '';
    const isCore = name.startsWith('io.k8s.api.core.v1.');
    shortNames.set(name, names.length === 1 || isCore ? last : group[0]?.toUpperCase() + group.slice(1) + last);
  }
}
const short = (name: string): string => shortNames.get(name) ?? name;

const scalars: Record<string, string> = {
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'microTime',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'any',
};

type Field = Record<string, unknown>;
const fieldOf = (schema: OpenApi): Field => {
  const field: Field = {};
  const ref = refOf(schema);
  if (ref && scalars[ref]) field.type = scalars[ref];
  else if (ref) {
    field.type = 'object';
    field.ref = short(ref);
  } else if (schema.type === 'array') {
    field.type = 'array';
    field.items = fieldOf(schema.items ?? {});
  } else if (schema.type === 'object' && schema.additionalProperties) {
    field.type = 'map';
    field.values = fieldOf(schema.additionalProperties);
  } else field.type = schema.type ?? 'any';
  if (schema.format && field.type === 'string') field.format = schema.format;
  if (schema.default !== undefined) field.default = schema.default;
  if (schema.enum) field.enum = schema.enum;
  if (schema['x-kubernetes-list-type']) field.listType = schema['x-kubernetes-list-type'];
  if (schema['x-kubernetes-list-map-keys']) field.listKeys = schema['x-kubernetes-list-map-keys'];
  if (schema['x-kubernetes-map-type'] === 'atomic') field.atomic = true;
  if (ref && schemas[ref]?.['x-kubernetes-map-type'] === 'atomic') field.atomic = true;
  if (schema['x-kubernetes-patch-merge-key']) field.mergeKey = schema['x-kubernetes-patch-merge-key'];
  if (schema['x-kubernetes-patch-strategy']) field.patchStrategy = schema['x-kubernetes-patch-strategy'];
  return field;
};

const definitions: Record<string, unknown> = {};
const typeLines: string[] = [];
const tsOf = (field: Field): string => {
  switch (field.type) {
    case 'string':
      return field.enum ? (field.enum as string[]).map((value) => `'${value}'`).join(' | ') : 'string';
    case 'quantity':
      return 'Quantity';
    case 'intOrString':
      return 'IntOrString';
    case 'time':
    case 'microTime':
      return 'Time';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array': {
      const inner = tsOf(field.items as Field);
      return inner.includes(' | ') ? `(${inner})[]` : `${inner}[]`;
    }
    case 'map':
      return `Record<string, ${tsOf(field.values as Field)}>`;
    case 'object':
      return field.ref ? (field.ref as string) : 'Record<string, unknown>';
    default:
      return 'unknown';
  }
};
for (const name of [...reached].sort((a, b) => short(a).localeCompare(short(b), 'en'))) {
  if (scalars[name]) continue;
  const schema = schemas[name] ?? {};
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).map(([key, child]) => [key, fieldOf(child)] as const);
  const gvk = schema['x-kubernetes-group-version-kind']?.length === 1 ? schema['x-kubernetes-group-version-kind'][0] : undefined;
  definitions[short(name)] = {
    ...(gvk ? { apiVersion: gvk.group ? `${gvk.group}/${gvk.version}` : gvk.version, kind: gvk.kind } : {}),
    ...(required.length ? { required } : {}),
    ...(schema.properties ? {} : { open: true }),
    fields: Object.fromEntries(fields),
    source: name,
  };
  const isRoot = gvk !== undefined && schema.properties?.metadata !== undefined;
  const lines = fields.map(([key, field]) => {
    const always = isRoot && ['apiVersion', 'kind', 'metadata'].includes(key);
    const optional = always || required.includes(key) ? '' : '?';
    const safe = /^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`;
    return `  ${safe}${optional}: ${tsOf(field)};`;
  });
  typeLines.push(lines.length ? `export interface ${short(name)} {\n${lines.join('\n')}\n}` : `export type ${short(name)} = Record<string, unknown>;`);
}

const notice = '// Archivo generado por labs/dev/generate-schemas.ts desde un Kubernetes 1.37.1 real. No lo edites a mano.\n';
const asModule = (doc: string, name: string, type: string, value: unknown): string =>
  `${notice}${doc}export const ${name}: ${type} = JSON.parse(\n  ${JSON.stringify(JSON.stringify(value))},\n);\n`;

writeFileSync(
  join(target, 'types.generated.ts'),
  `${notice}/** Cantidad de recurso tal cual la escribe la API: '100m', '1Gi', '3'. */\nexport type Quantity = string;\n/** Número o porcentaje: 1, '25%'. */\nexport type IntOrString = number | string;\n/** Fecha ISO 8601 en UTC. */\nexport type Time = string;\n\n${typeLines.join('\n\n')}\n`,
);
writeFileSync(
  join(target, 'definitions.generated.ts'),
  asModule("import type { Definition } from './definition.ts';\n\n", 'definitions', 'Record<string, Definition>', definitions),
);

interface DiscoveredResource {
  resource: string;
  responseKind: { kind: string };
  scope: string;
  singularResource: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
}
interface Discovery {
  items: { metadata: { name?: string }; versions: { version: string; resources: DiscoveredResource[] }[] }[];
}
const kinds = new Set(modelled);
const resources: unknown[] = [];
for (const file of ['descubrimiento-api.json', 'descubrimiento-apis.json']) {
  const discovery = JSON.parse(readFileSync(join(source, file), 'utf8')) as Discovery;
  for (const group of discovery.items) {
    const groupName = group.metadata.name ?? '';
    for (const { version, resources: list } of group.versions) {
      for (const entry of list) {
        if (!kinds.has(`${groupName}/${version}/${entry.responseKind.kind}`)) continue;
        resources.push({
          group: groupName,
          version,
          plural: entry.resource,
          singular: entry.singularResource,
          kind: entry.responseKind.kind,
          namespaced: entry.scope === 'Namespaced',
          verbs: entry.verbs,
          shortNames: entry.shortNames ?? [],
          categories: entry.categories ?? [],
        });
      }
    }
  }
}
writeFileSync(
  join(target, 'resources.generated.ts'),
  asModule("import type { ResourceInfo } from './definition.ts';\n\n", 'resources', 'readonly ResourceInfo[]', resources),
);

const tables: Record<string, unknown> = {};
for (const line of readFileSync(join(source, 'tablas.jsonl'), 'utf8').split('\n').filter(Boolean)) {
  const { resource, columnDefinitions } = JSON.parse(line) as { resource: string; columnDefinitions: unknown[] };
  const [, group, plural] = /^(?:api|apis\/([^/]+))\/v\d+\/(.+)$/.exec(resource) ?? [];
  tables[group ? `${group}/${plural}` : (plural ?? resource)] = columnDefinitions;
}
writeFileSync(
  join(target, 'tables.generated.ts'),
  asModule("import type { ColumnDefinition } from './definition.ts';\n\n", 'tableColumns', 'Record<string, readonly ColumnDefinition[]>', tables),
);
