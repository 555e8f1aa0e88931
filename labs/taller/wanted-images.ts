import { clusterImages, missingOnPurpose } from './images/declared-images.ts';
import { manifestImages } from './images/manifest-images.ts';

/** Lo que hay que tener antes de levantar: lo del propio clúster, y lo que piden los laboratorios. */
export async function wantedImages(project: string): Promise<string[]> {
  const named = [...(await manifestImages(project)).keys()].filter((name) => !missingOnPurpose.includes(name));
  return [...new Set([...clusterImages, ...named])];
}
