import { ApiException } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { ApiFailure, explain, toLabError } from './errors.ts';

const status = (reason: string, message: string) => JSON.stringify({ kind: 'Status', reason, message });
const network = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(`connect ${code}`), { code }) });

test.each([
  [
    '401 sin cuerpo',
    new ApiException(401, 'x', undefined, { authorization: 'Bearer secreto' }),
    401,
    'Unauthorized',
    'las credenciales de ese contexto no valen',
    false,
  ],
  ['403', new ApiFailure(403, status('Forbidden', 'pods is forbidden')), 403, 'Forbidden', 'pods is forbidden', false],
  ['404', new ApiFailure(404, status('NotFound', 'pods "x" not found')), 404, 'NotFound', 'pods "x" not found', true],
  ['409', new ApiFailure(409, status('Conflict', 'cambió')), 409, 'Conflict', 'cambió', true],
  ['429 en texto', new ApiFailure(429, 'Too many requests,\n please try again'), 429, 'TooManyRequests', 'Too many requests, please try again', true],
  ['500 vacío', new ApiFailure(500, ''), 500, 'InternalError', 'el servidor respondió 500 sin decir por qué', true],
  ['502 de un proxy', new ApiFailure(502, '<html><style>b{}</style><body><h1>Bad  Gateway</h1></body></html>'), 502, 'InternalError', 'Bad Gateway', true],
  ['JSON roto', new ApiFailure(503, '{"kind":'), 503, 'InternalError', '{"kind":', true],
  ['un cuerpo ya leído', new ApiException(422, 'x', { reason: 'Invalid', message: 'no vale' }, {}), 422, 'Invalid', 'no vale', false],
  ['sin nadie escuchando', network('ECONNREFUSED'), undefined, 'ECONNREFUSED', 'el clúster no responde (ECONNREFUSED)', true],
  [
    'un certificado que no vale',
    network('DEPTH_ZERO_SELF_SIGNED_CERT'),
    undefined,
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'quien contesta no es de fiar: su certificado no vale (DEPTH_ZERO_SELF_SIGNED_CERT)',
    false,
  ],
  ['un nombre que no existe', network('ENOTFOUND'), undefined, 'ENOTFOUND', 'el nombre de su servidor no existe (ENOTFOUND)', false],
  ['un plazo', new DOMException('sin respuesta en 15 s', 'TimeoutError'), undefined, 'TimeoutError', 'el clúster no responde (TimeoutError)', true],
])('%s se explica en una línea y sin cabeceras', (_, error, code, reason, message, canHeal) => {
  expect(explain(error)).toMatchObject({ reason, message, canHeal });
  expect(explain(error).status).toBe(code);
  expect(toLabError(error, 'leer Pod').message).not.toContain('secreto');
});

test('lo que no viene del clúster es un fallo nuestro: sale tal cual', () => {
  const bug = new TypeError('x is undefined');
  expect(() => explain(bug)).toThrow(bug);
  const file = Object.assign(new Error('no such file'), { code: 'ENOENT' });
  expect(() => explain(file)).toThrow(file);
});

test('sin respuesta se manda a doctor', () => {
  expect(toLabError(network('ECONNREFUSED'), 'leer Pod')).toMatchObject({
    message: 'No se puede leer Pod: el clúster no responde (ECONNREFUSED).',
    code: 'ENVIRONMENT',
    fix: 'npm run -s lab doctor',
    canHeal: true,
  });
});
