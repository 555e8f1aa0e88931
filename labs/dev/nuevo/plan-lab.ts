import { register } from './register.ts';
import { templates, untitled } from './templates.ts';

/** Lo que ya hay en el proyecto: carpetas `NN-slug` con laboratorio, con manifiestos o con capítulo, y labs/registry.ts. */
export interface Existing {
  folders: readonly string[];
  registry: string;
}

export interface NewFile {
  /** Ruta relativa a la raíz. */
  path: string;
  text: string;
}

export type Plan = { kind: 'files'; folder: string; files: NewFile[] } | { kind: 'usage'; problem: string; fix: string };

/** Valida `05 servicios` y dice qué archivos escribir. No toca el disco: o se puede todo, o no se escribe nada. */
export function planLab(words: readonly string[], existing: Existing): Plan {
  const [id = '', slug = '', ...extra] = words;
  const free = nextFree(existing.folders);
  const fix = `npm run nuevo ${free} ${isSlug(slug) ? slug : 'servicios'}`;
  if (!id || !slug || extra.length > 0) return usage('Hacen falta dos palabras: el número y el nombre corto.', fix);
  if (!/^\d\d$/.test(id)) return usage(`«${id}» no es un número de dos cifras.`, fix);
  if (!isSlug(slug)) {
    return usage(`«${slug}» no sirve de nombre: minúsculas sin tildes, cifras y guiones sueltos.`, `npm run nuevo ${id} ${toSlug(slug) || 'servicios'}`);
  }
  const sameId = existing.folders.find((folder) => folder.startsWith(`${id}-`));
  if (sameId) return usage(`El ${id} ya es «${sameId.slice(3)}».`, fix);
  const sameSlug = existing.folders.find((folder) => folder.slice(3) === slug);
  if (sameSlug) return usage(`«${slug}» ya es el ${sameSlug.slice(0, 2)}.`, `npm run -s lab ${sameSlug.slice(0, 2)}`);
  const folder = `${id}-${slug}`;
  return {
    kind: 'files',
    folder,
    files: [...templates({ id, slug }), { path: 'labs/registry.ts', text: register(existing.registry, { id, slug, title: untitled }) }],
  };
}

const usage = (problem: string, fix: string): Plan => ({ kind: 'usage', problem, fix });

const isSlug = (text: string) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text);

/** Lo más parecido que sí vale: «Señales y Paradas» → `senales-y-paradas`. */
const toSlug = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '');

function nextFree(folders: readonly string[]): string {
  const used = new Set(folders.map((folder) => folder.slice(0, 2)));
  for (let number = 0; number < 100; number++) {
    const id = String(number).padStart(2, '0');
    if (!used.has(id)) return id;
  }
  return '00';
}
