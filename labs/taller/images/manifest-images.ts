import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Qué imágenes nombran los manifiestos, y cuáles las nombran: `{ 'nginx:1.30': ['manifests/05-servicios/web.yaml'] }`. */
export async function manifestImages(project: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, string[]>();
  const names = await readdir(path.join(project, 'manifests'), { recursive: true });
  for (const name of names.filter((file) => /\.ya?ml$/.test(file)).sort()) {
    const text = await readFile(path.join(project, 'manifests', name), 'utf8');
    for (const image of new Set(imagesIn(text))) found.set(image, [...(found.get(image) ?? []), path.posix.join('manifests', name)]);
  }
  return found;
}

/** El campo `image` de cada contenedor, esté donde esté: un Pod, una plantilla, un CronJob. */
export function imagesIn(text: string): string[] {
  const images: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [field, inner] of Object.entries(value)) {
        if (field === 'image' && typeof inner === 'string' && 'name' in value) images.push(inner);
        else visit(inner);
      }
    }
  };
  // Un manifiesto a medias, de los que el capítulo enseña a arreglar, también se lee hasta donde se entiende.
  for (const document of parseAllDocuments(text)) visit(document.toJS());
  return images;
}
