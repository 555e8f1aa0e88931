// cspell:ignore aeiou abcdef
import { expect, it } from 'vitest';
import type { KindName } from './kinds.ts';
import { createNames } from './names.ts';
import type { Seen } from './observe.ts';

const added = (kind: KindName, metadata: object): Seen => ({ step: 0, type: 'ADDED', kind, object: { kind, metadata } });
const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });

const names = createNames(
  [
    added('ReplicaSet', { name: 'web-6d5f7c9b8f', ...owner('Deployment', 'web') }),
    added('ReplicaSet', { name: 'web-abcdef', ...owner('Deployment', 'web') }),
    added('ReplicaSet', { name: 'web-77b4x', ...owner('Deployment', 'web') }),
    added('ControllerRevision', { name: 'db-5c9d8', ...owner('StatefulSet', 'db') }),
    added('Pod', { name: 'web-6d5f7c9b8f-x2x4z', generateName: 'web-6d5f7c9b8f-' }),
    added('Pod', { name: 'web-6d5f7c9b8f-aeiou', generateName: 'web-6d5f7c9b8f-' }),
    added('Pod', { name: 'db-0' }),
  ],
  { namespace: 'fid-x', nodes: ['nodo1', 'nodo2'], roles: { a: 'nodo2' }, storageClass: 'local-path', provisioner: 'rancher.io/local-path' },
);

it.each([
  ['el espacio y un nodo cualquiera', 'fid-x en nodo1', '<espacio> en <nodo>'],
  ['el nodo que el escenario nombra', 'nodo2', '<nodo a>'],
  ['un nodo que no existe se queda', 'nodo22', 'nodo22'],
  ['las plantillas van numeradas por orden de aparición', 'web-6d5f7c9b8f y web-77b4x', 'web-<plantilla 1> y web-<plantilla 2>'],
  ['la huella suelta, en una etiqueta', 'pod-template-hash=77b4x', 'pod-template-hash=<plantilla 2>'],
  ['una huella con letras que Kubernetes no usa se ve', 'web-abcdef', 'web-abcdef'],
  ['la revisión de un StatefulSet', 'db-5c9d8', 'db-<revisión 1>'],
  ['un Pod al azar', 'Created pod: web-6d5f7c9b8f-x2x4z', 'Created pod: web-<plantilla 1>-<sufijo>'],
  ['un sufijo con vocales se ve', 'web-6d5f7c9b8f-aeiou', 'web-<plantilla 1>-aeiou'],
  ['un nombre fijo se queda', 'db-0', 'db-0'],
  ['la clase y su aprovisionador, con su instancia', 'local-path rancher.io/local-path_local-path-provisioner-7d_1', '<clase> <aprovisionador>'],
  [
    'UID, volumen, IP e instante',
    'pvc-123e4567-e89b-12d3-a456-426614174000 123e4567-e89b-12d3-a456-426614174000 10.0.0.7 2026-11-20T09:00:00Z',
    'pvc-<uid> <uid> <ip> <instante>',
  ],
])('%s', (_title, text, clean) => {
  expect(names.text(text)).toBe(clean);
});

it('solo lo que acaba en un sufijo al azar se cuenta con sus iguales', () => {
  expect(names.isAnonymous(names.text('web-6d5f7c9b8f-x2x4z'))).toBe(true);
  expect(names.isAnonymous(names.text('web-6d5f7c9b8f-aeiou'))).toBe(false);
});
