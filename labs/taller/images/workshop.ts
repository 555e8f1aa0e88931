import type { Debian } from './debian/debian.ts';
import type { Versions } from './recipe.ts';

/** Con qué se trabaja mientras se hacen imágenes. */
export interface Workshop {
  /** `<caché>/imagenes`: capas y almacenes ya hechos. */
  folder: string;
  /** Carpeta propia de esta ejecución; se borra al acabar, y la siguiente borra las de quien murió. */
  scratch: string;
  binaries: { folder: string; versions: Versions };
  debian: Debian;
  signal: AbortSignal;
}

/** Una capa en la caché. */
export interface StoredLayer {
  /** El tar, sin comprimir. */
  file: string;
  sha256: string;
  bytes: number;
  versions: Versions;
}
