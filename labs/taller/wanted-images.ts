import { clusterImages, conformanceImages, loadImages, missingOnPurpose, serverImages } from './images/declared-images.ts';
import { manifestImages } from './images/manifest-images.ts';

/** Lo que hay que tener antes de levantar: lo del propio clúster, y lo que piden los laboratorios. */
export async function wantedImages(project: string): Promise<string[]> {
  const named = [...(await manifestImages(project)).keys()].filter((name) => !missingOnPurpose.includes(name));
  return [...new Set([...clusterImages, ...named])];
}

/** Además, con qué se pasa la batería de conformidad, con qué se contrasta la sonda y los servidores que se prueban en él. */
export const completeImages = async (project: string): Promise<string[]> => [
  ...new Set([...(await wantedImages(project)), ...conformanceImages, ...loadImages, ...serverImages]),
];
