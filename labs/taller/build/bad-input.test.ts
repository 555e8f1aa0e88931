import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../engine/lab-error.ts';
import { createWorkshop, type Workshop } from './testing/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = createWorkshop();
});
afterEach(() => shop.remove());

/** El error entero, con la carpeta temporal y el sitio libre cambiados por algo fijo. */
async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof LabError)) throw error ?? new Error('no ha fallado');
  const { code, message, where = '', fix } = error;
  return { code, message, where: where.replaceAll(shop.root, 'RAIZ').replace(/\d+,\d GB/g, 'N GB'), fix };
}

describe('la máquina', () => {
  it('no es Linux', async () => {
    expect(await failureOf(shop.ensure({ place: { ...shop.place, platform: 'darwin' } }))).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "npm run lab 04 plano maqueta   (la maqueta corre en cualquier sitio)",
        "message": "El taller solo corre en Linux: levanta nodos con sus espacios de nombres y sus cgroups.",
        "where": "esta máquina dice ser darwin",
      }
    `);
    expect(existsSync(shop.bin)).toBe(false);
  });

  it('no hay Go', async () => {
    rmSync(path.join(shop.root, 'path', 'go'));
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "instala Go 1.26.0 o posterior (https://go.dev/doc/install) y comprueba con: go version",
        "message": "Falta Go: el taller compila Kubernetes, containerd y lo demás desde su código, una sola vez.",
        "where": "ninguna carpeta del PATH tiene un programa llamado go",
      }
    `);
  });

  it('Go demasiado viejo', async () => {
    shop.plan({ version: 'go1.22.1' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "https://go.dev/doc/install",
        "message": "Este Go es 1.22.1 y hace falta 1.26.0 o posterior.",
        "where": "la pide labs/taller/go/hyper/go.mod",
      }
    `);
  });

  it('Go demasiado viejo, y GOTOOLCHAIN=local no le deja bajarse otro', async () => {
    shop.plan({ version: 'go1.25.9', toolchain: 'local' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "GOTOOLCHAIN=auto npm run taller   (o instala uno más nuevo: https://go.dev/doc/install)",
        "message": "Este Go es 1.25.9 y hace falta 1.26.0 o posterior.",
        "where": "GOTOOLCHAIN=local impide que Go se baje solo la versión que falta",
      }
    `);
  });

  it('GOTOOLCHAIN=auto, y no hay red para bajarse el que falta', async () => {
    shop.plan({ fails: 'env', says: 'go: download go1.26.0 for linux/amd64: toolchain not available: dial tcp: lookup ejemplo: no such host' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go env GOPROXY   (y repite la orden cuando responda; lo ya bajado no se baja otra vez)",
        "message": "No se han podido bajar los módulos de Go: no hay conexión con quien los sirve.",
        "where": "go: download go1.26.0 for linux/amd64: toolchain not available: dial tcp: lookup ejemplo: no such host",
      }
    `);
  });

  it.each([
    ['no hay gcc', { gcc: 127 }, 'no hay gcc'],
    ['no está libc6-dev', { gcc: 1 }, 'gcc no encuentra stdlib.h'],
    ['no hay pkg-config', { 'pkg-config': 127 }, 'no hay pkg-config'],
    ['no está libseccomp-dev', { 'pkg-config': 1 }, 'pkg-config no encuentra libseccomp'],
    ['no hay nada', { gcc: 127, 'pkg-config': 127 }, 'no hay gcc; no hay pkg-config'],
  ])('%s: lo dice antes de compilar nada', async (_, codes, where) => {
    for (const [name, code] of Object.entries(codes)) shop.program(name, `exit ${code}`);
    expect(await failureOf(shop.ensure({ groups: ['cluster', 'kwok'] }))).toEqual({
      code: 'ENVIRONMENT',
      message: 'Falta lo que ConC 2.0.0 enlaza de C: sin libseccomp, nada filtraría.',
      where,
      fix: 'apt-get install --no-install-recommends libseccomp-dev pkg-config gcc libc6-dev',
    });
    expect([shop.calls(), shop.entries()]).toEqual([['env hyper'], []]);
  });

  it('el compilador de C que dice CC no está', async () => {
    const env = { ...shop.place.env, CC: 'clang-99' };
    expect((await failureOf(shop.ensure({ groups: ['kwok'], place: { ...shop.place, env } }))).where).toBe('no hay clang-99');
  });

  it.runIf(process.getuid?.() !== 0)('la carpeta de caché es de otro', async () => {
    mkdirSync(path.join(shop.root, 'cache'), { mode: 0o500 });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot();
    chmodSync(path.join(shop.root, 'cache'), 0o700);
  });

  it('donde va la carpeta de caché hay un archivo', async () => {
    writeFileSync(path.join(shop.root, 'cache'), '');
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "XDG_CACHE_HOME=/otra/carpeta npm run taller   (o arregla esa: ls -ld)",
        "message": "La carpeta de caché del taller no sirve: en su ruta hay un archivo donde debería haber una carpeta.",
        "where": "RAIZ/cache/bin",
      }
    `);
  });
});

