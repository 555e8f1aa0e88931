import { createHash } from 'node:crypto';
import path from 'node:path';
import { runFolder } from '../state.ts';

/** Dónde vive cada cosa de un clúster en marcha. Todo está dentro de una carpeta que `down` borra entera. */
export interface Folders {
  /** Donde vive. Los sockets tienen su ruta, y Linux no admite rutas de socket de más de 107 letras. */
  run: string;
  pki: string;
  config: string;
  logs: string;
  nodes: string;
  /** Carpeta de cgroup, relativa a la raíz: distinta para cada caché, por si hay dos talleres. */
  cgroup: string;
}

export function foldersOf(cacheDir: string): Folders {
  const run = runFolder(cacheDir);
  const id = createHash('sha256').update(run).digest('hex').slice(0, 8);
  return {
    run,
    pki: path.join(run, 'pki'),
    config: path.join(run, 'config'),
    logs: path.join(run, 'registros'),
    nodes: path.join(run, 'nodos'),
    cgroup: `/bitacora-${id}`,
  };
}

export const controlSocket = ({ run }: Folders): string => path.join(run, 'control.sock');

/** El de salida es el más largo de los dos. */
export const longestSocket = ({ run }: Folders): string => path.join(run, 'control.sock');
