import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Guiones que pide una página ya construida: los que ejecuta y los que precarga. Rutas desde la raíz del sitio. */
export function scriptsOf(html: string): string[] {
  const found = new Set<string>();
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const path = /\b(?:src|href)=["']?([^"'\s>]+\.js)\b/.exec(tag)?.[1];
    if (path && !/^(?:https?:)?\/\//.test(path)) found.add(path);
  }
  return [...found];
}

/** Peso comprimido, en kB, de los guiones de la página cuya ruta acaba en `slug`. */
export function weighPage(build: string, slug: string): { page: string; kilobytes: number; scripts: number } {
  const page = findPage(build, slug);
  if (!page) throw new Error(`no hay ninguna página que acabe en ${slug}`);
  const html = readFileSync(join(build, page), 'utf8');
  const paths = scriptsOf(html);
  const total = paths.reduce((sum, path) => sum + gzipSync(readFileSync(locate(build, path))).length, 0);
  return { page, kilobytes: total / 1000, scripts: paths.length };
}

/** El sitio puede servirse bajo un prefijo que no está en el disco. */
function locate(build: string, path: string): string {
  const parts = path.split('/').filter(Boolean);
  for (let skipped = 0; skipped < parts.length; skipped++) {
    const candidate = join(build, ...parts.slice(skipped));
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  }
  throw new Error(`la página pide ${path} y no está en el sitio construido`);
}

function findPage(build: string, slug: string): string | undefined {
  const files = readdirSync(build, { recursive: true, encoding: 'utf8' }).map((file) => file.split(sep).join(posix.sep));
  return files.find((file) => file.endsWith(`${slug}/index.html`) || file.endsWith(`${slug}.html`));
}
