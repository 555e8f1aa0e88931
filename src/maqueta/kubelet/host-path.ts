import { FileError, normalize } from '../programs/file-system.ts';
import type { Volume } from '../programs/volume.ts';
import type { HostPathVolumeSource } from '../schema/types.generated.ts';
import { within } from './host-files.ts';

const wanted: Readonly<Record<string, string>> = {
  Directory: 'directory',
  DirectoryOrCreate: 'directory',
  File: 'file',
  FileOrCreate: 'file',
  Socket: 'socket file',
  CharDevice: 'character device',
  BlockDevice: 'block device',
};

/** Lo que un Pod ve de su nodo por `hostPath`, o por qué no puede verlo. */
// Sigue a kubernetes: pkg/volume/hostpath/host_path.go (checkTypeInternal).
export function mountHostPath(files: Volume, { path, type = '' }: HostPathVolumeSource): Volume | string {
  const root = normalize(path).slice(1);
  // Sin tipo el kubelet no mira nada, y quien arranca el contenedor crea el directorio que falte.
  const mayCreate = type === '' || type === 'DirectoryOrCreate';
  if (files.get(root) === undefined) {
    try {
      if (mayCreate) files.makeDirectory(root);
      else if (type === 'FileOrCreate') files.put(root, '');
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return `mkdir ${path}: no such file or directory`;
    }
  }
  const expected = wanted[type];
  if (expected === undefined) return type === '' ? within(files, root) : `${type} is an invalid volume type`;
  const found = files.get(root);
  if (found === undefined) return `hostPath type check failed, ${path} is not a ${expected}, unable to determine its type: path "${path}" does not exist`;
  const is = found === null ? 'directory' : 'file';
  return is === expected ? within(files, root) : `hostPath type check failed: ${path} is not a ${expected}, it's a ${is === 'file' ? 'File' : 'Directory'}`;
}
