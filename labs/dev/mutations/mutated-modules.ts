import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Mutation } from './mutation.ts';

const mark = 'rota';

/**
 * Carga un módulo, y todo lo que importa, con esa mutación puesta, y lo usa.
 * Lanza si la frase no está, o está más de una vez, o si nadie ha cargado ese archivo: una mutación que no cambia nada no prueba nada.
 */
export type UseMutated = <T, R>(path: string, mutation: Mutation, use: (module: T) => Promise<R>) => Promise<R>;

/**
 * Carga otra copia de un módulo y de todo lo suyo, con una frase cambiada por el camino. El árbol no se toca: el cambio vive en la
 * dirección (`?rota=…`), que cada módulo hereda de quien lo importa, también el que se importa más tarde.
 */
export function mutatedModules(root: URL): UseMutated {
  const active = new Map<string, { mutation: Mutation; isApplied: boolean }>();
  const inside = (url: string) => url.startsWith(root.href) && !url.includes('/node_modules/');
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const id = context.parentURL && new URL(context.parentURL).searchParams.get(mark);
      return id && inside(resolved.url) ? { ...resolved, url: withMark(resolved.url, id) } : resolved;
    },
    load(url, context, next) {
      const loaded = next(url, context);
      const one = url.startsWith('file:') ? active.get(new URL(url).searchParams.get(mark) ?? '') : undefined;
      if (!one || fileURLToPath(withoutQuery(url)) !== fileURLToPath(new URL(one.mutation.file, root))) return loaded;
      const text = sourceText(loaded.source);
      const found = text.split(one.mutation.find).length - 1;
      if (found !== 1) throw new Error(`«${one.mutation.find}» sale ${found} veces en ${one.mutation.file}: la mutación ${one.mutation.id} ya no vale.`);
      one.isApplied = true;
      return { ...loaded, source: text.replace(one.mutation.find, () => one.mutation.replace) };
    },
  });
  return async (path, mutation, use) => {
    const one = { mutation, isApplied: false };
    active.set(mutation.id, one);
    const result = await use(await import(withMark(new URL(path, root).href, mutation.id)));
    if (!one.isApplied) throw new Error(`Nadie carga ${mutation.file}: la mutación ${mutation.id} no rompe nada.`);
    return result;
  };
}

const withMark = (url: string, id: string): string => {
  const marked = new URL(url);
  marked.searchParams.set(mark, id);
  return marked.href;
};

const withoutQuery = (url: string): string => url.split('?')[0] ?? url;

const sourceText = (source: unknown): string => (typeof source === 'string' ? source : new TextDecoder().decode(source as Uint8Array));
