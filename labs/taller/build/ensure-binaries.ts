import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import type { OnProgress } from '../progress.ts';
import { oneAtATime, removeAbandoned } from './building-lock.ts';
import { writableFolder } from './cache-folder.ts';
import { compile } from './compile.ts';
import { type Component, executablesOf, type Group, titleOf } from './components.ts';
import { keyOf } from './key.ts';
import { linkedFolder } from './linked-folder.ts';
import { type Place, realPlace } from './place.ts';
import { requireLibraries } from './require-libraries.ts';
import { type Condition, describe, inspect } from './stored.ts';
import { readToolchain, type Toolchain } from './toolchain.ts';

export interface Binaries {
  /** Con todos los ejecutables de los grupos pedidos, cada uno por su nombre; los de CNI, en `cni/`. */
  folder: string;
  /** Qué es cada cosa: `{ containerd: '2.4.2', runc: '1.5.2', … }`. */
  versions: Readonly<Record<string, string>>;
}

interface Options {
  cacheDir: string;
  groups: readonly Group[];
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Una pieza y dónde va. La carpeta lleva su clave: lo que cambia de versión no pisa a lo anterior. */
interface Planned {
  component: Component;
  entry: string;
}

/**
 * Compila lo que falte de esos grupos y da una carpeta donde está todo. Si ya estaba, son milisegundos.
 * @throws {LabError} `ENVIRONMENT`: no es Linux, falta Go, gcc o libseccomp, no hay red, sitio o permiso. `ABORTED`: Ctrl-C; no queda nada a medias.
 */
export async function ensureBinaries(options: Options, place: Place = realPlace()): Promise<Binaries> {
  try {
    return await ensure(options, place);
  } catch (error) {
    if (options.signal.aborted && !(error instanceof LabError && error.code === 'ABORTED'))
      throw new LabError('Interrumpido', { code: 'ABORTED', cause: error });
    throw error;
  }
}

/** Lo que habría que compilar para tener esos grupos: «Kubernetes 1.37.1», … Solo mira. */
export async function missingBinaries({ cacheDir, groups, signal }: Omit<Options, 'onProgress'>, place: Place = realPlace()): Promise<string[]> {
  const toolchain = await readToolchain(place, signal);
  const wanted = place.components.filter(({ group }) => groups.includes(group));
  const planned = await Promise.all(wanted.map((component) => plan(component, toolchain, place)));
  return (await missingOf(path.join(cacheDir, 'bin'), planned)).map(({ component }) => titleOf(component));
}

async function ensure({ cacheDir, groups, onProgress, signal }: Options, place: Place): Promise<Binaries> {
  const toolchain = await readToolchain(place, signal);
  const bin = await writableFolder(path.join(cacheDir, 'bin'));
  const wanted = place.components.filter(({ group }) => groups.includes(group));
  const planned = await Promise.all(wanted.map((component) => plan(component, toolchain, place)));
  const missing = await missingOf(bin, planned);
  if (missing.length > 0) {
    await requireLibraries(
      missing.map(({ component }) => component),
      place,
      signal,
    );
    await oneAtATime(bin, { onProgress, signal }, async () => {
      await removeAbandoned(bin);
      // Puede haberlo compilado otro mientras se esperaba.
      await compileAll(bin, await missingOf(bin, planned), { place, toolchain, onProgress, signal });
    });
  }
  return {
    folder: await linkedFolder(bin, planned),
    versions: Object.fromEntries(wanted.map(({ name, version }) => [name, version])),
  };
}

const plan = async (component: Component, toolchain: Toolchain, place: Place): Promise<Planned> => ({
  component,
  entry: `${component.name}-${await keyOf(component, toolchain, place.goFolder)}`,
});

type Missing = Planned & { condition: Condition };

async function missingOf(bin: string, planned: readonly Planned[]): Promise<Missing[]> {
  const looked = await Promise.all(planned.map(async (one) => ({ ...one, condition: await inspect(path.join(bin, one.entry), executablesOf(one.component)) })));
  return looked.filter(({ condition }) => condition.is !== 'ready');
}

interface Site {
  place: Place;
  toolchain: Toolchain;
  onProgress: OnProgress;
  signal: AbortSignal;
}

async function compileAll(bin: string, missing: readonly Missing[], site: Site): Promise<void> {
  const titles = missing.map(({ component }) => titleOf(component));
  for (const [index, one] of missing.entries()) {
    site.onProgress({ task: 'binarios del taller', done: index, total: missing.length, detail: `faltan ${titles.slice(index).join(', ')}` });
    await compileOne(bin, one, site);
  }
  site.onProgress({ task: 'binarios del taller', done: missing.length, total: missing.length });
}

/** En una carpeta aparte, y solo si acaba bien se pone en su sitio: lo que se corta a medias no llega a existir. */
async function compileOne(bin: string, { component, entry, condition }: Missing, { place, toolchain, onProgress, signal }: Site): Promise<void> {
  const title = titleOf(component);
  const final = path.join(bin, entry);
  if (condition.is === 'damaged') {
    onProgress({ task: `aviso: ${title} estaba dañado en la caché (${condition.how}): se compila de nuevo`, done: 1, total: 1 });
    await rm(final, { recursive: true, force: true });
  }
  const draft = path.join(bin, `.obra-${process.pid}-${randomUUID()}`);
  const started = performance.now();
  try {
    await mkdir(path.join(draft, 'temporal'), { recursive: true });
    await mkdir(path.join(draft, 'ejecutables'));
    const total = await compile(component, { place, toolchain, folder: draft, onProgress, signal });
    await rm(path.join(draft, 'temporal'), { recursive: true, force: true });
    await rm(path.join(draft, 'ejecutables'), { recursive: true, force: true });
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    await describe(draft, executablesOf(component), { title, license: component.license, go: toolchain.version, seconds });
    await publish(draft, final, executablesOf(component));
    onProgress({ task: `compilar ${title}`, done: total, total, detail: `${seconds} s` });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/**
 * La pone en su sitio. Si ya hay una entera es que otro ha compilado lo mismo a la vez: pasa si el reloj da un salto y el cerrojo parece
 * caducado. Vale la suya, que puede estar en uso.
 */
async function publish(draft: string, final: string, names: readonly string[]): Promise<void> {
  try {
    await rename(draft, final);
  } catch (error) {
    if ((await inspect(final, names)).is !== 'ready') throw error;
  }
}
