import { expect, it } from 'vitest';
import { readingOf } from './known-reasons.ts';

const pull = (why: string) => ({ reason: 'Failed', message: `Failed to pull image "node:24.21-alpine": failed to pull and unpack image: ${why}` });
const backOff = { reason: 'BackOff', message: 'Back-off pulling image "node:24.21-alpine"' };
const unreachable = 'El nodo no llega al registro de imágenes: mira su conexión, o carga la imagen en él por tu cuenta.';

it.each([
  ['la imagen no existe', pull('docker.io/library/node:99: not found'), 'La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.'],
  ['el nombre del registro no resuelve', pull('dial tcp: lookup docker.io on 10.0.0.1:53: no such host'), unreachable],
  ['el registro no contesta', pull('dial tcp 192.0.2.1:443: i/o timeout'), unreachable],
  [
    'el registro no atiende más',
    pull('429 Too Many Requests - toomanyrequests: You have reached your pull rate limit'),
    'El registro de imágenes no atiende más descargas por ahora: espera, o entra en él con tu cuenta.',
  ],
])('si %s, la causa de fondo pesa más que el suceso más nuevo', (_, failed, text) => {
  expect(readingOf([failed, backOff])).toEqual({ text });
});

it('una cuota se lee igual la diga un suceso o el rechazo, y manda a mirarla', () => {
  const message = 'pods "web-0" is forbidden: exceeded quota: clase, requested: pods=1, used: pods=4, limited: pods=4';
  const reading = { text: 'Una cuota del espacio no deja crear más. Dice lo pedido, lo gastado y el límite.', look: 'resourcequota' };
  expect(readingOf([{ reason: 'FailedCreate', message: `Error creating: ${message}` }])).toEqual(reading);
  expect(readingOf([{ reason: '', message }])).toEqual(reading);
});

it('de varios sucesos manda el más nuevo que se sepa leer', () => {
  const unhealthy = { reason: 'Unhealthy', message: 'Readiness probe failed' };
  expect(readingOf([unhealthy, { reason: 'OOMKilling', message: 'Memory cgroup out of memory' }, { reason: 'Raro', message: '' }])).toEqual({
    text: 'El contenedor pasó de su límite de memoria.',
  });
  expect(readingOf([])).toBeUndefined();
});
