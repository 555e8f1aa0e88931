import { join } from 'node:path';
import { readManifestFile, readManifestFolder } from '../cluster/manifests.ts';
import type { Target } from '../engine/ports.ts';
import type { Environment } from '../environment.ts';
import { labs } from '../registry.ts';
import { fakeProject } from './fake-environment.ts';

const root = join(import.meta.dirname, '../..');

/** Los manifiestos de verdad. */
export const realManifests: Environment['manifestsOf'] = (folder, answers) => ({
  read: (file) => readManifestFile(root, `manifests/${folder}/${file}`),
  answers: () => readManifestFolder(root, answers),
});

/** `npm run -s lab 04 …` con el laboratorio de verdad en ese destino, y lo que se ve. */
export async function playRealLab(line: string, target: Target, manifests = realManifests) {
  const definition = await labs.find(({ id }) => line.startsWith(id))?.load();
  if (!definition) throw new Error(`No hay laboratorio para «${line}»`);
  const { exitCode, stdout, stderr } = await fakeProject({ lab: definition, manifests, open: async () => ({ target }) }).lab(line);
  return { exitCode, stdout: stdout.split('\n'), stderr: `\n${stderr}` };
}

/** Lo que se ve desde que un paso no pasa. */
export const fromFailure = (lines: readonly string[]): string =>
  `\n${lines.slice(lines.findIndex((line) => /^\d\d:\d\d \S+ +\S+ +(NO|PARADO|ROTO) /.test(line))).join('\n')}`;
