import { execFileSync } from 'node:child_process';
import { access, chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { LabError } from '../engine/lab-error.ts';
import { findContext } from './kubeconfig.ts';
import { openContextTarget, openMinikubeTarget } from './minikube.ts';
import type { RunMinikube } from './minikube-command.ts';

const fixture = (name: string) => readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

let home: string;
/** Un puerto de esta máquina que cuenta quién llama: ningún kubeconfig hostil debe tocarlo. */
let bait: net.Server;
let calls: number;
let commands: string[];

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'bitacora-'));
  calls = 0;
  commands = [];
  bait = net.createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => bait.close(resolve));
  await rm(home, { recursive: true });
});

const port = () => (bait.address() as net.AddressInfo).port;

interface Parts {
  name?: string;
  server?: string;
  cluster?: object;
  user?: object;
}

/** Un kubeconfig con un contexto y, como actual, uno de producción que nadie debe mirar. */
function config({ name = 'minikube', server = `https://127.0.0.1:${port()}`, cluster = {}, user = {} }: Parts = {}): string {
  const production = { name: 'produccion', context: { cluster: 'produccion', user: 'produccion' } };
  const publicCluster = { name: 'produccion', cluster: { server: 'https://203.0.113.10' } };
  const executing = { name: 'produccion', user: { exec: { command: 'touch', args: [path.join(home, 'ejecutado')] } } };
  const context = { name, context: { cluster: name, user: name } };
  const lists = { contexts: [production, context], clusters: [publicCluster, { name, cluster: { server, ...cluster } }], users: [executing, { name, user }] };
  return stringify({ 'current-context': 'produccion', ...lists });
}

const write = async (text: string, name = '.kube/config') => {
  const file = path.join(home, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
};

const minikube =
  (answers: Record<string, string | undefined>): RunMinikube =>
  async (args) => {
    commands.push(args.join(' '));
    const stdout = answers[args[0] ?? ''];
    return stdout === undefined ? undefined : { exitCode: 0, stdout, timedOut: false };
  };

const refusal = async (run: RunMinikube = minikube({}), KUBECONFIG?: string): Promise<LabError> =>
  openMinikubeTarget({ place: { KUBECONFIG, home }, run }).then(
    () => Promise.reject(new Error('no se rechazó')),
    (error: LabError) => error,
  );

const untouched = 'No se ha abierto ninguna conexión ni se ha ejecutado nada.';

test.each<[string, Parts, string]>([
  [
    'una IP pública',
    { server: 'https://203.0.113.10:6443' },
    '«minikube» no apunta a un minikube local: https://203.0.113.10:6443 (se esperaba una dirección local o privada).',
  ],
  [
    'un nombre ajeno',
    { server: 'https://k8s.ejemplo.com' },
    '«minikube» no apunta a un minikube local: https://k8s.ejemplo.com (se esperaba una dirección local o privada).',
  ],
  [
    'un nombre que empieza como una IP local',
    { server: 'https://127.0.0.1.ejemplo.com' },
    '«minikube» no apunta a un minikube local: https://127.0.0.1.ejemplo.com (se esperaba una dirección local o privada).',
  ],
  [
    'una IP pública escrita como entero',
    { server: 'https://3405803786' },
    '«minikube» no apunta a un minikube local: https://203.0.113.10 (se esperaba una dirección local o privada).',
  ],
  [
    'una IP pública dentro de una IPv6',
    { server: 'https://[::ffff:203.0.113.10]:6443' },
    '«minikube» no apunta a un minikube local: https://[::ffff:cb00:710a]:6443 (se esperaba una dirección local o privada).',
  ],
  [
    'un usuario que disfraza el servidor',
    { server: 'https://127.0.0.1:8443@203.0.113.10' },
    'La dirección del contexto «minikube» lleva un usuario dentro: su servidor de verdad es 203.0.113.10.',
  ],
  ['ninguna dirección', { server: '' }, 'El contexto «minikube» no tiene una dirección que se entienda.'],
  ['HTTP sin TLS', { server: 'http://127.0.0.1:8080' }, 'El contexto «minikube» no usa TLS (http://127.0.0.1:8080).'],
  [
    'un intermediario',
    { cluster: { 'proxy-url': 'http://203.0.113.10:3128' } },
    'El contexto «minikube» pasa por un intermediario (proxy-url): la conexión no iría adonde dice.',
  ],
  ['TLS sin comprobar', { cluster: { 'insecure-skip-tls-verify': true } }, 'El contexto «minikube» no comprueba quién contesta (insecure-skip-tls-verify).'],
  ['un token', { user: { token: 'x' } }, 'El usuario del contexto «minikube» saca sus credenciales de «token»; aquí no se admite.'],
  [
    'un auth-provider',
    { user: { 'auth-provider': { name: 'gcp' } } },
    'El usuario del contexto «minikube» saca sus credenciales de «auth-provider»; aquí no se admite.',
  ],
  ['una identidad prestada', { user: { as: 'system:admin' } }, 'El usuario del contexto «minikube» saca sus credenciales de «as»; aquí no se admite.'],
])('un contexto «minikube» con %s se rechaza sin abrir conexión', async (_, parts, message) => {
  await write(config(parts));
  const error = await refusal();
  expect(error.message).toBe(`${message} ${untouched}`);
  expect(error).toMatchObject({ code: 'ENVIRONMENT', fix: 'kubectl config view --minify --context minikube' });
  expect(calls).toBe(0);
  expect(commands).toEqual([]);
});

test('un exec de credenciales se rechaza sin ejecutarlo: el archivo que crearía no aparece', async () => {
  const mark = path.join(home, 'ejecutado');
  await write(config({ user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'touch', args: [mark] } } }));
  expect((await refusal()).message).toBe(
    `El usuario del contexto «minikube» saca sus credenciales de «exec», que ejecutaría «touch»; aquí no se admite. ${untouched}`,
  );
  await expect(access(mark)).rejects.toThrow('ENOENT');
  expect(calls).toBe(0);
});