describe('lo que se baja', () => {
  it('sin red', async () => {
    shop.plan({ fails: 'mod', says: 'go: example.com/uno@v1.0.0: Get "https://ejemplo/uno/@v/v1.0.0.info": dial tcp: lookup ejemplo: no such host' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go env GOPROXY   (y repite la orden cuando responda; lo ya bajado no se baja otra vez)",
        "message": "No se han podido bajar los módulos de Uno 1.0.0: no hay conexión con quien los sirve.",
        "where": "go: example.com/uno@v1.0.0: Get "https://ejemplo/uno/@v/v1.0.0.info": dial tcp: lookup ejemplo: no such host",
      }
    `);
  });

  it('llega distinto de como lo anota el repositorio', async () => {
    shop.plan({ sum: 'h1:cambiada=' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go clean -modcache   (y repite; si vuelve a pasar, mira quién hay detrás de: go env GOPROXY)",
        "message": "Uno 1.0.0 ha llegado distinto de como lo anota este repositorio: no se usa.",
        "where": "suma h1:cambiada=, y se espera h1:uno=",
      }
    `);
  });

  it('el espejo de módulos niega uno', async () => {
    shop.plan({ fails: 'list', says: 'main.go:3:2: example.com/x@v1.0.0: reading https://espejo.example/x/@v/v1.0.0.zip: 403 Forbidden' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go env GOPROXY   (prueba con otro; el de Go es el que viene puesto)",
        "message": "Quien sirve los módulos no tiene alguno de los de Uno 1.0.0.",
        "where": "main.go:3:2: example.com/x@v1.0.0: reading https://espejo.example/x/@v/v1.0.0.zip: 403 Forbidden",
      }
    `);
  });

  it('una dependencia llega distinta de como dice su go.sum', async () => {
    shop.plan({ fails: 'list', says: 'verifying example.com/x@v1.2.3: checksum mismatch\n\tdownloaded: h1:a=\n\tgo.sum:     h1:b=\n\nSECURITY ERROR' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go clean -modcache   (y repite; si vuelve a pasar, mira quién hay detrás de: go env GOPROXY)",
        "message": "Un módulo de Uno 1.0.0 llegó distinto de como lo anota su go.sum: no se usa.",
        "where": "verifying example.com/x@v1.2.3: checksum mismatch · downloaded: h1:a= · go.sum:     h1:b= · SECURITY ERROR",
      }
    `);
  });
});

