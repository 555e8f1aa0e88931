import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../../engine/lab-error.ts';
import type { Versions } from '../recipe.ts';
import { type RunTool, runTool } from '../run-tool.ts';
import { mirrorFormat, mirrorOf } from './mirror.ts';
import { hasAll, keepsPromise, type Suite, suites, versionsOf } from './suites.ts';

/** Los paquetes de Debian, leídos con el apt de la máquina pero en carpetas propias: la suya no cambia. */
export interface Debian {
  mirror(): Promise<string>;
  suiteFor(packages: readonly string[], expects: Versions): Promise<Suite>;
  versions(suite: Suite, packages: readonly string[]): Promise<Versions>;
  /** Carpeta con los índices ya bajados. */
  lists(suite: Suite): Promise<string>;
  /** Baja los `.deb` a una carpeta, comprobados por apt. */
  download(suite: Suite, packages: readonly string[], folder: string): Promise<void>;
}

export const debianKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** Para máquinas cuyo apt no habla con Debian, como las de Ubuntu. */
const mirrorVariable = 'BITACORA_ESPEJO_DEBIAN';

export function openDebian(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
  { run, hasKeyring }: { run: RunTool; hasKeyring: boolean } = { run: runTool, hasKeyring: existsSync(debianKeyring) },
): Debian {
  let mirror: Promise<string> | undefined;
  const updated = new Map<Suite, Promise<string>>();

  const findMirror = async (): Promise<string> => {
    const declared = env[mirrorVariable];
    if (declared) return declared.replace(/\/+$/, '');
    const targets = await run({
      command: 'apt-get',
      args: ['indextargets', '--format', mirrorFormat, 'Created-By: Packages'],
      task: 'preguntar a apt por su espejo',
      signal,
    });
    const found = mirrorOf(targets);
    if (found) return found;
    throw new LabError('El apt de esta máquina no usa ningún espejo de Debian, y las imágenes se hacen con sus paquetes.', {
      code: 'ENVIRONMENT',
      fix: `export ${mirrorVariable}=<dirección de un espejo de Debian>`,
    });
  };
  const knownMirror = () => (mirror ??= findMirror());

  /** Configuración de apt con todo en `folder`; se le pasa en APT_CONFIG y conserva los proxies de la máquina. */
  const update = async (suite: Suite): Promise<string> => {
    const home = path.join(folder, suite);
    await mkdir(path.join(home, 'state', 'lists', 'partial'), { recursive: true });
    await mkdir(path.join(home, 'cache', 'archives', 'partial'), { recursive: true });
    if (!hasKeyring)
      throw new LabError('Faltan las llaves con las que Debian firma sus paquetes.', { code: 'ENVIRONMENT', fix: 'apt-get install -y debian-archive-keyring' });
    await writeFile(path.join(home, 'sources.list'), `deb [signed-by=${debianKeyring}] ${await knownMirror()} ${suite} main\n`);
    const config = path.join(home, 'apt.conf');
    await writeFile(
      config,
      [
        `Dir::State "${home}/state";`,
        'Dir::State::status "/dev/null";',
        `Dir::Cache "${home}/cache";`,
        `Dir::Etc::SourceList "${home}/sources.list";`,
        'Dir::Etc::SourceParts "-"; Dir::Etc::Preferences "-"; Dir::Etc::PreferencesParts "-";',
        'Acquire::Languages "none"; Acquire::Retries "3";',
        'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";',
        // La caché de root no la puede leer la cuenta con la que apt baja.
        'APT::Sandbox::User "root"; APT::Update::Error-Mode "any";',
        'APT::Update::Post-Invoke ""; APT::Update::Post-Invoke-Success "";',
        '',
      ].join('\n'),
    );
    await run({ command: 'apt-get', args: ['update'], env: { APT_CONFIG: config }, task: `leer los índices de Debian ${suite}`, signal });
    return home;
  };
  const home = (suite: Suite): Promise<string> => {
    const known = updated.get(suite) ?? update(suite);
    updated.set(suite, known);
    return known;
  };

  const versions = async (suite: Suite, packages: readonly string[]): Promise<Versions> => {
    const config = path.join(await home(suite), 'apt.conf');
    // apt-cache sale con 100 si falta alguno, pero escribe los que hay.
    const shown = await Promise.all(
      packages.map((name) =>
        run({
          command: 'sh',
          args: ['-c', 'apt-cache show --no-all-versions "$1" 2> /dev/null || true', 'sh', name],
          env: { APT_CONFIG: config },
          task: `buscar ${name}`,
          signal,
        }),
      ),
    );
    return versionsOf(shown.join('\n\n'));
  };

  return {
    mirror: knownMirror,
    versions,
    lists: async (suite) => path.join(await home(suite), 'state', 'lists'),
    async suiteFor(packages, expects) {
      let fallback: Suite | undefined;
      for (const suite of suites) {
        const found = await versions(suite, packages);
        if (!hasAll(found, packages)) continue;
        if (keepsPromise(found, expects)) return suite;
        fallback ??= suite;
      }
      // Ninguna tiene la versión prometida: se hace con la que hay, y la grabación dirá cuál corrió.
      if (fallback) return fallback;
      throw new LabError(`Ni ${suites.join(' ni ')} tienen todos estos paquetes de Debian: ${packages.join(', ')}.`, {
        code: 'ENVIRONMENT',
        where: await knownMirror(),
        fix: 'Cambia los paquetes en labs/taller/images/recipes',
      });
    },
    async download(suite, packages, into) {
      const config = path.join(await home(suite), 'apt.conf');
      await run({
        command: 'apt-get',
        args: ['download', ...packages],
        cwd: into,
        env: { APT_CONFIG: config },
        task: `bajar ${packages.join(', ')} de Debian`,
        signal,
      });
    },
  };
}
