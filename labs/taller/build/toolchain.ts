import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import { explainGo } from './explain-go.ts';
import { goEnvironment, type Place } from './place.ts';
import { run } from './run.ts';

/** Con qué se compila. Todo ello entra en la clave: otro Go, u otra máquina, hace otros ejecutables. */
export interface Toolchain {
  version: string;
  target: string;
  folders: { build: string; modules: string };
}

export async function readToolchain(place: Place, signal: AbortSignal): Promise<Toolchain> {
  if (place.platform !== 'linux') {
    throw new LabError('El taller solo corre en Linux: levanta nodos con sus espacios de nombres y sus cgroups.', {
      code: 'ENVIRONMENT',
      where: `esta máquina dice ser ${place.platform}`,
      fix: 'npm run lab 04 plano maqueta   (la maqueta corre en cualquier sitio)',
    });
  }
  // Se pregunta desde el módulo más exigente: con GOTOOLCHAIN=auto, Go se baja ahí la versión que pide su go.mod.
  const folder = path.join(place.goFolder, 'hyper');
  const asked = ['GOVERSION', 'GOARCH', 'GOAMD64', 'GOARM64', 'GOEXPERIMENT', 'GOCACHE', 'GOMODCACHE', 'GOTOOLCHAIN'];
  const { code, stdout, stderr } = await run('go', ['env', '-json', ...asked], { cwd: folder, env: goEnvironment(place.env), signal });
  if (code === 127) {
    throw new LabError('Falta Go: el taller compila Kubernetes, containerd y lo demás desde su código, una sola vez.', {
      code: 'ENVIRONMENT',
      where: 'ninguna carpeta del PATH tiene un programa llamado go',
      fix: `instala Go ${await required(folder)} o posterior (https://go.dev/doc/install) y comprueba con: go version`,
    });
  }
  if (code !== 0) throw await explainGo(stderr, { title: 'Go', folders: [] });
  const values = JSON.parse(stdout) as Record<string, string>;
  const { GOVERSION = '', GOCACHE = '', GOMODCACHE = '', GOTOOLCHAIN = '', ...target } = values;
  const needed = await required(folder);
  if (isOlder(GOVERSION, needed)) {
    throw new LabError(`Este Go es ${GOVERSION.replace('go', '')} y hace falta ${needed} o posterior.`, {
      code: 'ENVIRONMENT',
      where:
        GOTOOLCHAIN === 'local' ? 'GOTOOLCHAIN=local impide que Go se baje solo la versión que falta' : `la pide ${path.join('labs/taller/go/hyper/go.mod')}`,
      fix: GOTOOLCHAIN === 'local' ? 'GOTOOLCHAIN=auto npm run taller   (o instala uno más nuevo: https://go.dev/doc/install)' : 'https://go.dev/doc/install',
    });
  }
  return { version: GOVERSION, target: JSON.stringify(target), folders: { build: GOCACHE, modules: GOMODCACHE } };
}

const required = async (folder: string): Promise<string> => /^go (\S+)/m.exec(await readFile(path.join(folder, 'go.mod'), 'utf8'))?.[1] ?? '1.26';

/** `go1.26.8` frente a `1.26.0`. Una versión de desarrollo («devel …») se da por buena: Go dirá si no lo es. */
export function isOlder(version: string, needed: string): boolean {
  const numbers = (text: string) =>
    /(\d+)\.(\d+)(?:\.(\d+))?/
      .exec(text)
      ?.slice(1)
      .map((part) => Number(part ?? 0));
  const [have, want] = [version.startsWith('go') ? numbers(version) : undefined, numbers(needed)];
  if (!have || !want) return false;
  const different = have.findIndex((part, index) => part !== want[index]);
  return different >= 0 && (have[different] ?? 0) < (want[different] ?? 0);
}
