import { expect, test } from 'vitest';
import { createTestClient, type StatusBody } from './test-client.ts';

const maps = '/api/v1/namespaces/default/configmaps';
const pods = '/api/v1/namespaces/default/pods';
const json = { 'content-type': 'application/json' };

/** Una petición mala: siempre un Status entero, y nunca una excepción. */
async function refused(method: string, path: string, body?: string, headers?: Record<string, string>) {
  const { send } = createTestClient({ nodes: [] });
  const answer = await send<StatusBody & { kind: string; apiVersion: string; status: string }>(method, path, body, headers);
  expect(answer.body).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: answer.status });
  return `${answer.status} ${answer.body.reason}: ${answer.body.message}`;
}

test.each([
  [
    'JSON roto',
    '{"metadata": {"name":',
    json,
    /^400 BadRequest: the object provided is unrecognized: couldn't get version\/kind; json parse error: .+ \(\{"metadata": \{"name":\)$/,
  ],
  ['YAML roto', 'a: [', { 'content-type': 'application/yaml' }, /^400 BadRequest: .*error converting YAML to JSON: yaml: .+ \(a: \[\)$/],
  ['un número', '7', json, /^400 BadRequest: the object provided is not a JSON object$/],
  ['null', 'null', json, /^400 BadRequest: the object provided is not a JSON object$/],
  ['una lista', '[]', json, /^400 BadRequest: the object provided is not a JSON object$/],
  ['metadata que no es un objeto', '{"metadata": 3}', json, /^400 BadRequest: /],
  ['metadata nula', '{"metadata": null}', json, /^422 Invalid: /],
])('crear con %s se rechaza con un Status', async (_case, body, headers, expected) => {
  expect(await refused('POST', maps, body, headers)).toMatch(expected);
});

test('un cuerpo vacío se dice vacío', async () => {
  expect(await refused('POST', pods)).toBe(
    "400 BadRequest: the object provided is unrecognized (must be of type Pod): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)",
  );
});

test('un cuerpo de más de 3 MiB se rechaza con su límite', async () => {
  const body = JSON.stringify({ metadata: { name: 'a' }, data: { v: 'x'.repeat(3 * 1024 * 1024) } });
  expect(await refused('POST', maps, body, json)).toBe('413 RequestEntityTooLarge: Request entity too large: limit is 3145728');
});

test('protobuf se rechaza diciendo qué hacer', async () => {
  expect(await refused('POST', pods, 'k8s\0', { 'content-type': 'application/vnd.kubernetes.protobuf' })).toBe(
    '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml. ' +
      'La maqueta no lee protobuf: con kubectl, añade «--dry-run=client -o yaml | kubectl apply -f -»; ' +
      'en un programa con client-go, pon ContentType "application/json" en su rest.Config',
  );
});

test('CBOR se rechaza con el 415 que client-go entiende para seguir en JSON', async () => {
  expect(await refused('POST', pods, '\u00d9\u00d9\u00f7', { 'content-type': 'application/cbor' })).toBe(
    '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
  );
});

const missing = '404 NotFound: the server could not find the requested resource';
const method = '405 MethodNotAllowed: the server does not allow this method on the requested resource';

test.each([
  ['GET', `${pods}/a%2Fb`, '404 NotFound: La maqueta no modela el subrecurso pods/b.'],
  ['GET', `${pods}/%zz`, '400 BadRequest: invalid URL escape in "/api/v1/namespaces/default/pods/%zz"'],
  ['GET', `${pods}/%E0%A4%A`, '400 BadRequest: invalid URL escape in "/api/v1/namespaces/default/pods/%E0%A4%A"'],
  ['GET', '/api/v1/pods/web', missing],
  ['GET', '/api/v1/namespaces/default/nodes', missing],
  ['GET', `${pods}/web/log/mas`, missing],
  ['POST', '/api/v1/pods', method],
  ['DELETE', '/api/v1/pods', method],
  ['PUT', pods, method],
  ['PATCH', pods, method],
  ['POST', `${pods}/web`, method],
  ['OPTIONS', pods, method],
  ['PROPFIND', pods, method],
  ['DELETE', `${pods}/web/status`, method],
  ['DELETE', `${pods}/web/log`, method],
  ['GET', `${pods}/web/binding`, method],
  ['GET', `${pods}/web/eviction`, method],
  ['DELETE', '/apis/apps/v1/namespaces/default/deployments/web/scale', method],
  ['GET', '/apis/apps/v1/namespaces/default/daemonsets/web/scale', '404 NotFound: La maqueta no modela el subrecurso daemonsets/scale.'],
  ['GET', `${maps}/a/status`, '404 NotFound: La maqueta no modela el subrecurso configmaps/status.'],
  ['GET', `${pods}/web/exec?command=sh`, '404 NotFound: pods "web" not found'],
  ['POST', `${pods}/web/attach`, '404 NotFound: La maqueta no modela el subrecurso pods/attach: necesita un canal WebSocket que aún no sirve.'],
  ['POST', `${pods}/web/portforward`, '404 NotFound: La maqueta no modela el subrecurso pods/portforward: necesita un canal WebSocket que aún no sirve.'],
  ['GET', '/apis/batch/v1/namespaces/default/jobs', '404 NotFound: La maqueta no modela jobs.batch (batch/v1).'],
  ['GET', '/api/v2/pods', '404 NotFound: La maqueta no modela pods (v2).'],
  ['GET', '/apis/apps/v1beta1/deployments', '404 NotFound: La maqueta no modela deployments.apps (apps/v1beta1).'],
  ['GET', '/otra/cosa', '404 NotFound: La maqueta no sirve /otra/cosa.'],
  ['GET', `${pods}/no-esta`, '404 NotFound: pods "no-esta" not found'],
  ['GET', `${pods}/__proto__`, '404 NotFound: pods "__proto__" not found'],
])('%s %s se contesta con un Status', async (verb, path, expected) => {
  expect(await refused(verb, path)).toBe(expected);
});

test.each([
  [
    'DELETE',
    `${pods}/web?propagationPolicy=Luego`,
    undefined,
    'propagationPolicy: Unsupported value: "Luego": supported values: "Foreground", "Background", "Orphan", "nil"',
    'DeleteOptions',
  ],
  [
    'DELETE',
    `${pods}/web`,
    '{"propagationPolicy":"Orphan","orphanDependents":true}',
    'propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set',
    'DeleteOptions',
  ],
  ['DELETE', `${pods}/web?dryRun=casi`, undefined, 'dryRun: Unsupported value: ["casi"]: supported values: "All"', 'DeleteOptions'],
  ['POST', `${maps}?dryRun=casi`, '{}', 'dryRun: Unsupported value: ["casi"]: supported values: "All"', 'CreateOptions'],
  ['POST', `${maps}?fieldValidation=Duro`, '{}', 'fieldValidation: Unsupported value: "Duro": supported values: "Ignore", "Strict", "Warn"', 'CreateOptions'],
  ['PUT', `${maps}/a?fieldManager=${'x'.repeat(129)}`, '{}', 'fieldManager: Too long: may not be more than 128 bytes', 'UpdateOptions'],
  ['PATCH', `${maps}/a?force=true`, '{}', 'force: Forbidden: may not be specified for non-apply patch', 'PatchOptions'],
])('%s %s con %s dice qué opción no vale', async (verb, path, body, text, kind) => {
  expect(await refused(verb, path, body, verb === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : json)).toBe(
    `422 Invalid: ${kind}.meta.k8s.io "" is invalid: ${text}`,
  );
});

test('unas opciones de borrado que no se pueden leer no borran nada', async () => {
  const { send } = createTestClient({ nodes: [] });
  await send('POST', maps, { metadata: { name: 'a' } });
  for (const body of ['7', '[]', '{"gracePeriodSeconds":"pronto"}', '{"preconditions":3}', '{"dryRun":"All"}']) {
    const { status } = await send('DELETE', `${maps}/a`, body);
    expect({ body, status }).toEqual({ body, status: 400 });
  }
  expect((await send('GET', `${maps}/a`)).status).toBe(200);
});

test('cabeceras raras no cambian la respuesta', async () => {
  const { send } = createTestClient({ nodes: [] });
  for (const accept of ['', '*/*', ';;;', 'application/json;as=Cosa', 'text/html', 'application/vnd.kubernetes.protobuf']) {
    const { status, body } = await send<{ kind: string }>('GET', maps, undefined, { accept });
    expect({ accept, status, kind: body.kind }).toEqual({ accept, status: 200, kind: 'ConfigMapList' });
  }
});

test('un fallo nuestro sale como un 500 que lo cuenta', async () => {
  const { maqueta, send } = createTestClient({ nodes: [] });
  maqueta.world.store.collection = () => {
    throw new Error('se rompió el almacén');
  };
  const { status, body } = await send<StatusBody>('GET', maps);
  expect(status).toBe(500);
  expect(body.reason).toBe('InternalError');
  expect(body.message).toContain('Internal error occurred: la maqueta ha fallado: Error: se rompió el almacén');
});
