import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenRules } from '../import-rules/rules.ts';
import { planLab } from './plan-lab.ts';
import { register } from './register.ts';
import { unfinished } from './unfinished.ts';

const project = join(import.meta.dirname, '../../..');
// Fijo, y no el del proyecto: estas pruebas no deben cambiar cuando se escriba el laboratorio 05.
const registry = `import type { LabDefinition } from './lab.ts';

export const labs: readonly { id: string; title: string; slug: string; load(): Promise<LabDefinition> }[] = [
  { id: '04', slug: 'mundo-real', title: 'Uno', load: async () => (await import('./04-mundo-real/lab.ts')).lab },
];

export const folderOf = () => [];
`;

describe('la entrada se valida antes de escribir', () => {
  test.each([
    [[], 'Hacen falta dos palabras: el número y el nombre corto.', 'npm run nuevo 00 servicios'],
    [['05'], 'Hacen falta dos palabras: el número y el nombre corto.', 'npm run nuevo 00 servicios'],
    [['05', 'servicios', 'web'], 'Hacen falta dos palabras: el número y el nombre corto.', 'npm run nuevo 00 servicios'],
    [['5', 'servicios'], '«5» no es un número de dos cifras.', 'npm run nuevo 00 servicios'],
    [['05', 'Señales'], '«Señales» no sirve de nombre: minúsculas sin tildes, cifras y guiones sueltos.', 'npm run nuevo 05 senales'],
    [['05', '../fuera'], '«../fuera» no sirve de nombre: minúsculas sin tildes, cifras y guiones sueltos.', 'npm run nuevo 05 fuera'],
    [['04', 'servicios'], 'El 04 ya es «mundo-real».', 'npm run nuevo 00 servicios'],
    [['05', 'mundo-real'], '«mundo-real» ya es el 04.', 'npm run -s lab 04'],
  ])('%j', (words, problem, fix) => {
    expect(planLab(words, { folders: ['04-mundo-real'], registry })).toEqual({ kind: 'usage', problem, fix });
  });
});

