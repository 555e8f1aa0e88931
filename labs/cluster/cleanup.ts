import { parseDuration } from '../engine/duration.ts';
import { Namespace, PersistentVolume, PersistentVolumeClaim } from '../engine/kinds.ts';
import type { ClusterPort, Duration, KubeObject, Target } from '../engine/ports.ts';
import { labNamespaces } from './status.ts';

/** Lo que no se ha ido, con su porqué si se sabe. */
export interface Leftover {
  kind: string;
  name: string;
  why: string;
}

export interface CleanupReport {
  /** Espacios borrados, con sus PVC: `lab-04-7x2k`. */
  namespaces: string[];
  claims: string[];
  /** Volúmenes que su aprovisionador no borró y se han borrado aquí. */
  volumes: string[];
  /** Vacío: demostrado que no queda nada. */
  leftovers: Leftover[];
  /** Milisegundos del reloj del destino. */
  took: number;
}

export interface CleanupOptions {
  lab: string;
  signal: AbortSignal;
  /** Solo estos espacios. Sin decirlo, todos los del laboratorio, también los que dejó otra ejecución. */
  only?: readonly string[];
  within?: Duration;
}

/** Borra los espacios de un laboratorio, por su etiqueta y su UID, y no da nada por ido hasta que la API lo dice. */
export async function cleanUp({ cluster, actions, clock }: Target, { lab, signal, only, within = '3m' }: CleanupOptions): Promise<CleanupReport> {
  const start = clock.now();
  const limit = start + parseDuration(within);
  const spaces = await chosenSpaces(cluster, lab, only);
  const names = new Set(only ?? spaces.map((space) => space.metadata.name));
  const claims = (await Promise.all([...names].map(async (namespace) => (await cluster.list({ ...PersistentVolumeClaim, namespace })).items))).flat();
  for (const space of spaces) await actions.delete(space);

  const volumes: string[] = [];
  let leftovers: Leftover[];
  for (;;) {
    const { spacesLeft, volumesLeft } = await remaining(cluster, lab, names, only);
    // Ido su espacio, un volumen Released ya no lo borrará nadie: su aprovisionador lo conserva o lo ha olvidado.
    for (const volume of spacesLeft.length === 0 ? volumesLeft.filter((one) => one.status?.phase === 'Released' && !one.metadata.deletionTimestamp) : []) {
      if (clock.now() - start < grace && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') continue;
      await actions.delete(volume);
      volumes.push(volume.metadata.name);
    }
    // Lo que se acaba de mandar borrar cuenta como resto hasta que una lectura diga que no está.
    leftovers = [...spacesLeft.map(leftoverSpace), ...volumesLeft.map(leftoverVolume)];
    if (leftovers.length === 0 || clock.now() >= limit) break;
    await clock.sleep('500ms', signal);
  }
  return {
    namespaces: [...names],
    claims: claims.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    volumes,
    leftovers,
    took: clock.now() - start,
  };
}

/** Lo que se deja al aprovisionador para borrar él lo suyo. */
const grace = 20_000;

const chosenSpaces = async (cluster: ClusterPort, lab: string, only: readonly string[] | undefined) =>
  (await labNamespaces(cluster, lab)).filter((space) => only === undefined || only.includes(space.metadata.name));

async function remaining(cluster: ClusterPort, lab: string, names: ReadonlySet<string>, only: readonly string[] | undefined) {
  const spacesLeft = await chosenSpaces(cluster, lab, only);
  const alive = new Set((await cluster.list(Namespace)).items.map((space) => space.metadata.name));
  // También los de una limpieza anterior que se cortó: el nombre del espacio es nuestro y el espacio ya no existe.
  const isOurs = (namespace: string) =>
    names.has(namespace) || (only === undefined && new RegExp(`^lab-${lab}-[a-z0-9]+$`).test(namespace) && !alive.has(namespace));
  const volumesLeft = (await cluster.list(PersistentVolume)).items.filter((volume) => isOurs(volume.spec?.claimRef?.namespace ?? ''));
  return { spacesLeft, volumesLeft };
}

function leftoverSpace(space: KubeObject): Leftover {
  // El propio clúster dice qué lo retiene: contenido o finalizers.
  const conditions = (space.status?.conditions ?? []) as { type: string; status: string; message?: string }[];
  const stuck = conditions.filter(({ type, status }) => status === 'True' && /Remaining|Failure/.test(type)).map(({ message = '' }) => message);
  return { kind: 'Namespace', name: space.metadata.name, why: stuck.join(' ') || 'aún se está yendo' };
}

function leftoverVolume(volume: KubeObject): Leftover {
  const finalizers = volume.metadata.finalizers ?? [];
  return {
    kind: 'PersistentVolume',
    name: volume.metadata.name,
    why:
      volume.metadata.deletionTimestamp && finalizers.length > 0
        ? `lo retienen sus finalizers: ${finalizers.join(', ')}`
        : (volume.status?.phase ?? 'sin estado'),
  };
}
