import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { LabError } from '../engine/lab-error.ts';

/** Un contexto con su clúster y su usuario, tal cual están escritos. Todavía no se ha juzgado: no te conectes con él. */
export interface WrittenContext {
  name: string;
  cluster: Record<string, unknown>;
  user: Record<string, unknown>;
}

export interface KubeconfigPlace {
  /** Valor de la variable KUBECONFIG. */
  KUBECONFIG: string | undefined;
  home: string;
}

/** Varios archivos en KUBECONFIG se suman, como en kubectl; sin la variable, `~/.kube/config`. */
export const kubeconfigFiles = ({ KUBECONFIG, home }: KubeconfigPlace): string[] => {
  const listed = (KUBECONFIG ?? '').split(path.delimiter).filter(Boolean);
  return listed.length > 0 ? listed : [path.join(home, '.kube', 'config')];
};

/**
 * Busca un contexto por su nombre. `current-context` ni se lee. Un archivo que no existe se salta, y el primero que
 * da un nombre gana, como en kubectl. Aquí no se ejecuta nada ni se abre ninguna conexión.
 * @returns `undefined` si ningún archivo lo tiene.
 */
export async function findContext(name: string, place: KubeconfigPlace): Promise<WrittenContext | undefined> {
  const files = await Promise.all(kubeconfigFiles(place).map(readKubeconfig));
  const find = (list: 'contexts' | 'clusters' | 'users', entry: unknown) => {
    for (const file of files) {
      const found = file.entries(list).find((one) => one.name === entry);
      if (found) return { found, folder: file.folder, file: file.name };
    }
    return undefined;
  };
  const context = find('contexts', name);
  if (!context) return undefined;
  const pointed = recordOf(context.found.context);
  const cluster = find('clusters', pointed.cluster);
  const user = find('users', pointed.user);
  if (!cluster || !user) {
    const missing = cluster ? `el usuario «${pointed.user}»` : `el clúster «${pointed.cluster}»`;
    throw new LabError(`El contexto «${name}» nombra ${missing}, que no está en tu kubeconfig.`, { code: 'ENVIRONMENT', where: context.file });
  }
  return { name, cluster: absolute(recordOf(cluster.found.cluster), cluster.folder), user: absolute(recordOf(user.found.user), user.folder) };
}

interface Kubeconfig {
  name: string;
  folder: string;
  entries(list: 'contexts' | 'clusters' | 'users'): Record<string, unknown>[];
}

async function readKubeconfig(file: string): Promise<Kubeconfig> {
  const fail = (why: string, cause?: unknown) => new LabError(`Tu kubeconfig no se puede leer: ${why}.`, { code: 'ENVIRONMENT', where: file, cause });
  const empty: Kubeconfig = { name: file, folder: path.dirname(file), entries: () => [] };
  let text: string;
  try {
    // stat sigue los enlaces. Una tubería o un dispositivo podrían no acabar nunca de leerse.
    if (!(await stat(file)).isFile()) throw fail('no es un archivo');
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof LabError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return empty;
    throw fail(code === 'EACCES' ? 'faltan permisos' : code === 'ELOOP' ? 'sus enlaces simbólicos se muerden la cola' : String(code), error);
  }
  let content: unknown;
  try {
    content = parse(text, { logLevel: 'error' });
  } catch (error) {
    throw fail('el YAML está roto', error);
  }
  if (content === null || content === undefined) return empty;
  if (typeof content !== 'object') throw fail('no es un kubeconfig');
  return {
    ...empty,
    entries(list) {
      const items = (content as Record<string, unknown>)[list];
      return Array.isArray(items) ? items.map(recordOf) : [];
    },
  };
}

const recordOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** Las rutas se entienden desde la carpeta del archivo que las escribe. */
function absolute(entry: Record<string, unknown>, folder: string): Record<string, unknown> {
  const resolved = { ...entry };
  for (const field of ['certificate-authority', 'client-certificate', 'client-key']) {
    const value = resolved[field];
    if (typeof value === 'string' && value !== '') resolved[field] = path.resolve(folder, value);
  }
  return resolved;
}