describe('la lista de laboratorios', () => {
  test('se ordena por número, también si el nuevo va antes, y no toca nada más', () => {
    expect(
      register(register(registry, { id: '05', slug: 'servicios', title: 'Cinco' }), { id: '03', slug: 'sin-estado', title: 'Tres' }),
    ).toBe(`import type { LabDefinition } from './lab.ts';

export const labs: readonly { id: string; title: string; slug: string; load(): Promise<LabDefinition> }[] = [
  { id: '03', slug: 'sin-estado', title: 'Tres', load: async () => (await import('./03-sin-estado/lab.ts')).lab },
  { id: '04', slug: 'mundo-real', title: 'Uno', load: async () => (await import('./04-mundo-real/lab.ts')).lab },
  { id: '05', slug: 'servicios', title: 'Cinco', load: async () => (await import('./05-servicios/lab.ts')).lab },
];

export const folderOf = () => [];
`);
  });

  test('una entrada partida en varias líneas también se reconoce', () => {
    const wrapped = registry.replace("{ id: '04', slug", "{\n    id: '04',\n    slug");
    const result = register(wrapped, { id: '03', slug: 'sin-estado', title: 'Tres' });
    expect(result.indexOf("'./03-")).toBeLessThan(result.indexOf("'./04-"));
    expect(result.replace(/ {2}\{ id: '03'.*\n/, '')).toBe(wrapped);
  });

  test('la del proyecto tiene la forma que el generador entiende', () => {
    const own = readFileSync(join(project, 'labs/registry.ts'), 'utf8');
    const result = register(own, { id: '99', slug: 'ultimo', title: 'Último' });
    expect(result.replace(/ {2}\{ id: '99'.*\n/, '')).toBe(own);
    expect(result).toContain("(await import('./99-ultimo/lab.ts')).lab },\n];");
  });

  test('si cambia de forma se dice, en vez de escribir algo roto', () => {
    expect(() => register('export const labs = new Map();', { id: '05', slug: 'servicios', title: 'Cinco' })).toThrow(
      'labs/registry.ts ha cambiado de forma: no encuentro «export const labs … = [».',
    );
  });
});

describe('lo generado, en una carpeta temporal', () => {
  let root = '';
  let output = '';

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'nuevo-'));
    mkdirSync(join(root, 'labs'));
    for (const path of ['labs/lab.ts', 'labs/engine', 'labs/04-mundo-real']) cpSync(join(project, path), join(root, path), { recursive: true });
    writeFileSync(join(root, 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, 'labs/registry.ts'), registry);
    output = execFileSync(process.execPath, [join(import.meta.dirname, 'nuevo.ts'), '05', 'servicios'], { cwd: root, encoding: 'utf8' });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('dice qué ha escrito y qué sigue', () => {
    expect(output).toBe(`  + labs/05-servicios/lab.ts
  + docs/05-servicios/index.mdx
  + manifests/05-servicios/ajustes.yaml
  + manifests/05-servicios/reto/respuesta.yaml
  + manifests/05-servicios/solution/respuesta.yaml
  + manifests/05-servicios/wrong/a-medias/respuesta.yaml
  + manifests/05-servicios/wrong/otra-clave/respuesta.yaml
  + labs/registry.ts

Ya corre:        npm run -s lab 05 maqueta
Qué le falta:    npm test -- labs/dev/nuevo
Al acabar:       npm run grabar 05   y   npm run build
Paso a paso:     CONTRIBUTING.md
`);
  });

  test('compila con los tipos de verdad', () => {
    cpSync(join(project, 'tsconfig.json'), join(root, 'tsconfig.json'));
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
    const { stdout, status } = spawnSync(process.execPath, [join(project, 'node_modules/typescript/bin/tsc'), '-p', '.'], { cwd: root, encoding: 'utf8' });
    const own = stdout.split('\n').filter((line) => line.startsWith('labs/05-servicios') || line.startsWith('labs/registry'));
    expect({ own, ran: status !== null }).toEqual({ own: [], ran: true });
  });

  test('respeta las reglas de import', () => {
    expect(brokenRules(filesUnder(root).filter(({ path }) => path.includes('05-servicios')))).toEqual([]);
  });

  test('la lista carga el laboratorio nuevo con el título que declara', async () => {
    const { labs } = await import(join(root, 'labs/registry.ts'));
    const entry = labs.find(({ id }: { id: string }) => id === '05');
    expect((await entry.load()).title).toBe(entry.title);
  });

  test('sus soluciones erróneas son las que el laboratorio declara', async () => {
    const { lab } = await import(join(root, 'labs/05-servicios/lab.ts'));
    expect(Object.keys(lab.challenge.wrong).sort()).toEqual(readdirSync(join(root, 'manifests/05-servicios/wrong')).sort());
  });

  test('su prueba falla diciendo qué falta y dónde', () => {
    const left = unfinished('05-servicios', filesUnder(root));
    expect(left).toContain('labs/05-servicios/lab.ts:8: FALTA: el título');
    expect(left).toContain('labs/05-servicios/recordings/: FALTA: la grabación; se hace con npm run grabar 05');
    expect(left).toContain('manifests/05-servicios/solution/respuesta.yaml:1: FALTA: una solución.');
    expect(left.length).toBeGreaterThan(20);
  });

  test('la segunda vez, ese número está ocupado: salida 2 y nada cambia', () => {
    const before = readFileSync(join(root, 'labs/registry.ts'), 'utf8');
    const again = spawnSync(process.execPath, [join(import.meta.dirname, 'nuevo.ts'), '05', 'otro'], { cwd: root, encoding: 'utf8' });
    expect(again.stderr).toBe('El 05 ya es «servicios».\n  Prueba:  npm run nuevo 00 otro\n');
    expect(again.status).toBe(2);
    expect(readFileSync(join(root, 'labs/registry.ts'), 'utf8')).toBe(before);
  });
});

const filesUnder = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|yaml|mdx)$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
