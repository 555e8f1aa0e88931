import { createVolume, type Volume as Files } from '../programs/volume.ts';
import { parseQuantity } from '../quantity.ts';
import type {
  ConfigMap,
  DownwardAPIVolumeFile,
  KeyToPath,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Secret,
  Volume,
} from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { ConfigError } from './config-error.ts';
import { mountHostPath } from './host-path.ts';
import { fieldValue, resourceValue } from './references.ts';

/** Lo que falta para montar un volumen. Con `message`, el kubelet lo cuenta en un suceso `FailedMount`. */
export interface MountProblem {
  volume: string;
  message: string | undefined;
}

/** Discos que sobreviven a los Pods: el contenido de cada PersistentVolume y el árbol de archivos de cada máquina. */
export interface Disks {
  persistent(volume: PersistentVolume): Files;
  forget(volume: PersistentVolume): void;
  host(node: string): Files;
}

export function createDisks(host: (node: string) => Files): Disks {
  const persistent = new Map<string, Files>();
  const get = (map: Map<string, Files>, key: string): Files => {
    let found = map.get(key);
    if (!found) map.set(key, (found = createVolume()));
    return found;
  };
  return {
    persistent: (volume) => get(persistent, volume.metadata.uid ?? ''),
    forget: (volume) => void persistent.delete(volume.metadata.uid ?? ''),
    host,
  };
}

/** El contenido de un volumen del Pod, o lo que falta para tenerlo. */
export function mountVolume(world: World, disks: Disks, pod: Pod, volume: Volume, node: string): Files | MountProblem {
  const { store } = world;
  const namespace = pod.metadata.namespace ?? '';
  const failed = (message: string | undefined): MountProblem => ({
    volume: volume.name,
    message: message && `MountVolume.SetUp failed for volume "${volume.name}" : ${message}`,
  });
  if (volume.emptyDir) {
    const limit = volume.emptyDir.sizeLimit ? parseQuantity(volume.emptyDir.sizeLimit) : Number.POSITIVE_INFINITY;
    const isMemory = volume.emptyDir.medium === 'Memory';
    return createVolume({ isMemory, ...(isMemory ? { limit } : {}) });
  }
  if (volume.hostPath) {
    const found = mountHostPath(disks.host(node), volume.hostPath);
    return typeof found === 'string' ? failed(found) : found;
  }
  if (volume.persistentVolumeClaim) {
    const claim = store.collection<PersistentVolumeClaim>('persistentvolumeclaims').get(namespace, volume.persistentVolumeClaim.claimName);
    const bound = claim?.status?.phase === 'Bound' ? store.collection<PersistentVolume>('persistentvolumes').get('', claim.spec?.volumeName ?? '') : undefined;
    return bound ? disks.persistent(bound) : failed(undefined);
  }
  const files = createVolume({ isReadOnly: true });
  try {
    const problem = fill(world, pod, volume, files);
    return problem === undefined ? files : failed(problem);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return failed(error.message);
  }
}

/** Volumen cuyo contenido viene de la API y puede cambiar con el Pod en marcha. */
export const isFromApi = ({ configMap, secret, projected, downwardAPI }: Volume): boolean => Boolean(configMap ?? secret ?? projected ?? downwardAPI);

/** Pone en `files` lo que dicen ahora la ConfigMap, el Secret o el propio Pod. Devuelve qué falta, si falta algo. */
export function fill(world: World, pod: Pod, volume: Volume, files: Files): string | undefined {
  const contents = new Map<string, string>();
  const sources = volume.projected?.sources ?? [
    {
      ...(volume.configMap ? { configMap: volume.configMap } : {}),
      ...(volume.secret ? { secret: { ...volume.secret, ...(volume.secret.secretName ? { name: volume.secret.secretName } : {}) } } : {}),
      ...(volume.downwardAPI ? { downwardAPI: volume.downwardAPI } : {}),
    },
  ];
  for (const { configMap, secret, downwardAPI, serviceAccountToken } of sources) {
    const problem =
      (configMap && addKeys(world, pod, 'configmap', configMap, contents)) ??
      (secret && addKeys(world, pod, 'secret', secret, contents)) ??
      (downwardAPI && addFields(world, pod, downwardAPI.items ?? [], contents));
    if (problem) return problem;
    if (serviceAccountToken) contents.set(serviceAccountToken.path, `maqueta:${pod.spec?.serviceAccountName ?? 'default'}`);
  }
  for (const name of files.names('')) if (![...contents.keys()].some((path) => path === name || path.startsWith(`${name}/`))) files.remove(name);
  for (const [path, content] of contents) if (files.get(path) !== content) files.put(path, content);
  return undefined;
}

function addKeys(
  { store }: World,
  pod: Pod,
  kind: 'configmap' | 'secret',
  source: { name?: string; items?: KeyToPath[]; optional?: boolean },
  contents: Map<string, string>,
): string | undefined {
  const name = source.name ?? '';
  const object = store.collection<ConfigMap | Secret>(`${kind}s`).get(pod.metadata.namespace ?? '', name);
  if (!object) return source.optional ? undefined : `${kind} "${name}" not found`;
  const data: Record<string, string> = {};
  const encoded = kind === 'secret' ? object.data : (object as ConfigMap).binaryData;
  for (const [key, value] of Object.entries(encoded ?? {})) data[key] = new TextDecoder().decode(Uint8Array.from(atob(value), (char) => char.charCodeAt(0)));
  if (kind === 'configmap') Object.assign(data, object.data);
  if (!source.items) {
    for (const [key, value] of Object.entries(data)) contents.set(key, value);
    return undefined;
  }
  for (const { key, path } of source.items) {
    if (data[key] !== undefined) contents.set(path, data[key]);
    else if (!source.optional)
      return `${kind === 'configmap' ? 'configmap' : 'secret'} references non-existent ${kind === 'configmap' ? 'config' : 'secret'} key: ${key}`.replace(
        /^configmap |^secret /,
        '',
      );
  }
  return undefined;
}

function addFields({ store }: World, pod: Pod, items: readonly DownwardAPIVolumeFile[], contents: Map<string, string>): undefined {
  for (const { path, fieldRef, resourceFieldRef } of items) {
    if (fieldRef) contents.set(path, fieldValue(pod, fieldRef));
    const container = resourceFieldRef && pod.spec?.containers.find(({ name }) => name === resourceFieldRef.containerName);
    if (resourceFieldRef && container)
      contents.set(path, resourceValue(container, store.collection<Node>('nodes').get('', pod.spec?.nodeName ?? ''), resourceFieldRef));
  }
  return undefined;
}
