import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchOptions, launch } from './launch.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bitacora-batería-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);

/** Un guion de sh en el lugar de `e2e.test`. */
async function withScript(script: string, more: Partial<LaunchOptions> = {}): Promise<LaunchOptions> {
  await writeFile(at('e2e.test'), `#!/bin/sh\n${script}\n`);
  await chmod(at('e2e.test'), 0o755);
  return {
    programs: { battery: at('e2e.test'), kubectl: 'kubectl' },
    kubeconfig: 'kc',
    focus: 'nombre',
    report: at('informe.json'),
    log: at('registro.log'),
    allowed: 60,
    signal: new AbortController().signal,
    ...more,
  };
}

describe.skipIf(process.platform === 'win32')('lanzar la batería', () => {
  it('se le dice el clúster, la prueba y dónde dejar el informe; que falle no es un error', async () => {
    await launch(await withScript('printf "%s\\n" "$@" > "$(dirname "$0")/argumentos"; exit 1'));
    const given = (await readFile(at('argumentos'), 'utf8')).trim().split('\n');
    expect(given).toContain('--kubeconfig=kc');
    expect(given).toContain('--ginkgo.focus=nombre');
    expect(given).toContain(`--ginkgo.json-report=${at('informe.json')}`);
    expect(given).toContain('--ginkgo.timeout=60s');
    expect(given).not.toContain('--ginkgo.dry-run');
  });

  it('cuenta los pasos que va anunciando y guarda todo lo que dice', async () => {
    const steps: string[] = [];
    const script = 'echo "  STEP: Creating a pod @ 11/21/26 08:31:25.65"; echo cualquier cosa; echo un aviso >&2; echo "  STEP: Waiting"';
    await launch(await withScript(script, { onStep: (step) => steps.push(step) }));
    expect(steps).toEqual(['Creating a pod', 'Waiting']);
    const log = await readFile(at('registro.log'), 'utf8');
    for (const line of ['cualquier cosa', 'un aviso', 'STEP: Waiting']) expect(log).toContain(line);
  });

  it('Ctrl-C le pide que acabe, y la espera mientras limpia', async () => {
    const stopping = new AbortController();
    const script = 'trap \'echo limpio > "$(dirname "$0")/limpieza"; exit 130\' INT; echo "  STEP: lista"; while :; do sleep 0.05; done';
    await launch(await withScript(script, { signal: stopping.signal, onStep: () => stopping.abort() }));
    expect(await readFile(at('limpieza'), 'utf8')).toBe('limpio\n');
  });

  it('si no se puede ejecutar, dice cuál es', async () => {
    const options = await withScript('exit 0');
    await rm(at('e2e.test'));
    await expect(launch(options)).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: 'La batería de conformidad no se puede ejecutar (ENOENT).',
      where: at('e2e.test'),
    });
  });
});
