import { type FileSystem, type Mount, normalize } from '../programs/file-system.ts';
import type { Binary, Image } from '../programs/program.ts';
import { findBinary } from '../programs/shell/shell.ts';
import type { Volume as Files } from '../programs/volume.ts';
import type { Container, Pod } from '../schema/types.generated.ts';
import { ConfigError } from './config-error.ts';
import type { ContainerLog } from './container-log.ts';
import { expandVariables } from './environment.ts';

/** Lo que un contenedor tiene antes de su primer proceso: nombre, orden, volúmenes. */

export const hostnameOf = ({ spec, metadata }: Pod, node: string): string => (spec?.hostNetwork ? node : (spec?.hostname ?? metadata.name ?? '').slice(0, 63));

export const resolveBinary = (image: Image, name: string): Binary | undefined => image.binaries[name] ?? findBinary(image, name);

export const notFound = (name: string): string => (name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH');

export function mountsOf(spec: Container, volume: (name: string) => Files | undefined, expand: (text: string) => string): Mount[] {
  return (spec.volumeMounts ?? []).map(({ name, mountPath, subPath, subPathExpr, readOnly }) => {
    const files = volume(name);
    if (!files) throw new ConfigError(`cannot find volume "${name}" to mount into container "${spec.name}"`);
    const inside = normalize(subPathExpr ? expand(subPathExpr) : (subPath ?? '')).slice(1);
    if (inside && files.get(inside) === undefined && !files.isReadOnly) files.makeDirectory(inside);
    return { path: normalize(mountPath), volume: files, subPath: inside, isReadOnly: readOnly === true };
  });
}

/** Huella inventada y estable: la maqueta no tiene capas que resumir. */
export function digest(text: string): string {
  let out = '';
  for (let round = 0; out.length < 64; round++) {
    let value = 0x811c9dc5 ^ round;
    for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    out += (value >>> 0).toString(16).padStart(8, '0');
  }
  return out;
}

/** La orden completa: `command` y `args` sustituyen a lo que trae la imagen, con sus `$(VAR)`. */
export function commandOf(spec: Container, image: Image, env: Readonly<Record<string, string>>): string[] {
  const expand = (text: string) => expandVariables(text, (name) => env[name]);
  // Una lista vacía es como no decir nada. Sigue a containerd: internal/cri/opts/spec_opts.go (WithProcessArgs).
  const [command, args] = [spec.command ?? [], spec.args ?? []].map((words) => words.map(expand)) as [string[], string[]];
  return [...(command.length > 0 ? command : image.entrypoint), ...(args.length > 0 ? args : command.length > 0 ? [] : image.command)];
}

/** Lo que el proceso dejó dicho al morir, hasta 4096 bytes; o el final de su registro, si se pide así y acabó mal. */
// Sigue a kubernetes: pkg/kubelet/kuberuntime/kuberuntime_container.go (getTerminationMessage).
export function terminationMessage(spec: Container, files: FileSystem, log: ContainerLog, exitCode: number): string {
  const path = spec.terminationMessagePath ?? '/dev/termination-log';
  const message = files.exists(path) && !files.isDirectory(path) ? files.read(path).slice(0, 4096) : '';
  if (message || exitCode === 0 || spec.terminationMessagePolicy !== 'FallbackToLogsOnError') return message;
  return log.read({ tailLines: 80 }, 0).slice(-2048);
}
