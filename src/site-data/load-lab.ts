import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFreshModule } from '@docusaurus/utils';
import type { LabDefinition, Step } from '../../labs/lab.ts';
import { wholeFile } from '../remark/fragment.ts';
import type { LabData, ShownFile, StepData } from './lab-data.ts';
import { readRecording } from './read-recording.ts';

/** Carpetas `labs/NN-slug` que tienen laboratorio, por orden. */
export function labFolders(root: string): string[] {
  return readdirSync(join(root, 'labs'))
    .filter((name) => /^\d\d-/.test(name) && existsSync(join(root, 'labs', name, 'lab.ts')))
    .sort();
}

/** Lee un laboratorio con lo que la página enseña de él. Importa `lab.ts`, que es TypeScript puro: nunca `labs/cluster`. */
export async function loadLab(root: string, folder: string): Promise<LabData> {
  const module = (await loadFreshModule(join(root, 'labs', folder, 'lab.ts'))) as { lab: LabDefinition };
  const { lab } = module;
  if (`${lab.id}-${lab.slug}` !== folder) throw new Error(`labs/${folder}/lab.ts dice ser ${lab.id}-${lab.slug}`);
  const manifests = join('manifests', folder);
  return {
    id: lab.id,
    slug: lab.slug,
    title: lab.title,
    proves: lab.proves,
    images: [...lab.images],
    steps: lab.steps.map(stepData),
    challenge: {
      title: lab.challenge.title,
      brief: lab.challenge.brief,
      given: [...lab.challenge.given],
      steps: lab.challenge.steps.map(stepData),
      wrong: Object.entries(lab.challenge.wrong).map(([slug, { fails, why }]) => ({ slug, fails, why })),
    },
    code: shownFile(root, `labs/${folder}/lab.ts`, 'typescript'),
    manifests: yamlIn(root, manifests),
    // La del clúster de verdad, si la hay; si no, la de la maqueta. Cada una dice lo que es.
    ...readRecordings(root, folder, lab),
  };
}

function readRecordings(root: string, folder: string, lab: LabDefinition): Pick<LabData, 'recording' | 'maqueta'> {
  const read = (place: string) => readRecording(join(root, 'labs', folder, 'recordings', `${place}.json`), lab);
  const real = read('taller');
  const maqueta = read('maqueta');
  if (!real || !maqueta) return { recording: real ?? maqueta, maqueta: null };
  // De la otra solo viajan los tiempos: la página no lleva dos grabaciones enteras.
  const took = Object.fromEntries(maqueta.events.flatMap((event) => (event.kind === 'stepEnded' ? [[event.stepId, event.took] as const] : [])));
  return { recording: real, maqueta: { recordedAt: maqueta.recordedAt, took } };
}

const stepData = ({ id, title, points, hints, needs }: Step): StepData => ({
  id,
  title,
  points,
  hints: [...hints],
  ...(needs?.nodes ? { nodes: needs.nodes } : {}),
});

function yamlIn(root: string, folder: string): ShownFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => shownFile(root, `${folder}/${name}`, 'yaml'));
}

const shownFile = (root: string, file: string, language: string): ShownFile => ({ file, language, lines: wholeFile(readFileSync(join(root, file), 'utf8')) });
