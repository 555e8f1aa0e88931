import { expect, test } from 'vitest';
import { definitionOf } from '../api/schema-check.ts';
import { createTestClient, type StatusBody } from '../api/test-client.ts';
import type { Definition, Field } from '../schema/definition.ts';
import { definitions } from '../schema/definitions.generated.ts';
import { resources } from '../schema/resources.generated.ts';
import { notModelledFields } from './not-modelled.ts';

const resourceOf = (kind: string) => resources.find((one) => one.kind === kind && !one.plural.includes('/'));
const apiVersionOf = (kind: string): string => [resourceOf(kind)?.group, resourceOf(kind)?.version].filter(Boolean).join('/');

/** Recorre el esquema por una ruta como `spec.containers[].ports[].hostPort`; `undefined` si algún paso no existe. */
function fieldAt(root: Definition | undefined, path: string): Field | undefined {
  let definition = root;
  let field: Field | undefined;
  for (const step of path.split('.')) {
    const name = step.replace('[]', '');
    field = definition && Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field || step.endsWith('[]') !== (field.type === 'array' && step.endsWith('[]'))) return undefined;
    const inner = step.endsWith('[]') ? field.items : field;
    definition = inner?.ref ? definitions[inner.ref] : undefined;
  }
  return field;
}

const listed = Object.entries(notModelledFields).flatMap(([kind, fields]) => Object.entries(fields).map(([path, why]) => ({ kind, path, why })));

test('cada campo que se dice no imitar existe de verdad en el esquema', () => {
  const invented = listed.filter(({ kind, path }) => !fieldAt(definitionOf(apiVersionOf(kind), kind), path));
  expect(invented).toEqual([]);
});

/** Un objeto con solo ese campo puesto. */
function withField(path: string): Record<string, unknown> {
  const [step = '', ...rest] = path.split('.');
  const inner = rest.length > 0 ? withField(rest.join('.')) : sample;
  return { [step.replace('[]', '')]: step.endsWith('[]') ? [inner] : inner };
}
const sample = Symbol('valor') as unknown;

/** Un valor del tipo que pide el esquema, para que lo rechace esta regla y no otra. */
function valueFor(field: Field | undefined): unknown {
  switch (field?.type) {
    case 'boolean':
      return true;
    case 'integer':
      return 1;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return 'x';
  }
}

const replaceSample = (value: unknown, by: unknown): unknown =>
  value === sample
    ? by
    : Array.isArray(value)
      ? value.map((item) => replaceSample(item, by))
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceSample(inner, by)]))
        : value;

test('cada uno de ellos se rechaza nombrándolo, con su motivo', async () => {
  const { send } = createTestClient({ nodes: [] });
  for (const { kind, path, why } of listed) {
    const value = valueFor(fieldAt(definitionOf(apiVersionOf(kind), kind), path));
    const body = { ...(replaceSample(withField(path), value) as object), metadata: { name: 'web' } };
    const { group = '', plural = '', namespaced = true } = resourceOf(kind) ?? {};
    const url = `${group ? '/apis' : '/api'}/${apiVersionOf(kind)}${namespaced ? '/namespaces/default' : ''}/${plural}`;
    const answer = await send<StatusBody>('POST', url, body);
    const field = path.replaceAll('[]', '[0]');
    expect({ path, status: answer.status, message: answer.body.message }).toEqual({
      path,
      status: 422,
      message: `${kind}${group ? `.${group}` : ''} "web" is invalid: ${field}: la maqueta no lo imita (${why})`,
    });
    expect(answer.body.details?.causes).toEqual([{ reason: 'FieldValueNotSupported', message: `la maqueta no lo imita (${why})`, field }]);
  }
});

test('también al parchear lo que ya existe', async () => {
  const { send } = createTestClient({ nodes: [] });
  const pods = '/api/v1/namespaces/default/pods';
  await send('POST', pods, { metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'nginx:1.29' }] } });
  const { status, body } = await send<StatusBody>('PATCH', `${pods}/web`, { spec: { hostPID: true } }, { 'content-type': 'application/merge-patch+json' });
  expect({ status, message: body.message }).toEqual({
    status: 422,
    message: 'Pod "web" is invalid: spec.hostPID: la maqueta no lo imita (no hay procesos del anfitrión)',
  });
});