test('un enlace simbólico se sigue y se juzga por su contenido', async () => {
  const real = await write(config({ server: 'https://203.0.113.10:6443' }), 'otro/config-de-verdad');
  await mkdir(path.join(home, '.kube'));
  await symlink(real, path.join(home, '.kube', 'config'));
  expect((await refusal()).message).toContain('https://203.0.113.10:6443');
});

test('un enlace que se muerde la cola se explica', async () => {
  await mkdir(path.join(home, '.kube'));
  await symlink(path.join(home, '.kube', 'config'), path.join(home, '.kube', 'config'));
  expect((await refusal()).message).toBe('Tu kubeconfig no se puede leer: sus enlaces simbólicos se muerden la cola.');
});

test.skipIf(process.platform === 'win32')('una tubería no se lee: podría no acabar nunca', async () => {
  await mkdir(path.join(home, '.kube'));
  execFileSync('mkfifo', [path.join(home, '.kube', 'config')]);
  expect((await refusal()).message).toBe('Tu kubeconfig no se puede leer: no es un archivo.');
});

test('KUBECONFIG con varios archivos: el primero que da un nombre gana, y el que falta se salta', async () => {
  const first = await write(config({ server: 'https://203.0.113.1' }), 'primero');
  const second = await write(config({ server: 'https://203.0.113.2' }), 'segundo');
  const list = (...files: string[]) => files.join(path.delimiter);
  expect((await refusal(undefined, list(path.join(home, 'no-existe'), first, second))).message).toContain('https://203.0.113.1 ');
  expect((await refusal(undefined, list('', second, first))).message).toContain('https://203.0.113.2 ');
});

