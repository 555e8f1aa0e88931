import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/**
 * Un proyecto de mentira con el arranque de verdad, y un npm de mentira que «instala» escribiendo lo que npm
 * escribiría: así se prueba sin red lo que hace cada orden en un clon vacío.
 */
const here = dirname(fileURLToPath(import.meta.url));
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'arranque-'));
  cpSync(here, join(root, 'labs/dev/bootstrap'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
  write('package.json', '{"type":"module"}');
  write(
    'package-lock.json',
    JSON.stringify({ packages: { '': {}, 'node_modules/yaml': { version: '2.0.0' }, 'node_modules/vitest': { version: '5.0.0', dev: true } } }),
  );
  write('labs/cli.ts', 'const words: string[] = process.argv.slice(2); console.log(JSON.stringify(words)); if (words.includes("tres")) process.exitCode = 3;');
  // Instala lo que pida --omit o --include; «npm.log» cuenta las veces que se le llamó.
  write(
    'npm-cli.js',
    `import { appendFileSync, existsSync, mkdirSync, writeFileSync, readFileSync, rmSync } from 'node:fs';
    const args = process.argv.slice(2);
    appendFileSync('npm.log', args.slice(0, 2).join(' ') + '\\n');
    if (process.env.NPM_FALLA) { console.error(process.env.NPM_FALLA); process.exit(1); }
    if (args[0] === 'ci') rmSync('node_modules', { recursive: true, force: true });
    mkdirSync('node_modules/vitest', { recursive: true });
    while (process.env.NPM_ESPERA && !existsSync('sigue')) await new Promise((resolve) => setTimeout(resolve, 20));
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    delete packages[''];
    if (args.includes('--omit=dev')) for (const path of Object.keys(packages)) if (packages[path].dev) delete packages[path];
    writeFileSync('node_modules/vitest/vitest.mjs', 'console.log("vitest", ...process.argv.slice(2))');
    writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));`,
  );
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('un clon vacío', () => {
  test('instala lo de los laboratorios, lo dice por stderr y sigue con las palabras tal cual', async () => {
    const { code, stdout, stderr } = await start('lab', '04', 'con espacios');
    expect(timeless(stderr)).toBe(
      'Falta instalar dependencias (lo justo para los laboratorios). Lo hago ahora, solo esta vez: npm ci\nDependencias instaladas en N s.\n\n',
    );
    expect(stdout).toBe('["04","con espacios"]\n');
    expect(code).toBe(0);
    expect(npmCalls()).toEqual(['ci --omit=dev']);
  });

  test('la segunda vez no instala ni dice nada', async () => {
    await start('lab');
    const { stdout, stderr } = await start('lab', 'lista');
    expect({ stdout, stderr }).toEqual({ stdout: '["lista"]\n', stderr: '' });
    expect(npmCalls()).toEqual(['ci --omit=dev']);
  });

  test('el código de salida de la orden es el de npm run', async () => {
    expect((await start('lab', 'tres')).code).toBe(3);
  });

  test('lo que falta para las pruebas se añade encima, sin vaciar node_modules', async () => {
    await start('lab');
    const { stdout } = await start('test', 'labs/x');
    expect(stdout).toBe('vitest run labs/x\n');
    expect(npmCalls()).toEqual(['ci --omit=dev', 'install --no-save']);
  });

  test('dos órdenes a la vez instalan una sola vez', async () => {
    const first = launch({ NPM_ESPERA: '1' }, 'lab', 'uno');
    await until(() => existsSync(join(root, 'npm.log')));
    const second = launch({}, 'lab', 'dos');
    await until(() => second.seen.stderr !== '');
    write('sigue', '');
    expect((await first.ended).stdout).toBe('["uno"]\n');
    expect(await second.ended).toEqual({
      code: 0,
      stdout: '["dos"]\n',
      stderr: 'Otra orden está instalando las dependencias; espero a que acabe.\n',
    });
    expect(npmCalls()).toEqual(['ci --omit=dev']);
  });
});

describe('lo que ya hay en node_modules', () => {
  test('vale lo instalado a mano con npm ci', async () => {
    await npmAlone();
    expect((await start('test')).stdout).toBe('vitest run\n');
    expect(npmCalls()).toEqual(['ci']);
  });

  test('si cambia package-lock.json, se instala otra vez y quien tenía el sitio lo conserva', async () => {
    await start('test');
    write('package-lock.json', readFileSync(join(root, 'package-lock.json'), 'utf8').replace('2.0.0', '2.0.1'));
    await start('lab');
    expect(npmCalls()).toEqual(['ci --include=dev', 'ci --include=dev']);
  });

  test('si solo cambia la fecha de package-lock.json, no se instala nada', async () => {
    await start('lab');
    utimesSync(join(root, 'package-lock.json'), new Date(), new Date(Date.now() + 5_000));
    await start('lab');
    expect(npmCalls()).toEqual(['ci --omit=dev']);
  });

  test('un cerrojo de un proceso muerto no detiene a nadie', async () => {
    write('.bitacora/instalacion.lock', JSON.stringify({ pid: 2 ** 22 + 1, host: (await import('node:os')).hostname() }));
    expect((await start('lab')).code).toBe(0);
  });

  test('un cerrojo que nadie toca desde hace veinte segundos ha caducado', async () => {
    write('.bitacora/instalacion.lock', JSON.stringify({ pid: 1, host: 'otra-máquina' }));
    const old = new Date(Date.now() - 21_000);
    utimesSync(join(root, '.bitacora/instalacion.lock'), old, old);
    expect((await start('lab')).code).toBe(0);
  });
});

describe('si npm falla', () => {
  test('sin red: causa, lo que dijo npm, orden y salida 3; y la vez siguiente vuelve a intentarlo', async () => {
    const npmSays =
      'npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED\nnpm error FetchError: request to http://registro.test/yaml failed\nnpm error     at ClientRequest.emit (node:events:524:28)';
    const { code, stdout, stderr } = await launch({ NPM_FALLA: npmSays }, 'lab').ended;
    expect(timeless(stderr)).toBe(
      [
        'Falta instalar dependencias (lo justo para los laboratorios). Lo hago ahora, solo esta vez: npm ci',
        '  ✖ No se han podido instalar las dependencias (N s)',
        '    No hay conexión con el registro de paquetes.',
        '      code ECONNREFUSED',
        '      FetchError: request to http://registro.test/yaml failed',
        '    Prueba:  npm ping   (y repite la orden cuando responda)',
        '',
      ].join('\n'),
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect((await start('lab')).code).toBe(0);
  });

  test('una instalación cortada a mitad no se da por buena', async () => {
    const cut = launch({ NPM_ESPERA: '1' }, 'lab');
    await until(() => existsSync(join(root, 'npm.log')));
    cut.interrupt();
    const { code, stderr } = await cut.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Instalación interrumpida. Repite la orden cuando quieras: empezará de nuevo.\n');
    expect((await start('lab', 'lista')).stdout).toBe('["lista"]\n');
    expect(npmCalls()).toEqual(['ci --omit=dev', 'ci --omit=dev']);
  });
});

test('una orden que no existe sale con 2 y dice cuáles hay', async () => {
  const { code, stderr } = await start('labo');
  expect(stderr).toBe('No conozco la orden «labo». Las que hay: lab, maqueta, grabar, taller, nuevo, test, check, bench, start, build.\n');
  expect(code).toBe(2);
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Lanza el arranque con esas variables de entorno de más. `seen` es lo que va diciendo. */
function launch(env: Record<string, string>, ...words: string[]): { seen: Omit<Ended, 'code'>; ended: Promise<Ended>; interrupt(): void } {
  const child = spawn(process.execPath, ['labs/dev/bootstrap/start.mjs', ...words], {
    cwd: root,
    env: { ...process.env, npm_execpath: join(root, 'npm-cli.js'), ...env },
  });
  const seen = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk) => (seen[name] += chunk));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...seen })));
  return { seen, ended, interrupt: () => void child.kill('SIGINT') };
}

const start = (...words: string[]): Promise<Ended> => launch({}, ...words).ended;

const until = (isTrue: () => boolean) => vi.waitUntil(isTrue, { timeout: 20_000, interval: 20 });

/** `npm ci` sin pasar por el arranque. */
const npmAlone = () => new Promise((resolve) => spawn(process.execPath, ['npm-cli.js', 'ci'], { cwd: root }).on('close', resolve));

const npmCalls = () => readFileSync(join(root, 'npm.log'), 'utf8').trim().split('\n');

const timeless = (text: string) => text.replaceAll(/\d+,\d s/g, 'N s');

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
