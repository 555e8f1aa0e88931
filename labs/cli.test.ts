// cspell:ignore produccion
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// El programa de verdad, en un proceso de verdad y en una copia del proyecto, para no tocar la bitácora de nadie.

// Cada prueba arranca Node entero, algunas dos veces: en una máquina con mucho más que hacer, eso tarda lo que tarde.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const project = join(import.meta.dirname, '..');
let root = '';
let env: Record<string, string> = {};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cli-'));
  for (const folder of ['labs', 'manifests', 'src/maqueta', 'package.json']) cpSync(join(project, folder), join(root, folder), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
  const home = join(root, 'casa');
  mkdirSync(home);
  // Un PATH sin minikube ni kubectl: nada depende de lo que haya en esta máquina. La caché de compilados es del proyecto.
  env = { PATH: join(root, 'vacio'), HOME: home, USERPROFILE: home, LANG: 'es_ES.UTF-8', NODE_DISABLE_COMPILE_CACHE: '1' };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const args = (line: string) => [join(root, 'labs/cli.ts'), ...(line === '' ? [] : line.split(' '))];
const lab = (line: string, more: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args(line), { env: { ...env, ...more }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { code: status, stdout, stderr };
};

describe('códigos de salida', () => {
  it.each([
    ['', 0, ''],
    ['lista', 0, ''],
    ['ayuda', 0, ''],
    ['83', 2, 'No hay laboratorio 83. El más cercano es el 14.\nPrueba:  npm run -s lab 14\n'],
    ['04 psita', 2, 'No conozco «psita». ¿Querías decir «pista»?\nPrueba:  npm run -s lab 04 pista\n'],
    ['O4', 2, 'No conozco «O4». ¿Querías decir 04?\nPrueba:  npm run -s lab 04\n'],
    ['precarga', 2, '«precarga» aún no está en esta versión.\nPrueba:  npm run -s lab ayuda\n'],
    ['04 taller', 3, '  ✖ El taller no está levantado.\n    Prueba:  npm run taller\n'],
  ])('«%s» sale con %i', (line, code, stderr) => expect(lab(line)).toMatchObject({ code, stderr }));

  it('04 minikube sin minikube: 3, con su causa y qué hacer', () => {
    const { code, stdout, stderr } = lab('04 minikube');
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'Laboratorio 04 · Preparar nuestra app para el mundo real\n' });
    expect(stderr).toMatch(/^ {2}✖ minikube no está instalado\.\n {4}Prueba: {2}.*minikube start --keep-context\n$/);
  });

  it('KUBECONFIG que no existe: 3', () => expect(lab('04 minikube', { KUBECONFIG: join(root, 'no-existe') }).code).toBe(3));

  it('KUBECONFIG roto: 3, sin traza', () => {
    writeFileSync(join(root, 'roto.yaml'), 'a: [');
    const { code, stderr } = lab('04 minikube', { KUBECONFIG: join(root, 'roto.yaml') });
    expect(code).toBe(3);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('contexto ajeno sin terminal: 3 y la palabra que hace falta', () =>
    expect(lab('04 contexto produccion')).toMatchObject({ code: 3, stderr: expect.stringContaining('npm run -s lab 04 contexto produccion confirmo') }));

  it('doctor sin minikube: 3; con plano no enseña dónde está el proyecto', () => {
    const { code, stdout } = lab('doctor plano');
    expect(code).toBe(3);
    expect(stdout).not.toContain(root);
  });
});

describe('el laboratorio 04 en la maqueta', () => {
  it('sin minikube corre solo, lo dice y termina en 0; después la lista lo da por hecho', () => {
    const { code, stdout } = lab('04 plano');
    expect(stdout).toMatch(/^Laboratorio 04: .*\nNo se usa minikube: .* Se usa la maqueta\.\nmaqueta \(Kubernetes simulado\)/);
    expect(stdout).toMatch(/\nHecho: (\d+) de \1 comprobaciones en /);
    expect(code).toBe(0);
    expect(lab('lista').stdout).toContain('04 ✔ hecho');
  });

  it('con json, cada línea es un suceso', () => {
    const { code, stdout } = lab('04 maqueta json');
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ code, first: events[0].kind, last: events.at(-1) }).toMatchObject({ code: 0, first: 'labStarted', last: { kind: 'labEnded', outcome: 'done' } });
  });

  it('el reto sin tocar: 1, y lo copiado se queda', () => {
    expect(lab('04 reto maqueta').code).toBe(1);
    expect(readdirSync(join(root, 'retos/04')).sort()).toEqual(readdirSync(join(project, 'manifests/04-mundo-real/reto')).sort());
  });

  it('un campo que no existe en el reto: 1, con archivo, línea y campo', () => {
    // Lo escrito, en su sitio y entero: nada depende de la prueba de antes ni se queda para la siguiente.
    const folder = join(root, 'retos/04');
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(project, 'manifests/04-mundo-real/reto'), folder, { recursive: true });
    writeFileSync(join(folder, 'web.yaml'), 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicass: 3\n');
    const { code, stderr } = lab('04 reto maqueta plano');
    rmSync(folder, { recursive: true });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'spec.replicass: el clúster rechaza Deployment «web»: failed to create typed patch object (lab-04-maqueta/web; apps/v1, Kind=Deployment): .spec.replicass: field not declared in schema.\nEn retos/04/web.yaml:6\n',
    });
  });

  it('dos a la vez no se pisan: las dos pasan y se cuentan las dos', async () => {
    const before = attempts();
    const codes = await Promise.all(
      [0, 1].map(() => new Promise((resolve) => spawn(process.execPath, args('04 maqueta'), { env, stdio: 'ignore' }).on('exit', resolve))),
    );
    expect(codes).toEqual([0, 0]);
    expect(attempts() - before).toBe(2);
  });
});

