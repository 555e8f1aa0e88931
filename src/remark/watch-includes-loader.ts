import { join } from 'node:path';
import { includedFiles } from './include.ts';

interface LoaderContext {
  addDependency(file: string): void;
  getOptions(): { root: string };
}

/**
 * Antes de leer un .mdx, avisa al empaquetador de los archivos que incluye: al cambiar el YAML se rehace la página,
 * y la caché de `npm run build` no enseña uno viejo. Un complemento remark no puede hacerlo: no ve al empaquetador.
 */
export default function watchIncludes(this: LoaderContext, source: string): string {
  for (const file of includedFiles(source)) this.addDependency(join(this.getOptions().root, file));
  return source;
}
