/** Un árbol de archivos: un volumen, o la capa de escritura de un contenedor. Las rutas son relativas y sin barra inicial. */
export interface Volume {
  /** Contenido de un archivo, `null` si es un directorio, `undefined` si no está. */
  get(path: string): string | null | undefined;
  /** Crea o reemplaza un archivo, con los directorios que le falten. */
  put(path: string, content: string): void;
  makeDirectory(path: string): void;
  remove(path: string): void;
  /** Nombres que cuelgan directamente de un directorio. */
  names(path: string): string[];
  readonly size: number;
  readonly isReadOnly: boolean;
  /** tmpfs: lo escrito cuenta como memoria. */
  readonly isMemory: boolean;
  /** Bytes que admite. */
  readonly limit: number;
  onChange(listener: () => void): () => void;
}

interface VolumeOptions {
  /** Contenido de partida, compartido y que no se toca: lo que trae una imagen. */
  base?: ReadonlyMap<string, string | null>;
  isReadOnly?: boolean;
  isMemory?: boolean;
  limit?: number;
}

export function createVolume({ base, isReadOnly = false, isMemory = false, limit = Number.POSITIVE_INFINITY }: VolumeOptions = {}): Volume {
  /** `undefined` tapa lo borrado de la base. */
  const entries = new Map<string, string | null | undefined>();
  const listeners = new Set<() => void>();
  let size = 0;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const get = (path: string) => (path === '' ? null : entries.has(path) ? entries.get(path) : base?.get(path));
  const allNames = () => [...new Set([...(base?.keys() ?? []), ...entries.keys()])].filter((name) => get(name) !== undefined);
  const makeDirectory = (path: string) => {
    if (get(path) === null) return;
    const slash = path.lastIndexOf('/');
    if (slash > 0) makeDirectory(path.slice(0, slash));
    entries.set(path, null);
  };
  return {
    get,
    put(path, content) {
      const slash = path.lastIndexOf('/');
      if (slash > 0) makeDirectory(path.slice(0, slash));
      size += content.length - (get(path)?.length ?? 0);
      entries.set(path, content);
      changed();
    },
    makeDirectory(path) {
      makeDirectory(path);
      changed();
    },
    remove(path) {
      for (const name of allNames()) {
        if (name !== path && !name.startsWith(`${path}/`)) continue;
        size -= get(name)?.length ?? 0;
        if (base?.has(name)) entries.set(name, undefined);
        else entries.delete(name);
      }
      changed();
    },
    names(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const found = new Set<string>();
      for (const name of allNames()) if (name.startsWith(prefix)) found.add(name.slice(prefix.length).split('/', 1)[0] as string);
      found.delete('');
      return [...found].sort();
    },
    get size() {
      return size;
    },
    isReadOnly,
    isMemory,
    limit,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