const attempts = () => JSON.parse(readFileSync(join(root, '.bitacora/progreso.json'), 'utf8')).labs['04'].demo.attempts as number;

describe.runIf(process.platform !== 'win32')('señales', () => {
  const start = async () => {
    const child = spawn(process.execPath, args('04 maqueta'), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    let stdout = '';
    child.stderr.on('data', (text) => (stderr += text));
    child.stdout.on('data', (text) => (stdout += text));
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    // Con el primer paso en marcha.
    while (!stdout.includes('EMPIEZA')) await pause(5);
    return { child, ended, stderr: () => stderr };
  };

  it('Ctrl-C: 130, dice dónde iba y que no queda nada', async () => {
    const { child, ended, stderr } = await start();
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(stderr()).toMatch(/^Interrumpido en el paso «[a-z]+»\. La maqueta desaparece con el programa: no queda nada que limpiar\.\n$/);
  });

  it('kill -9 a mitad no corrompe el progreso', async () => {
    const { child, ended } = await start();
    child.kill('SIGKILL');
    await ended;
    expect(lab('lista')).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(root, '.bitacora/progreso.json.corrupt'))).toBe(false);
  });

  it('quien cierra la tubería antes de tiempo no ve una traza', () => {
    const { stderr } = spawnSync('/bin/sh', ['-c', `"${process.execPath}" "${args('').at(0)}" 04 maqueta json | head -c 10`], {
      env: { ...env, PATH: process.env.PATH ?? '' },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
  });
});

it('la primera línea sale antes de cargar el cliente', async () => {
  const child = spawn(process.execPath, args('04 maqueta'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let isFirst = true;
  const first = await new Promise<string>((resolve) =>
    child.stdout.on('data', (text: Buffer) => {
      if (isFirst) resolve(text.toString());
      isFirst = false;
    }),
  );
  expect(first).toBe('Laboratorio 04 · Preparar nuestra app para el mundo real\n');
  await new Promise((resolve) => child.on('exit', resolve));
});
