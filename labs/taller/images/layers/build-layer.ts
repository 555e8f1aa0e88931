import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { debianKeyring } from '../debian/debian.ts';
import { type Suite, upstreamVersion } from '../debian/suites.ts';
import type { Layer, Versions } from '../recipe.ts';
import { runTool } from '../run-tool.ts';
import type { StoredLayer, Workshop } from '../workshop.ts';
import { compileC, debianFiles, npmFiles, placeBinary } from './fill-folder.ts';
import { isolated } from './isolated.ts';
import { recipeFiles } from './layer-key.ts';
import { placeEntries } from './place-entries.ts';

const script = (name: string) => path.join(import.meta.dirname, name);

/** Hace el tar de una capa en `out`. `base` es la capa de Debian sobre la que se instala, si la hay. */
export async function buildLayer(layer: Layer, suite: Suite, base: StoredLayer | undefined, out: string, workshop: Workshop): Promise<Versions> {
  const work = await mkdtemp(path.join(workshop.scratch, 'hacer-'));
  try {
    if (layer.kind === 'debian-base') return await debianBase(suite, work, out, workshop);
    if (layer.kind === 'debian-install') return await debianInstall(layer, suite, base, work, out, workshop);
    const root = path.join(work, 'raiz');
    await mkdir(root, { mode: 0o755 });
    const versions = await fillFolder(layer, suite, root, work, workshop);
    await runTool({ command: 'sh', args: [script('pack.sh'), root, out], task: 'empaquetar una capa', signal: workshop.signal });
    return versions;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function fillFolder(
  layer: Exclude<Layer, { kind: 'debian-base' | 'debian-install' }>,
  suite: Suite,
  root: string,
  work: string,
  workshop: Workshop,
): Promise<Versions> {
  switch (layer.kind) {
    case 'debian-files':
      return debianFiles(layer, suite, root, work, workshop);
    case 'npm':
      return npmFiles(layer, root, work, workshop.signal);
    case 'binary':
      return placeBinary(layer, root, workshop.binaries);
    case 'c':
      return compileC(layer, root, workshop.signal);
    case 'files':
      return placeEntries(layer.entries, root);
  }
}

async function debianBase(suite: Suite, work: string, out: string, { debian, signal }: Workshop): Promise<Versions> {
  // El debootstrap de Debian 12 no conoce forky; el guion de sid es el mismo para todas las recientes.
  const args = [work, suite, 'sid', await debian.mirror(), debianKeyring, out];
  await runTool({ ...isolated(script('debian-base.sh'), args, { withoutNetwork: false }), task: `hacer la base de Debian ${suite}`, signal });
  return { debian: suite };
}

async function debianInstall(
  { packages, before, after }: Extract<Layer, { kind: 'debian-install' }>,
  suite: Suite,
  base: StoredLayer | undefined,
  work: string,
  out: string,
  { debian, signal }: Workshop,
): Promise<Versions> {
  if (!base) throw new Error(`«${packages.join(' ')}» se instala sobre una capa debian-base, y la receta no la lleva debajo.`);
  const inRecipes = (name: string | undefined) => (name === undefined ? '' : path.join(recipeFiles, name));
  const args = [work, base.file, suite, await debian.mirror(), await debian.lists(suite), inRecipes(before), inRecipes(after), out, ...packages];
  await runTool({ ...isolated(script('debian-install.sh'), args, { withoutNetwork: false }), task: `instalar ${packages.join(', ')}`, signal });
  const versions = await debian.versions(suite, packages);
  return Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, upstreamVersion(version)]));
}
