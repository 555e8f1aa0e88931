import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFreshModule } from '@docusaurus/utils';
import type { LabDefinition, Step } from '../../labs/lab.ts';
import { wholeFile } from '../remark/fragment.ts';
import type { LabData, ShownFile, StepData } from './lab-data.ts';
import { readRecording, whyOutdated } from './read-recording.ts';

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
    ...readRecordings(root, folder, lab),
  };
}

/**
 * La del clúster de verdad, si es de este laboratorio tal como está hoy; si no, la de la maqueta, que cualquiera puede
 * volver a hacer: cambiar un paso no exige tener el taller para ver la página. Que no se quede así lo cuida CI, que
 * vuelve a grabar en el taller y compara.
 */
export function readRecordings(root: string, folder: string, lab: LabDefinition): Pick<LabData, 'recording' | 'maqueta'> {
  const pathOf = (place: string) => join('labs', folder, 'recordings', `${place}.json`);
  const [real, maqueta] = ['taller', 'maqueta'].map((place) => readRecording(join(root, pathOf(place))));
  const stale = maqueta && whyOutdated(maqueta, lab);
  if (stale) throw new Error(`la grabación ${pathOf('maqueta')} no es de hoy: ${stale}. Vuelve a grabar: npm run grabar ${lab.id} maqueta`);
  const old = real && whyOutdated(real, lab);
  if (old && maqueta)
    console.warn(
      `La página del laboratorio ${lab.id} enseña la grabación de la maqueta. La del taller no es de hoy: ${old}. Prueba:  npm run grabar ${lab.id} taller`,
    );
  if (!real || old || !maqueta) return { recording: (old ? undefined : real) ?? maqueta ?? null, maqueta: null };
  // De la otra solo viajan los tiempos: la página no lleva dos grabaciones enteras.
  const took = Object.fromEntries(
    maqueta.events.flatMap((event) => (event.kind === 'stepEnded' && event.result !== 'skipped' ? [[event.stepId, event.took] as const] : [])),
  );
  return { recording: real, maqueta: { recordedAt: maqueta.recordedAt, took } };
}

const stepData = ({ id, title, points, hints, needs }: Step): StepData => ({
  id,
  title,
  points,
  hints: [...hints],
  ...(needs?.nodes ? { nodes: needs.nodes } : {}),
  ...(needs?.power ? { power: true } : {}),
  ...(needs?.loadBalancer ? { loadBalancer: true } : {}),
  ...(needs?.proxyRules ? { proxyRules: true } : {}),
});

function yamlIn(root: string, folder: string): ShownFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => shownFile(root, `${folder}/${name}`, 'yaml'));
}

const shownFile = (root: string, file: string, language: string): ShownFile => ({ file, language, lines: wholeFile(readFileSync(join(root, file), 'utf8')) });
