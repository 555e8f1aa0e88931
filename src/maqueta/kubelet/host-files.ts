import { FileError } from '../programs/file-system.ts';
import { createVolume, type Volume } from '../programs/volume.ts';

/** Lo que el núcleo y el kubelet de una máquina escriben en ella sobre la marcha: se calcula al leerlo. */
export interface LiveFiles {
  /** Rutas sin barra inicial y su contenido de ahora. */
  list(): ReadonlyMap<string, () => string>;
}

/** Directorios de los que manda el núcleo: ahí nadie crea ni borra nada. */
const kernel = 'proc';

const directories = ['etc', 'home', 'mnt', 'opt', 'proc', 'root', 'run', 'srv', 'sys', 'tmp', 'usr', 'var/lib/kubelet', 'var/log/pods'];

/** El árbol de archivos de una máquina: su disco y, encima, lo vivo. Es lo que un `hostPath` monta. */
export function createHostFiles(live: LiveFiles): Volume {
  const disk = createVolume();
  for (const directory of directories) disk.makeDirectory(directory);

  const isLiveDirectory = (path: string) => [...live.list().keys()].some((name) => name.startsWith(`${path}/`));
  const get = (path: string): string | null | undefined => {
    const read = live.list().get(path);
    if (read) return read();
    const kept = disk.get(path);
    return kept === undefined && isLiveDirectory(path) ? null : kept;
  };
  const mayChange = (path: string) => {
    if (path === kernel || path.startsWith(`${kernel}/`)) throw new FileError('EIO', `/${path}`);
  };

  return {
    get,
    put(path, content) {
      mayChange(path);
      disk.put(path, content);
    },
    makeDirectory(path) {
      mayChange(path);
      disk.makeDirectory(path);
    },
    remove(path) {
      mayChange(path);
      disk.remove(path);
    },
    names(path) {
      const prefix = path === '' ? '' : `${path}/`;
      const alive = [...live.list().keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length).split('/', 1)[0] as string);
      return [...new Set([...disk.names(path), ...alive])].sort();
    },
    get size() {
      return disk.size;
    },
    isReadOnly: false,
    isMemory: false,
    limit: Number.POSITIVE_INFINITY,
    onChange: disk.onChange,
  };
}

/** Una parte de un árbol, vista como si fuera entera: lo que cuelga de `root`, o el archivo `root`. */
export function within(files: Volume, root: string): Volume {
  if (root === '') return files;
  const full = (path: string) => (path === '' ? root : `${root}/${path}`);
  return {
    get: (path) => files.get(full(path)),
    put: (path, content) => files.put(full(path), content),
    makeDirectory: (path) => files.makeDirectory(full(path)),
    remove: (path) => files.remove(full(path)),
    names: (path) => files.names(full(path)),
    get size() {
      return files.size;
    },
    isReadOnly: files.isReadOnly,
    isMemory: files.isMemory,
    limit: files.limit,
    onChange: files.onChange,
  };
}
