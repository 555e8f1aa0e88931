import { LabError } from '../engine/lab-error.ts';
import type { KubeObject, ObjectEvent, ObjectQuery } from '../engine/ports.ts';
import { ApiFailure, explain, toLabError } from './errors.ts';
import { normalize } from './normalize.ts';
import type { Rest } from './rest.ts';
import { GarbledLine, type WatchLine, watchLines } from './watch-lines.ts';

export interface FollowOptions {
  rest: Rest;
  path: string;
  query: ObjectQuery;
  /** Versión desde la que contar. */
  from: string;
  /** Lo que había en esa versión; sin ello, un 410 no se puede salvar sin perder sucesos. */
  known: readonly KubeObject[] | undefined;
  signal: AbortSignal;
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Milisegundos sin un solo byte antes de reabrir. */
  silence: number;
  /** Última versión hasta la que quien consume ya lo ha visto todo. */
  onSeen(resourceVersion: string): void;
}

const shortestPause = 100;
const longestPause = 5000;
/** Fallos seguidos sin avanzar antes de rendirse: con pausas crecientes, alrededor de medio minuto. */
const maxTroubles = 12;

/**
 * Cambios desde `from`, sin perder ni repetir ninguno: sigue desde el último visto cuando el servidor corta o calla,
 * y tras un 410 vuelve a listar y cuenta la diferencia por UID (mismo nombre y otro UID: un borrado y un alta).
 */
export async function* follow({ rest, path, query, from: start, known: initial, signal, pause, silence, onSeen }: FollowOptions): AsyncGenerator<ObjectEvent> {
  const known = new Map((initial ?? []).map((object) => [object.metadata.uid, object]));
  const selection = { labelSelector: query.labels, fieldSelector: query.fields };
  let from = start;
  let hasExpired = false;
  let troubles = 0;
  let fruitless = 0;
  onSeen(from);

  /** Lo que este objeto cambia respecto de lo ya contado; nada si es una repetición. */
  const eventFor = (type: WatchLine['type'], object: KubeObject): ObjectEvent | undefined => {
    const { uid, resourceVersion } = object.metadata;
    const before = known.get(uid);
    if (type === 'DELETED') {
      if (!known.delete(uid) && initial) return undefined;
      return { type: 'deleted', object };
    }
    if (before?.metadata.resourceVersion === resourceVersion) return undefined;
    known.set(uid, object);
    return { type: before || (!initial && type === 'MODIFIED') ? 'modified' : 'added', object };
  };

  while (!signal.aborted) {
    let isOpen = false;
    let atLeast = 0;
    try {
      if (hasExpired) {
        if (!initial)
          throw new LabError(`El servidor ya no recuerda los cambios de ${query.kind} desde la versión ${from}, y no se sabe qué había entonces.`, {
            code: 'ENVIRONMENT',
          });
        const list = await rest.json<{ items: KubeObject[] | null; metadata: { resourceVersion: string } }>({ path, query: selection, signal });
        const items = (list.items ?? []).map((item) => normalize(query, item));
        const present = new Set(items.map((item) => item.metadata.uid));
        for (const object of [...known.values()].filter(({ metadata }) => !present.has(metadata.uid))) {
          known.delete(object.metadata.uid);
          yield { type: 'deleted', object };
        }
        for (const item of items) {
          const event = eventFor('MODIFIED', item);
          if (event) yield event;
        }
        from = list.metadata.resourceVersion;
        hasExpired = false;
        onSeen(from);
      }
      const response = await rest.stream({
        path,
        query: { ...selection, watch: true, allowWatchBookmarks: true, resourceVersion: from },
        signal,
        timeout: silence,
      });
      isOpen = true;
      for await (const line of watchLines(response)) {
        if (line.type === 'ERROR') throw new ApiFailure(Number(line.object.code ?? 500), JSON.stringify(line.object));
        const object = line.object as KubeObject;
        if (line.type !== 'BOOKMARK') {
          const event = eventFor(line.type, normalize(query, object));
          if (event) yield event;
        }
        from = object.metadata.resourceVersion;
        troubles = 0;
        fruitless = 0;
        onSeen(from);
      }
      // Cierre normal: un watch no es para siempre. Se sigue desde `from`.
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof LabError) throw error;
      const isExpired = error instanceof ApiFailure && error.code === 410;
      if (isExpired) hasExpired = true;
      else if (!(error instanceof GarbledLine)) {
        const { status, reason, canHeal } = explain(error);
        // Un 404 aquí es del tipo (se ha quitado el CRD), no de un objeto.
        if (!canHeal || status === 404) throw toLabError(error, `observar ${query.kind}`);
        if (error instanceof ApiFailure) atLeast = error.retryAfter ?? 0;
        // Abierto y callado es rutina: puede que no haya nada que contar.
        if (isOpen && reason === 'TimeoutError') troubles -= 1;
      }
      troubles += 1;
      if (troubles >= maxTroubles) throw tooManyTroubles(error, query);
      if (isExpired && troubles === 1) continue;
    }
    await pause(Math.max(atLeast, Math.min(shortestPause * 2 ** fruitless, longestPause)), signal).catch(() => undefined);
    fruitless += 1;
  }
}

function tooManyTroubles(error: unknown, query: ObjectQuery): LabError {
  if (error instanceof GarbledLine)
    return new LabError(`No se puede observar ${query.kind}: el servidor manda líneas que no son JSON.`, { code: 'ENVIRONMENT', canHeal: true });
  return toLabError(error, `observar ${query.kind} tras ${maxTroubles} intentos`);
}
