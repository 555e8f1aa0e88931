import { expect, it } from 'vitest';
import { machinePath, withMachines } from './machines-api.ts';
import { createMaqueta } from './maqueta.ts';

function door() {
  const maqueta = createMaqueta({ freeze: true });
  const fetch = withMachines(maqueta);
  const ask = async (method: string, path: string) => {
    const response = await fetch(new Request(`http://m${path}`, { method }));
    return { status: response.status, body: await response.json() };
  };
  return { maqueta, ask };
}

it('apaga y enciende una máquina, y la lista lo dice', async () => {
  const { maqueta, ask } = door();
  expect(await ask('POST', machinePath('maqueta-nodo3', 'power-off'))).toEqual({ status: 200, body: { name: 'maqueta-nodo3', isUp: false } });
  expect(maqueta.machines.isUp('maqueta-nodo3')).toBe(false);
  expect((await ask('GET', '/maqueta/machines')).body).toEqual({
    machines: [
      { name: 'maqueta-control', isUp: true },
      { name: 'maqueta-nodo1', isUp: true },
      { name: 'maqueta-nodo2', isUp: true },
      { name: 'maqueta-nodo3', isUp: false },
    ],
  });
  expect(await ask('POST', machinePath('maqueta-nodo3', 'power-on'))).toEqual({ status: 200, body: { name: 'maqueta-nodo3', isUp: true } });
});

it.each([
  [
    'una máquina que no hay',
    'POST',
    '/maqueta/machines/nodo9/power-off',
    404,
    'La maqueta no tiene ninguna máquina «nodo9»; tiene: maqueta-control, maqueta-nodo1, maqueta-nodo2, maqueta-nodo3.',
  ],
  [
    'algo que no se sabe hacer',
    'POST',
    '/maqueta/machines/maqueta-nodo1/quemar',
    404,
    'A una máquina de la maqueta se le puede pedir power-off, power-on, disconnect, reconnect; no «quemar».',
  ],
  ['apagar leyendo', 'GET', '/maqueta/machines/maqueta-nodo1/power-off', 405, '«power-off» cambia una máquina: se pide con POST.'],
])('%s se rechaza diciéndolo', async (_, method, path, status, message) => {
  const { ask } = door();
  expect(await ask(method, path)).toEqual({ status, body: { message } });
});

it('la API de Kubernetes no sabe nada de máquinas, y por esta puerta se llega igual a ella', async () => {
  const { maqueta, ask } = door();
  expect((await maqueta.fetch(new Request('http://m/maqueta/machines'))).status).toBe(404);
  expect((await ask('GET', '/api/v1/nodes/maqueta-nodo1')).body).toMatchObject({ kind: 'Node' });
});
