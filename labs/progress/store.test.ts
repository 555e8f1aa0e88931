import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptFor } from '../testing/attempts.ts';
import { readLines } from './attempt-log.ts';
import { createProgressStore } from './store.ts';

let base = '';
let folder = '';
let turn = 0;
const store = (options: { now?: () => number; pause?: (milliseconds: number) => Promise<void> } = {}) =>
  createProgressStore({ folder, now: Date.now, pause, unique: () => `prueba-${turn++}`, ...options });
const file = (name: string) => join(folder, name);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'progreso-'));
  folder = join(base, '.bitacora');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('lo normal', () => {
  it('sin archivo se empieza de cero y sin avisos', async () => {
    expect(await store().read()).toEqual({ progress: { version: 1, labs: {} } });
  });

  it('cuenta los intentos por modo y recuerda el último hecho aunque después se falle', async () => {
    await store().addAttempt(attemptFor({ at: 'primero' }));
    await store().addAttempt(attemptFor({ at: 'segundo', outcome: 'notYet' }));
    const { progress, isWritten } = await store().addAttempt(attemptFor({ at: 'reto', mode: 'challenge', outcome: 'notYet' }));
    expect(isWritten).toBe(true);
    expect(await store().read()).toEqual({ progress });
    expect(progress.labs['04']).toMatchObject({
      lastMode: 'challenge',
      demo: { attempts: 2, last: { at: 'segundo' }, done: { at: 'primero' } },
      challenge: { attempts: 1, last: { at: 'reto' } },
    });
    expect(progress.labs['04']?.challenge).not.toHaveProperty('done');
    expect((await readLines(file('intentos.jsonl'))).map((entry) => (entry as { at: string }).at)).toEqual(['primero', 'segundo', 'reto']);
  });

  it('anota las pistas y si se usó un clúster', async () => {
    await store().addHint({ kind: 'hint', at: 'a', lab: '04', mode: 'demo', step: 'uno', hint: 2 });
    const { progress } = await store().setUsedCluster('04', true);
    expect(progress.labs['04']).toEqual({ hints: { 'demo/uno': 2 }, usedCluster: true });
  });

  it('solo lo puede leer quien lo escribió y no quedan restos', async () => {
    await store().addAttempt(attemptFor());
    if (process.platform !== 'win32') expect(statSync(file('progreso.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['intentos.jsonl', 'progreso.json']);
  });
});

describe('archivo dañado', () => {
  it.each([
    ['a medias', '{"version":1,"labs":{"04"'],
    ['vacío', ''],
    ['de otra cosa', '[1,2]'],
    ['de otra versión', '{"version":2,"labs":{}}'],
    ['con un laboratorio sin forma', '{"version":1,"labs":{"04":{"demo":{"attempts":"tres"},"hints":{}}}}'],
  ])('%s: se aparta, se avisa y se sigue', async (_, text) => {
    mkdirSync(folder);
    writeFileSync(file('progreso.json'), text);
    writeFileSync(file('intentos.jsonl'), '{"kind":"attempt"}\n');
    expect(await store().read()).toEqual({
      progress: { version: 1, labs: {} },
      warning: 'El archivo de progreso estaba dañado. Se apartó como progreso.json.corrupt y se empieza de nuevo; tus intentos siguen en intentos.jsonl.',
    });
    expect(readFileSync(file('progreso.json.corrupt'), 'utf8')).toBe(text);
    expect(await store().read()).toEqual({ progress: { version: 1, labs: {} } });
    expect((await store().addAttempt(attemptFor())).progress.labs['04']?.demo?.attempts).toBe(1);
    expect(readFileSync(file('intentos.jsonl'), 'utf8').startsWith('{"kind":"attempt"}\n')).toBe(true);
  });

  it('anotar también lo aparta y lo dice', async () => {
    mkdirSync(folder);
    writeFileSync(file('progreso.json'), 'roto');
    expect(await store().addAttempt(attemptFor())).toMatchObject({ isWritten: true, warning: expect.stringContaining('progreso.json.corrupt') });
  });

  it('una línea de intentos a medias no se pega a la siguiente', async () => {
    mkdirSync(folder);
    writeFileSync(file('intentos.jsonl'), '{"kind":"hint"}\n{"kind":"att');
    await store().addAttempt(attemptFor());
    expect((await readLines(file('intentos.jsonl'))).map((entry) => (entry as { kind: string }).kind)).toEqual(['hint', 'attempt']);
  });

  it('intentos.jsonl está acotado y se queda con lo más nuevo', async () => {
    mkdirSync(folder);
    const line = `${JSON.stringify(attemptFor({ at: 'viejo', namespace: 'x'.repeat(1000) }))}\n`;
    writeFileSync(file('intentos.jsonl'), line.repeat(Math.ceil((1024 * 1024) / line.length)));
    await store().addAttempt(attemptFor({ at: 'nuevo' }));
    const text = readFileSync(file('intentos.jsonl'), 'utf8');
    expect(text.length).toBeLessThanOrEqual(512 * 1024);
    expect((await readLines(file('intentos.jsonl'))).at(-1)).toMatchObject({ at: 'nuevo' });
  });
});

describe('no se puede escribir: se dice y el resultado no cambia', () => {
  it('.bitacora no es una carpeta', async () => {
    writeFileSync(folder, 'soy un archivo');
    expect(await store().addAttempt(attemptFor())).toMatchObject({
      isWritten: false,
      warning: 'No se pudo anotar en tu bitácora: .bitacora no es una carpeta. El resultado es el mismo.',
      progress: { labs: { '04': { demo: { attempts: 1 } } } },
    });
  });

  it.runIf(process.getuid?.() !== 0)('carpeta sin permiso', async () => {
    mkdirSync(folder, { mode: 0o500 });
    expect((await store().addAttempt(attemptFor())).warning).toBe(
      'No se pudo anotar en tu bitácora: faltan permisos en la carpeta .bitacora. El resultado es el mismo.',
    );
    chmodSync(folder, 0o700);
  });

  it.runIf(existsSync('/dev/full'))('disco lleno', async () => {
    mkdirSync(folder);
    // Escribir en /dev/full responde ENOSPC, como un disco sin sitio.
    symlinkSync('/dev/full', file('intentos.jsonl'));
    expect(await store().addAttempt(attemptFor())).toMatchObject({
      isWritten: false,
      warning: 'No se pudo anotar en tu bitácora: no queda sitio en el disco. El resultado es el mismo.',
    });
    expect(readdirSync(folder)).toEqual(['intentos.jsonl']);
  });
});

describe('varios procesos', () => {
  const child = (...args: string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, '../testing/progress-writer.ts'), folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

  it('cuatro a la vez no se pisan: no se pierde ni un intento', async () => {
    const children = ['04', '04', '05', '05'].map((lab) => child(lab, '15'));
    await Promise.all(children.map((one) => once(one, 'exit')));
    const { progress, warning } = await store().read();
    expect(warning).toBeUndefined();
    expect([progress.labs['04']?.demo?.attempts, progress.labs['05']?.demo?.attempts]).toEqual([30, 30]);
    expect(await readLines(file('intentos.jsonl'))).toHaveLength(60);
    expect(readdirSync(folder).sort()).toEqual(['intentos.jsonl', 'progreso.json']);
  });

  it('kill -9 en cualquier punto no lo corrompe', async () => {
    for (let round = 0; round < 8; round++) {
      const victim = child('04');
      await once(victim.stdout, 'data');
      await pause(10 + round * 7);
      victim.kill('SIGKILL');
      await once(victim, 'exit');
      // El cerrojo que dejó caduca: se adelanta el reloj en vez de esperar.
      const { progress, warning } = await store({ now: () => Date.now() + 60_000 }).addAttempt(attemptFor());
      expect(warning).toBeUndefined();
      const logged = (await readLines(file('intentos.jsonl'))).length;
      const counted = progress.labs['04']?.demo?.attempts ?? 0;
      // Entre las dos escrituras puede morir una vez por ronda: el registro va por delante, nunca por detrás.
      expect(logged - counted).toBeGreaterThanOrEqual(0);
      expect(logged - counted).toBeLessThanOrEqual(round + 1);
    }
    expect(existsSync(file('progreso.json.corrupt'))).toBe(false);
  });

  it('un cerrojo abandonado caduca; uno vivo se espera', async () => {
    mkdirSync(folder);
    writeFileSync(file('progreso.lock'), 'otro');
    let waits = 0;
    const release = async () => {
      waits += 1;
      if (waits === 3) rmSync(file('progreso.lock'));
    };
    await store({ pause: release }).addAttempt(attemptFor());
    expect(waits).toBe(3);
    writeFileSync(file('progreso.lock'), 'otro');
    const old = Date.now() / 1000 - 11;
    utimesSync(file('progreso.lock'), old, old);
    expect((await store().addAttempt(attemptFor())).progress.labs['04']?.demo?.attempts).toBe(2);
  });
});
