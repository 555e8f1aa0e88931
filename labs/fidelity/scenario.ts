import type { Duration } from '../engine/ports.ts';
import type { KindName } from './kinds.ts';

/**
 * Un objeto por su tipo y su nombre: `Deployment/web`. `Pod/?app=web` es el primero (por nombre) que casa y no se está borrando;
 * `Pod/^app=web`, el más antiguo, que no depende de ningún nombre al azar;
 * `Node/@a`, el nodo al que el escenario llama «a».
 */
export type Ref = `${KindName}/${string}`;

/** Un objeto tal cual se escribiría en YAML. El espacio lo pone quien ejecuta; `@nodo-a` se cambia por el nombre de ese nodo. */
export interface Manifest {
  apiVersion: string;
  kind: KindName;
  metadata: { name?: string; generateName?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** Lo que se le pide a la API. La respuesta (código y, si es un error, su `Status` entero) queda en la traza. */
export type Action =
  /** Server-side apply. `manager`, por defecto `bitacora`. */
  | { apply: Manifest; manager?: string; force?: boolean; dryRun?: boolean; validation?: 'Strict' | 'Warn' | 'Ignore' }
  | { create: Manifest; dryRun?: boolean; validation?: 'Strict' | 'Warn' | 'Ignore' }
  /** PUT de lo que hay ahora con un cambio (merge patch hecho aquí); `staleVersion`: con una `resourceVersion` que ya no vale. */
  | { replace: Ref; with: object; staleVersion?: boolean }
  | { patch: Ref; with: object; as?: 'merge' | 'strategic' | 'json'; subresource?: 'status' | 'scale' }
  | { scale: Ref; to: number }
  | { delete: Ref; propagation?: 'Background' | 'Foreground' | 'Orphan'; grace?: number }
  | { evict: Ref }
  /** Deja en la traza esos campos de un objeto, normalizados. */
  | { read: Ref; fields: readonly string[] };

/** Lo que debe acabar siendo cierto. Varias: todas a la vez. */
export type Condition =
  /** Campos con ese valor exacto; `null`, que no están. Si mira `status`, además debe estar al día (`observedGeneration`). */
  | { of: Ref; is: Readonly<Record<string, unknown>> }
  /** Estado en una palabra, como la columna STATUS de kubectl. */
  | { pod: Ref; status: string; restarts?: number }
  /** Pods que casan: cuántos hay en total (contando los que se van) y cuántos están listos y no se van. */
  | { pods: string; total: number; ready?: number }
  | { count: KindName; equals: number; labels?: string }
  | { gone: Ref }
  | { exists: Ref }
  /** Un suceso con ese motivo sobre un objeto de ese tipo, visto en este paso al menos `times` veces. */
  | { event: string; about: KindName; times?: number }
  /** Extremos listos del Service. */
  | { endpoints: string; ready: number; total?: number };

export interface Step {
  /** Frase en infinitivo o sustantivo: nombra el paso en la traza. */
  title: string;
  /** Sin acciones: solo se espera. */
  act?: readonly Action[];
  until?: readonly Condition[];
  within?: Duration;
  /** Silencio (sin cambios que importen) que se exige después de cumplirse. Por defecto, 2 s. */
  settle?: Duration;
}

/** Un hito del que se declara el orden entre objetos de un mismo tipo. `acabado`: en un Pod, ya no corre nada suyo, siga o no en la API. */
export type Milestone = 'creado' | 'listo' | 'borrándose' | 'acabado' | 'borrado';

/** Orden entre objetos que la traza compara. Solo lo declarado: lo demás, entre objetos, no tiene orden que valga. */
export interface DeclaredOrder {
  kind: KindName;
  labels?: string;
  milestones: readonly Milestone[];
}

export interface Scenario {
  /** Estable: nombra la traza guardada. */
  id: string;
  /** Una afirmación. */
  title: string;
  steps: readonly Step[];
  order?: readonly DeclaredOrder[];
  /** Marca o etiqueta nodos: corre sin nadie más. Nombres con los que los llama. */
  nodes?: readonly string[];
  /** Deshace lo hecho fuera del espacio; no deja traza. */
  cleanup?: readonly Action[];
  /** Motivos de suceso cuyo texto depende del reparto del tiempo en este escenario: solo se compara que ocurren. */
  looseEvents?: readonly string[];
  /** Pistas que dependen del reparto del tiempo en este escenario; se quitan de la traza. `'Pod · contenedor app'`. */
  looseTracks?: readonly { track: string; why: string }[];
}

export const defaults = { within: '60s' as Duration, settle: '2s' as Duration, manager: 'bitacora' };