test('un contexto en un archivo puede nombrar el clúster de otro, y sus rutas son relativas al suyo', async () => {
  const contexts = await write(stringify({ contexts: [{ name: 'minikube', context: { cluster: 'c', user: 'u' } }] }), 'a/config');
  const rest = await write(
    stringify({ clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1', 'certificate-authority': 'ca.crt' } }], users: [{ name: 'u', user: {} }] }),
    'b/config',
  );
  const found = await findContext('minikube', { KUBECONFIG: `${contexts}${path.delimiter}${rest}`, home });
  expect(found?.cluster['certificate-authority']).toBe(path.join(home, 'b', 'ca.crt'));
});

test('un contexto que nombra algo que no está se explica', async () => {
  const file = await write(stringify({ contexts: [{ name: 'minikube', context: { cluster: 'c', user: 'u' } }] }));
  expect(await refusal()).toMatchObject({ message: 'El contexto «minikube» nombra el clúster «c», que no está en tu kubeconfig.', where: file });
});

test.each([
  ['con YAML roto', 'a: [', 'Tu kubeconfig no se puede leer: el YAML está roto.'],
  ['que es solo texto', 'hola', 'Tu kubeconfig no se puede leer: no es un kubeconfig.'],
])('un kubeconfig %s se explica', async (_, text, message) => {
  await write(text);
  expect((await refusal()).message).toBe(message);
});

test.each([
  ['inexistente', undefined],
  ['vacío', ''],
  ['sin contextos', 'contexts: null\n'],
])('con un kubeconfig %s y sin minikube, se dice que no está instalado', async (_, text) => {
  if (text !== undefined) await write(text);
  expect(await refusal()).toMatchObject({ code: 'ENVIRONMENT', message: 'minikube no está instalado.' });
});

test('sin contexto y con el perfil parado, se dice y se da la orden (salida real de minikube)', async () => {
  const error = await refusal(minikube({ profile: await fixture('profile-list-parado.json') }));
  expect(error).toMatchObject({ message: 'El perfil «minikube» de minikube está parado (Stopped).', fix: 'minikube start --keep-context' });
  expect(commands).toEqual(['profile list -o json']);
});

test('sin contexto y con el perfil en marcha, se dice que falta el contexto (salida real)', async () => {
  const error = await refusal(minikube({ profile: await fixture('profile-list.json') }));
  expect(error).toMatchObject({
    message: 'El perfil «minikube» de minikube está en marcha, pero tu kubeconfig no tiene su contexto.',
    fix: 'minikube start --keep-context',
  });
});

test('sin contexto ni perfil, se dice que no se ha creado', async () => {
  const error = await refusal(minikube({ profile: '{"invalid":[],"valid":[]}' }));
  expect(error).toMatchObject({ message: 'minikube está instalado, pero el perfil «minikube» no se ha creado.', fix: 'minikube start --keep-context' });
});

test('un perfil dañado y una salida que no se entiende tienen su mensaje', async () => {
  expect((await refusal(minikube({ profile: '{"invalid":[{"Name":"minikube"}],"valid":null}' }))).message).toBe(
    'El perfil «minikube» de minikube está dañado.',
  );
  expect((await refusal(minikube({ profile: 'panic: oh' }))).message).toBe('minikube está instalado, pero no dice qué perfiles hay.');
});

test('un minikube que se queda pensando no nos cuelga', async () => {
  expect((await refusal(async () => ({ exitCode: undefined, stdout: '', timedOut: true }))).message).toBe(
    'minikube no dice qué perfiles hay: sin respuesta en 15 s.',
  );
});

test('el contexto existe y nadie escucha: se pregunta a minikube y se dice que está parado (salida real)', async () => {
  const closed = port();
  await write(config({ server: `https://127.0.0.1:${closed}` }));
  await new Promise((resolve) => bait.close(resolve));
  bait = net.createServer().listen(0, '127.0.0.1');
  const error = await refusal(minikube({ status: await fixture('status-parado.json') }));
  expect(error).toMatchObject({ message: 'El perfil «minikube» de minikube está parado (Stopped).', fix: 'minikube start --keep-context' });
  expect(commands).toEqual(['status -o json -p minikube']);
});

test('si minikube no sabe más, queda el motivo de la red', async () => {
  const server = `https://127.0.0.1:${port()}`;
  await write(config({ server }));
  const error = await refusal(minikube({ status: await fixture('status-sin-perfil.json') }));
  expect(error.message).toBe(`No se puede hablar con minikube → ${server}: el clúster no responde (ECONNRESET).`);
});

test('un certificado que falta se nombra', async () => {
  await write(config({ user: { 'client-certificate': 'no-esta.crt', 'client-key': 'no-esta.key' } }));
  expect(await refusal()).toMatchObject({
    message: 'El contexto «minikube» nombra un certificado que no se puede leer (ENOENT).',
    where: path.join(home, '.kube', 'no-esta.crt'),
  });
  expect(calls).toBe(0);
});

test('otro contexto exige su nombre exacto y la confirmación escrita', async () => {
  await write(config({ name: 'aula', server: 'https://203.0.113.20' }));
  const place = { KUBECONFIG: undefined, home };
  await expect(openContextTarget({ place, name: 'Aula', isConfirmed: true })).rejects.toThrow('No hay ningún contexto «Aula» en tu kubeconfig.');
  await expect(openContextTarget({ place, name: 'aula', isConfirmed: false })).rejects.toThrow(
    `El contexto «aula» (https://203.0.113.20) no es tu minikube: usarlo exige que lo confirmes por escrito. ${untouched}`,
  );
  await expect(openContextTarget({ place, name: 'produccion', isConfirmed: true })).rejects.toThrow('saca sus credenciales de «exec», que ejecutaría «touch»');
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('un kubeconfig sin permisos se explica', async () => {
  await chmod(await write(config()), 0);
  expect((await refusal()).message).toBe('Tu kubeconfig no se puede leer: faltan permisos.');
});
