import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import { type Folders, longestSocket } from './folders.ts';

/** La máquina, para poder probar sin ser root ni estar en Linux. */
export interface Machine {
  platform: string;
  uid: number | undefined;
  hasProgram(name: string): boolean;
}

/** Programa → paquete de Debian que lo trae. */
const programs: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  mount: 'mount',
  iptables: 'iptables',
  nft: 'nftables',
  conntrack: 'conntrack',
};

/** Lo que hace falta para levantar el clúster. Compilar y hacer imágenes piden lo suyo aparte. */
export function preflight({ platform, uid, hasProgram }: Machine, folders: Folders): void {
  if (platform !== 'linux') {
    throw new LabError(`El taller necesita Linux: crea espacios de nombres del núcleo. Esto es ${platform}.`, {
      code: 'ENVIRONMENT',
      fix: 'npm run -s lab 04 maqueta',
    });
  }
  if (uid !== 0) {
    throw new LabError('El taller necesita ser root: crea redes y montajes, siempre en espacios propios.', { code: 'ENVIRONMENT', fix: 'sudo npm run taller' });
  }
  const missing = Object.keys(programs).filter((name) => !hasProgram(name));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map((name) => programs[name]))];
    throw new LabError(`Faltan programas del sistema: ${missing.join(', ')}.`, {
      code: 'ENVIRONMENT',
      fix: `apt-get install --no-install-recommends ${packages.join(' ')}`,
    });
  }
  const socket = longestSocket(folders);
  // sun_path tiene 108 bytes y el último es el cero.
  if (Buffer.byteLength(socket) > 107) {
    throw new LabError(`La carpeta de la caché tiene una ruta demasiado larga para un socket: ${folders.run}`, {
      code: 'ENVIRONMENT',
      fix: 'XDG_CACHE_HOME=/var/cache npm run taller',
    });
  }
}

export const thisMachine = (env: Readonly<Record<string, string | undefined>>): Machine => ({
  platform: process.platform,
  uid: process.getuid?.(),
  hasProgram: (name) => [...(env.PATH ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/bin', '/bin'].some((folder) => canRun(path.join(folder, name))),
});

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
