import { createVolume, type Volume } from './volume.ts';

export interface Mount {
  /** Ruta absoluta en el contenedor. */
  path: string;
  volume: Volume;
  /** Parte del volumen que se monta; vacío, entero. */
  subPath: string;
  isReadOnly: boolean;
}

const reasons = {
  ENOENT: 'no such file or directory',
  EISDIR: 'illegal operation on a directory',
  ENOTDIR: 'not a directory',
  EEXIST: 'file already exists',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
  ENOTEMPTY: 'directory not empty',
  EIO: 'i/o error',
} as const;

/** Un error del sistema de archivos con el código que vería el programa. */
export class FileError extends Error {
  readonly code: keyof typeof reasons;
  readonly path: string;

  constructor(code: keyof typeof reasons, path: string) {
    super(reasons[code]);
    this.name = 'FileError';
    this.code = code;
    this.path = path;
  }
}

/** Lo que ve un contenedor: su propia capa de escritura y lo que tiene montado encima. Rutas absolutas. */
export interface FileSystem {
  read(path: string): string;
  write(path: string, content: string): void;
  append(path: string, content: string): void;
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
  makeDirectory(path: string, isRecursive: boolean): void;
  remove(path: string, isRecursive: boolean): void;
  list(path: string): string[];
  onChange(listener: () => void): () => void;
}

interface Options {
  /** `readOnlyRootFilesystem`: solo se escribe en lo montado. */
  isReadOnly?: boolean;
  mounts: readonly Mount[];
  /** Archivos que trae la imagen. */
  image: Readonly<Record<string, string>>;
  /** Archivos que el kubelet pone en este contenedor. */
  files: Readonly<Record<string, string>>;
  /** Crecimiento de un volumen en memoria. Devuelve si cabe. */
  allocate(bytes: number): boolean;
}

const directories = [
  'bin',
  'dev',
  'etc',
  'home',
  'lib',
  'mnt',
  'opt',
  'proc',
  'root',
  'run',
  'sbin',
  'srv',
  'tmp',
  'usr/bin',
  'usr/share',
  'usr/local/bin',
  'var/lib',
  'var/log',
  'var/run',
];

export function createFileSystem({ mounts, image, files, allocate, isReadOnly = false }: Options): FileSystem {
  const ordered = [...mounts].sort((a, b) => b.path.length - a.path.length);
  let root: Mount | undefined;
  // La mayoría de los contenedores no toca su disco: la capa propia nace cuando hace falta.
  const rootMount = (): Mount => {
    if (!root) {
      const volume = createVolume({ base: baseOf(image) });
      for (const [path, content] of Object.entries(files)) volume.put(path.slice(1), content);
      for (const { path } of mounts) volume.makeDirectory(path.slice(1));
      root = { path: '', volume, subPath: '', isReadOnly };
    }
    return root;
  };
  const locate = (path: string): { mount: Mount; inside: string } => {
    const full = normalize(path);
    const mount = ordered.find((candidate) => full === candidate.path || full.startsWith(`${candidate.path}/`)) ?? rootMount();
    const rest = full.slice(mount.path.length + 1);
    return { mount, inside: [mount.subPath, rest].filter((part) => part !== '').join('/') };
  };
  const get = (path: string) => {
    const { mount, inside } = locate(path);
    return mount.volume.get(inside);
  };
  const writable = (path: string): { volume: Volume; inside: string } => {
    const { mount, inside } = locate(path);
    if (mount.isReadOnly || mount.volume.isReadOnly) throw new FileError('EROFS', path);
    return { volume: mount.volume, inside };
  };
  const store = (path: string, content: string) => {
    const { volume, inside } = writable(path);
    const before = volume.get(inside);
    if (before === null) throw new FileError('EISDIR', path);
    if (before === undefined) {
      const parent = get(normalize(path).replace(/\/[^/]*$/, '') || '/');
      if (parent === undefined) throw new FileError('ENOENT', path);
      if (parent !== null) throw new FileError('ENOTDIR', path);
    }
    const growth = content.length - (before?.length ?? 0);
    if (volume.size + growth > volume.limit) throw new FileError('ENOSPC', path);
    if (volume.isMemory && growth > 0 && !allocate(growth)) return;
    volume.put(inside, content);
  };
  const isNull = (path: string) => normalize(path) === '/dev/null';

  return {
    read(path) {
      if (isNull(path)) return '';
      const content = get(path);
      if (content === undefined) throw new FileError('ENOENT', path);
      if (content === null) throw new FileError('EISDIR', path);
      return content;
    },
    write(path, content) {
      if (!isNull(path)) store(path, content);
    },
    append(path, content) {
      if (!isNull(path)) store(path, `${get(path) ?? ''}${content}`);
    },
    exists: (path) => isNull(path) || get(path) !== undefined,
    isDirectory: (path) => get(path) === null,
    makeDirectory(path, isRecursive) {
      const found = get(path);
      if (found !== undefined) {
        if (isRecursive && found === null) return;
        throw new FileError('EEXIST', path);
      }
      if (!isRecursive && get(normalize(path).replace(/\/[^/]*$/, '') || '/') === undefined) throw new FileError('ENOENT', path);
      const { volume, inside } = writable(path);
      volume.makeDirectory(inside);
    },
    remove(path, isRecursive) {
      const found = get(path);
      if (found === undefined) throw new FileError('ENOENT', path);
      const { volume, inside } = writable(path);
      if (found === null && !isRecursive) throw new FileError(volume.names(inside).length > 0 ? 'ENOTEMPTY' : 'EISDIR', path);
      volume.remove(inside);
    },
    list(path) {
      const content = get(path);
      if (content === undefined) throw new FileError('ENOENT', path);
      if (content !== null) throw new FileError('ENOTDIR', path);
      const { mount, inside } = locate(path);
      return mount.volume.names(inside);
    },
    onChange(listener) {
      const stops = [rootMount(), ...mounts].map(({ volume }) => volume.onChange(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

const bases = new WeakMap<object, ReadonlyMap<string, string | null>>();

/** La capa de una imagen, común a todos sus contenedores. */
function baseOf(image: Readonly<Record<string, string>>): ReadonlyMap<string, string | null> {
  const known = bases.get(image);
  if (known) return known;
  const base = new Map<string, string | null>();
  const addDirectory = (path: string) => {
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) base.set(path.slice(0, slash), null);
    base.set(path, null);
  };
  for (const directory of directories) addDirectory(directory);
  for (const [path, content] of Object.entries(image)) {
    addDirectory(path.slice(1, path.lastIndexOf('/')));
    base.set(path.slice(1), content);
  }
  bases.set(image, base);
  return base;
}

/** Ruta absoluta sin `.`, `..` ni barras repetidas; la raíz es la cadena vacía. */
export function normalize(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.map((part) => `/${part}`).join('');
}

/** Completa una ruta relativa con el directorio de trabajo. */
export const absolute = (path: string, workingDirectory: string): string => (path.startsWith('/') ? path : `${workingDirectory}/${path}`);
