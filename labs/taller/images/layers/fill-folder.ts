import { chmod, copyFile, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Suite, upstreamVersion } from '../debian/suites.ts';
import type { Layer, Versions } from '../recipe.ts';
import { runTool } from '../run-tool.ts';
import type { Workshop } from '../workshop.ts';
import { recipeFiles } from './layer-key.ts';
import { makeFolders } from './place-entries.ts';

type Kind<K extends Layer['kind']> = Extract<Layer, { kind: K }>;

/** Lo que un contenedor no lee nunca. */
const unread = ['doc', 'man', 'info', 'locale', 'lintian', 'bug', 'gdb', 'initramfs-tools'];

export async function debianFiles(
  { packages, withApplets }: Kind<'debian-files'>,
  suite: Suite,
  root: string,
  work: string,
  { debian, signal }: Workshop,
): Promise<Versions> {
  await debian.download(suite, packages, work);
  const archives = (await readdir(work)).filter((name) => name.endsWith('.deb')).sort();
  for (const archive of archives) {
    await runTool({ command: 'dpkg-deb', args: ['--extract', path.join(work, archive), root], task: `abrir ${archive}`, signal });
  }
  for (const folder of unread) await rm(path.join(root, 'usr/share', folder), { recursive: true, force: true });
  if (withApplets) await linkApplets(root, signal);
  const versions = await debian.versions(suite, packages);
  return Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, upstreamVersion(version)]));
}

/** Un enlace por orden de busybox, donde no haya ya un programa. */
async function linkApplets(root: string, signal: AbortSignal): Promise<void> {
  const folder = path.join(root, 'usr/bin');
  const applets = await runTool({ command: path.join(folder, 'busybox'), args: ['--list'], task: 'preguntar a busybox por sus órdenes', signal });
  const present = new Set(await readdir(folder));
  for (const applet of applets.split('\n').sort()) {
    if (applet !== '' && !present.has(applet)) await symlink('busybox', path.join(folder, applet));
  }
}

export async function npmFiles(layer: Kind<'npm'>, root: string, work: string, signal: AbortSignal): Promise<Versions> {
  const name = `${layer.package}@${layer.version}`;
  // npm comprueba la suma que da el registro; con --ignore-scripts no ejecuta nada del paquete.
  await runTool({ command: 'npm', args: ['pack', name, '--ignore-scripts', '--pack-destination', work], cwd: work, task: `bajar ${name} de npm`, signal });
  const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`npm pack ${name} no ha dejado ningún archivo.`);
  const members = Object.keys(layer.files).map((from) => `package/${from}`);
  await runTool({ command: 'tar', args: ['--extract', '--file', path.join(work, archive), '--directory', work, ...members], task: `abrir ${archive}`, signal });
  for (const [from, to] of Object.entries(layer.files)) await placeProgram(path.join(work, 'package', from), root, to);
  return { [layer.package]: layer.version };
}

export async function placeBinary({ binary, path: to }: Kind<'binary'>, root: string, binaries: Workshop['binaries']): Promise<Versions> {
  await placeProgram(path.join(binaries.folder, binary), root, to);
  return { [binary]: binaries.versions[binary] ?? 'sin versión' };
}

export async function compileC({ source, path: to }: Kind<'c'>, root: string, signal: AbortSignal): Promise<Versions> {
  await makeFolders(root, path.dirname(to));
  const args = ['-Os', '-Wall', '-static', '-s', '-Wl,--build-id=none', '-o', path.join(root, to), path.join(recipeFiles, source)];
  await runTool({ command: 'gcc', args, task: `compilar ${source}`, signal });
  await chmod(path.join(root, to), 0o755);
  return {};
}

async function placeProgram(from: string, root: string, to: string): Promise<void> {
  await makeFolders(root, path.dirname(to));
  await copyFile(from, path.join(root, to));
  await chmod(path.join(root, to), 0o755);
}
