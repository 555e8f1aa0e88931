import { clusterImages, conformanceImages, loadImages, missingOnPurpose } from './images/declared-images.ts';
import { manifestImages } from './images/manifest-images.ts';

/** Lo que hay que tener antes de levantar: lo del propio clúster, y lo que piden los laboratorios. */
export async function wantedImages(project: string): Promise<string[]> {
  const named = [...(await manifestImages(project)).keys()].filter((name) => !missingOnPurpose.includes(name));
  return [...new Set([...clusterImages, ...named])];
}

/** Además, con qué se pasa la batería de conformidad y con qué se contrasta la sonda. */
export const completeImages = async (project: string): Promise<string[]> => [
  ...new Set([...(await wantedImages(project)), ...conformanceImages, ...loadImages]),
];
