import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabError } from '../../engine/lab-error.ts';
import { explainListen } from './explain-listen.ts';
import { writeKubeconfig } from './kubeconfig-files.ts';
import { kubectlWith, servingLines } from './messages.ts';
import { parseWords } from './parse-words.ts';

test.each([
  ['', { kind: 'serve', port: 0, speed: 1 }],
  ['puerto 8443', { kind: 'serve', port: 8443, speed: 1 }],
  ['rápido x20', { kind: 'serve', port: 0, speed: 20 }],
  ['RAPIDO X2,5 puerto 9000', { kind: 'serve', port: 9000, speed: 2.5 }],
  ['ayuda', { kind: 'help' }],
  ['puerto', { kind: 'usage', problem: 'Falta el número después de «puerto».', fix: 'npm run -s maqueta puerto 8443' }],
  ['puerto ocho', { kind: 'usage', problem: '«ocho» no es un número de puerto.', fix: 'npm run -s maqueta puerto 8443' }],
  ['puerto -1', { kind: 'usage', problem: '«-1» no es un número de puerto.', fix: 'npm run -s maqueta puerto 8443' }],
  ['puerto 0', { kind: 'usage', problem: 'El puerto 0 no existe: van del 1 al 65535.', fix: 'npm run -s maqueta puerto 8443' }],
  ['puerto 70000', { kind: 'usage', problem: 'El puerto 70000 no existe: van del 1 al 65535.', fix: 'npm run -s maqueta puerto 8443' }],
  ['puerto 8443 puerto 9000', { kind: 'usage', problem: '«puerto» está dos veces.', fix: 'npm run -s maqueta puerto 8443' }],
  ['rapido', { kind: 'usage', problem: 'Después de «rapido» va cuánto: x20 es veinte veces el ritmo real.', fix: 'npm run -s maqueta rapido x20' }],
  ['rapido 20', { kind: 'usage', problem: 'Después de «rapido» va cuánto: x20 es veinte veces el ritmo real; «20» no.', fix: 'npm run -s maqueta rapido x20' }],
  ['rapido x0', { kind: 'usage', problem: 'x0 no vale: tiene que ser más de x0 y como mucho x10000.', fix: 'npm run -s maqueta rapido x20' }],
  ['rapido x5 rapido x6', { kind: 'usage', problem: '«rapido» está dos veces.', fix: 'npm run -s maqueta rapido x5' }],
  ['raipdo x20', { kind: 'usage', problem: 'No conozco «raipdo»; ¿querías decir «rapido»?', fix: 'npm run -s maqueta ayuda' }],
  ['--port', { kind: 'usage', problem: 'No conozco «--port».', fix: 'npm run -s maqueta ayuda' }],
])('npm run maqueta %s', (line, expected) => {
  expect(parseWords(line.split(' ').filter(Boolean))).toEqual(expected);
});

test('dice dónde está y la orden que pegar', () => {
  expect(
    servingLines({ url: 'https://127.0.0.1:8443', nodes: 4, speed: 2.5, kubectl: kubectlWith('.bitacora/maqueta-8443.kubeconfig') }),
  ).toMatchInlineSnapshot(`
    [
      "Maqueta (Kubernetes simulado) en https://127.0.0.1:8443 · 4 nodos · el reloj va ×2,5",
      "",
      "  kubectl --kubeconfig .bitacora/maqueta-8443.kubeconfig get nodes",
      "",
      "Ctrl-C la para y borra ese kubeconfig.",
    ]
  `);
  expect(kubectlWith('mi carpeta/maqueta-8443.kubeconfig')).toBe('kubectl --kubeconfig "mi carpeta/maqueta-8443.kubeconfig"');
});

test.each([
  ['EADDRINUSE', 'El puerto 8443 ya lo usa otro programa. Sin «puerto» se busca uno libre.'],
  ['EACCES', 'El puerto 8443 pide permisos que no tienes (los menores de 1024 suelen pedirlos). Sin «puerto» se busca uno libre.'],
  ['EADDRNOTAVAIL', 'Esta máquina no tiene la dirección 127.0.0.1: sin ella la maqueta no se puede servir.'],
])('%s se explica con su orden', (code, message) => {
  const explained = explainListen(Object.assign(new Error(code), { code }), 8443) as LabError;
  expect(explained).toBeInstanceOf(LabError);
  expect([explained.message, explained.code, explained.fix]).toEqual([message, 'ENVIRONMENT', 'npm run -s maqueta']);
});

test('un fallo nuestro no se disfraza de puerto ocupado', () => {
  const error = new TypeError('roto');
  expect(explainListen(error, 0)).toBe(error);
});

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'bitacora-maqueta-'));
});
afterEach(() => rm(root, { recursive: true }));

test('el kubeconfig lleva el puerto en el nombre y solo lo lee quien lo escribió', async () => {
  const file = await writeKubeconfig(root, 8443, 'apiVersion: v1\n');
  expect(path.relative(root, file)).toBe(path.join('.bitacora', 'maqueta-8443.kubeconfig'));
  expect(await readFile(file, 'utf8')).toBe('apiVersion: v1\n');
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('se lleva los de maquetas muertas y respeta los de las vivas', async () => {
  const live = net.createServer();
  await new Promise<void>((resolve) => live.listen(0, '127.0.0.1', resolve));
  const { port } = live.address() as AddressInfo;
  // El puerto 1 no lo usa nadie.
  await writeKubeconfig(root, 1, '');
  await writeKubeconfig(root, port, '');
  await writeKubeconfig(root, 2, '');
  expect((await readdir(path.join(root, '.bitacora'))).sort()).toEqual(['maqueta-2.kubeconfig', `maqueta-${port}.kubeconfig`].sort());
  live.close();
});

test('si no se puede escribir, dice dónde', async () => {
  await writeFile(path.join(root, '.bitacora'), 'un archivo donde va la carpeta');
  await expect(writeKubeconfig(root, 8443, '')).rejects.toMatchObject({
    message: 'No se ha podido escribir el kubeconfig de la maqueta (EEXIST).',
    code: 'ENVIRONMENT',
    where: path.join(root, '.bitacora', 'maqueta-8443.kubeconfig'),
  });
});
