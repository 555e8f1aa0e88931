import type { KubeConfig } from '@kubernetes/client-node';
import type { Clock, ClusterPort, KubeObject, ObjectQuery, Target } from '../engine/ports.ts';
import { createActions } from './actions.ts';
import { createDiscovery } from './discovery.ts';
import { ApiFailure, toLabError } from './errors.ts';
import { follow } from './follow.ts';
import type { FollowProgress } from './follow-progress.ts';
import { type NodePower, withoutPower } from './node-power.ts';
import { normalize } from './normalize.ts';
import { pause as realPause } from './real-clock.ts';
import { createRest, type Rest } from './rest.ts';

export interface KubeTargetOptions {
  config: KubeConfig;
  id: Target['id'];
  title: string;
  clock: Clock;
  kubectlArguments: readonly string[];
  /** Quien necesite saber hasta dónde han visto los watch: el reloj de la maqueta. */
  progress?: FollowProgress;
  /** Milisegundos de silencio antes de reabrir un watch. */
  silence?: number;
  pause?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Cómo se apagan y se encienden sus nodos, si se sabe. */
  power?: NodePower;
  /** Cuando nadie contesta: puede lanzar un `LabError` que lo explique mejor que la red. */
  onSilence?: () => Promise<void>;
  /** Lo que haya que cerrar además de las conexiones. */
  onClose?: () => Promise<void>;
}

/** El único adaptador: minikube, la maqueta y el taller se distinguen por su KubeConfig y su reloj. */
export async function openKubeTarget({
  config,
  id,
  title,
  clock,
  kubectlArguments,
  progress,
  silence = 30_000,
  pause = realPause,
  power,
  onSilence,
  onClose,
}: KubeTargetOptions): Promise<Target> {
  const rest = await createRest(config, onSilence ? { onSilence } : {});
  const discovery = createDiscovery(rest);
  const closing = new AbortController();
  let serverVersion: string;
  try {
    // Primer contacto: no se reintenta. Si no contesta, quien llama lo explica (salida 3).
    serverVersion = (await rest.json<{ gitVersion: string }>({ path: '/version' })).gitVersion;
  } catch (error) {
    rest.close();
    throw toLabError(error, `hablar con ${title}`);
  }
  return {
    id,
    title,
    serverVersion,
    cluster: createCluster({ rest, discovery, pause, silence, closing: closing.signal, ...(progress ? { progress } : {}) }),
    actions: createActions({ rest, discovery, pause, power: power ?? withoutPower(title) }),
    clock,
    hasPower: power !== undefined,
    kubectlArguments,
    async close() {
      closing.abort();
      rest.close();
      await onClose?.();
    },
  };
}

interface ClusterOptions {
  rest: Rest;
  discovery: ReturnType<typeof createDiscovery>;
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  silence: number;
  closing: AbortSignal;
  progress?: FollowProgress;
}

function createCluster({ rest, discovery, pause, silence, closing, progress }: ClusterOptions): ClusterPort {
  /** Lo que había en las últimas listas: un watch abierto desde una de ellas puede sobrevivir a un 410 sin perder nada. */
  const lists = new Map<string, readonly KubeObject[]>();
  const keyOf = (query: ObjectQuery, version: string) => JSON.stringify([query.apiVersion, query.kind, query.namespace, query.labels, query.fields, version]);

  return {
    async get(kind, namespace, name) {
      const path = await located(() => discovery.pathOf(kind, namespace, name), kind.kind);
      try {
        return normalize(kind, await rest.json<KubeObject>({ path }));
      } catch (error) {
        if (error instanceof ApiFailure && error.code === 404) return undefined;
        throw toLabError(error, `leer ${kind.kind} ${name}`);
      }
    },

    async list(query) {
      const path = await located(() => discovery.pathOf(query, query.namespace), query.kind);
      try {
        const list = await rest.json<{ items: KubeObject[] | null; metadata: { resourceVersion: string } }>({
          path,
          query: { labelSelector: query.labels, fieldSelector: query.fields },
        });
        const items = (list.items ?? []).map((item) => normalize(query, item));
        const { resourceVersion } = list.metadata;
        lists.set(keyOf(query, resourceVersion), items);
        if (lists.size > 32) lists.delete(lists.keys().next().value ?? '');
        return { items, resourceVersion };
      } catch (error) {
        throw toLabError(error, `leer ${query.kind}`);
      }
    },

    async *watch(query, from, signal) {
      const progressHere = progress?.open();
      progressHere?.saw(from);
      try {
        const path = await located(() => discovery.pathOf(query, query.namespace), query.kind);
        yield* follow({
          rest,
          path,
          query,
          from,
          known: lists.get(keyOf(query, from)),
          signal: AbortSignal.any([signal, closing]),
          pause,
          silence,
          onSeen: (version) => progressHere?.saw(version),
        });
      } finally {
        progressHere?.close();
      }
    },
  };
}

async function located<T>(locate: () => Promise<T>, kind: string): Promise<T> {
  try {
    return await locate();
  } catch (error) {
    throw toLabError(error, `leer ${kind}`);
  }
}
