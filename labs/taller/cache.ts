import { homedir } from 'node:os';
import path from 'node:path';

/** Carpeta de caché del taller: `$XDG_CACHE_HOME/bitacora/taller` o `~/.cache/bitacora/taller`. */
export const tallerCache = (env: Readonly<Record<string, string | undefined>>): string =>
  path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'bitacora', 'taller');