describe('compilar', () => {
  it('se llena el disco: dice cuánto hace falta y qué queda en cada carpeta', async () => {
    shop.plan({ fails: 'build', says: 'example.com/base\n# example.com/final\nwrite temporal/b001/_pkg_.a: no space left on device' });
    const { where, ...failure } = await failureOf(shop.ensure());
    expect(failure).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "libera sitio, o usa otro disco: XDG_CACHE_HOME=/otro/disco GOCACHE=/otro/disco/go npm run taller",
        "message": "No queda sitio en el disco al compilar Uno 1.0.0. Desde cero hacen falta 12 GB entre todas las carpetas.",
      }
    `);
    // Sus ejecutables, la caché de compilación y los módulos: aquí las dos últimas son la misma.
    expect(where).toMatch(/^RAIZ\/cache\/bin\/\.obra-\S+ tiene N GB libres; RAIZ tiene N GB libres$/);
    expect(shop.entries()).toEqual([]);
  });

  it('el sistema mata al compilador', async () => {
    shop.plan({ fails: 'build', says: '/go/compile: signal: killed' });
    expect((await failureOf(shop.ensure())).message).toBe('El sistema ha matado al compilador de Uno 1.0.0: suele ser que falta memoria.');
  });

  it('algo que no se conoce se enseña tal cual, sin los nombres de los paquetes', async () => {
    shop.plan({ fails: 'build', says: 'example.com/base\n# example.com/final\n./main.go:3:1: syntax error: unexpected final' });
    expect(await failureOf(shop.ensure())).toMatchInlineSnapshot(`
      {
        "code": "ENVIRONMENT",
        "fix": "go version && go clean -cache   (y repite la orden; si sigue, es un fallo nuestro)",
        "message": "La compilación de Uno 1.0.0 falla.",
        "where": "# example.com/final · ./main.go:3:1: syntax error: unexpected final",
      }
    `);
  });

  it('lo que ya estaba hecho no se pierde', async () => {
    await shop.ensure();
    shop.plan({ fails: 'build', says: 'signal: killed' });
    writeFileSync(path.join(shop.place.goFolder, 'dos', 'main.go'), 'package main // roto\n');
    await failureOf(shop.ensure());
    expect(shop.entries()).toEqual(['dos', 'todo', 'uno']);
  });
});

describe('a medias', () => {
  it('cancelar mata al grupo de procesos y no deja nada', async () => {
    shop.plan({ takes: '60' });
    const stop = new AbortController();
    const work = failureOf(shop.ensure({ signal: stop.signal }));
    const pid = await compilerPid();
    stop.abort();
    expect(await work).toEqual({ code: 'ABORTED', message: 'Interrumpido', where: '', fix: undefined });
    expect(shop.entries()).toEqual([]);
    expect(await stateOf(pid)).toMatch(/^(Z|no existe)$/);
  });

  it('la obra de un proceso que murió se recoge', async () => {
    mkdirSync(path.join(shop.bin, '.obra-999999999-uno-0123456789abcdef', 'temporal'), { recursive: true });
    await shop.ensure();
    expect(shop.entries()).toEqual(['dos', 'todo', 'uno']);
  });

  it('la de uno que vive se respeta', async () => {
    mkdirSync(path.join(shop.bin, `.obra-${process.ppid}-uno-0123456789abcdef`), { recursive: true });
    await shop.ensure();
    expect(shop.entries()).toEqual([`.obra-${process.ppid}-uno`, 'dos', 'todo', 'uno']);
  });
});

describe('dos a la vez', () => {
  it('compila el primero; el segundo espera, lo dice, y encuentra todo hecho', async () => {
    shop.plan({ takes: '0.4' });
    const first = shop.ensure();
    await compilerPid();
    const said = shop.progress.length;
    const [one, two] = await Promise.all([first, shop.ensure()]);
    expect(two).toEqual(one);
    expect(shop.calls().filter((call) => call.startsWith('build'))).toEqual(['build modulo-uno', 'build dos']);
    const waits = shop.progress.slice(said).filter(({ task }) => task === 'esperar a otra compilación del taller');
    expect(waits[0]?.detail).toMatch(new RegExp(`^la hace el proceso ${process.pid} de .+$`));
    expect(waits.at(-1)).toEqual({ task: 'esperar a otra compilación del taller', done: 1, total: 1 });
  });

  it('si el reloj salta una hora, el cerrojo parece caducado y compilan los dos: vale lo del primero y no se rompe nada', async () => {
    shop.plan({ takes: '0.4' });
    const first = shop.ensure();
    await compilerPid();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    try {
      const [one, two] = await Promise.all([first, shop.ensure()]);
      expect(two).toEqual(one);
    } finally {
      vi.useRealTimers();
    }
    expect(shop.calls().filter((call) => call === 'build modulo-uno')).toHaveLength(2);
    expect(shop.entries()).toEqual(['dos', 'todo', 'uno']);
  });

  it('se puede dejar de esperar', async () => {
    shop.plan({ takes: '60' });
    const stopFirst = new AbortController();
    const first = failureOf(shop.ensure({ signal: stopFirst.signal }));
    await compilerPid();
    const stopSecond = new AbortController();
    const second = failureOf(shop.ensure({ signal: stopSecond.signal }));
    while (!shop.progress.some(({ task }) => task.startsWith('esperar'))) await pause(5);
    stopSecond.abort();
    expect((await second).code).toBe('ABORTED');
    stopFirst.abort();
    expect((await first).code).toBe('ABORTED');
  });
});

/** Muerto es no existir, o ser un zombi que nadie recoge: en un contenedor sin init se queda así. SIGTERM tarda un momento en llegar. */
async function stateOf(pid: number): Promise<string> {
  for (let tries = 0; ; tries++) {
    const state = existsSync(`/proc/${pid}/stat`) ? (/\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '') : 'no existe';
    if (/^(Z|no existe)$/.test(state) || tries === 200) return state;
    await pause(5);
  }
}

/** Espera a que el compilador de mentira esté en marcha. */
async function compilerPid(): Promise<number> {
  const file = path.join(shop.root, 'compilador.pid');
  for (;;) {
    const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (pid > 0) return pid;
    await pause(5);
  }
}
