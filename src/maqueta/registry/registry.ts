import type { KubeObject, ResourceKey } from '../object.ts';

export interface WriteOptions {
  /** Quién escribe, para los dueños de campos. Sin él no se anotan (los controladores). */
  fieldManager?: string;
  /** No guarda nada: devuelve lo que se habría guardado. */
  isDryRun?: boolean;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: { uid?: string; resourceVersion?: string };
  isDryRun?: boolean;
}

/** Lo que cada recurso añade a las reglas comunes. Sigue a pkg/registry/<grupo>/<recurso>/strategy.go. */
export interface Strategy<T extends KubeObject = KubeObject> {
  /** Completa lo que no se dijo. Idempotente. Sigue a pkg/apis/<grupo>/v1/defaults.go. */
  setDefaults?(object: T): T;
  /** Prepara lo que entra: estado inicial, IP virtual de un Service, clase de QoS… También la admisión. */
  prepareForCreate?(object: T): T;
  validateCreate?(object: T): readonly FieldError[];
  /** Repone lo que no se puede cambiar por esta vía y ajusta lo derivado. */
  prepareForUpdate?(object: T, before: T): T;
  validateUpdate?(object: T, before: T): readonly FieldError[];
  /** Segundos hasta desaparecer tras pedir el borrado; 0 borra ya. Solo los Pods esperan. */
  gracePeriod?(object: T, requested: number | undefined): number;
  /** Aún no puede desaparecer aunque no tenga finalizers: un Namespace con `spec.finalizers`. */
  isHeld?(object: T): boolean;
  /** Lo que cambia en el objeto al pedir su borrado por primera vez: un Namespace pasa a Terminating. */
  prepareForDelete?(object: T): T;
  /** Al pedir su borrado no se le apunta cuánta gracia tiene. */
  hidesGrace?: boolean;
  /** Si lleva `metadata.generation`. Sin decirlo, lo llevan los que tienen spec o status. */
  hasGeneration?: boolean;
  /** Política de borrado si no se dice ninguna. */
  defaultPropagation?: 'Orphan' | 'Background';
}

/** `Invalid value: …` y compañía, con la ruta del campo tal cual la escribe Kubernetes (`spec.containers[0].image`). */
export interface FieldError {
  type:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueForbidden'
    | 'FieldValueNotSupported'
    | 'FieldValueDuplicate'
    | 'FieldValueNotFound'
    | 'FieldValueTooLong';
  field: string;
  message: string;
}

/**
 * Escritura con las reglas de la API. La usan por igual el servidor REST y los controladores.
 * Todo error es un `ApiError` con su código: 404, 409 (`AlreadyExists`, `Conflict`), 422 (`Invalid`).
 */
export interface Registry {
  /** Acepta `metadata.generateName`. Pone UID, fecha, generación y versión. */
  create<T extends KubeObject>(key: ResourceKey, object: T, options?: WriteOptions): T;
  /**
   * Escribe todo salvo `status`. Si `metadata.resourceVersion` viene y no es la actual, 409.
   * Si nada cambia, no escribe ni sube la versión. Sube `generation` si cambió algo fuera de metadata y status.
   * Si queda sin finalizers y estaba marcado para borrar, lo borra.
   */
  update<T extends KubeObject>(key: ResourceKey, object: T, options?: WriteOptions): T;
  /** Escribe solo `status` (y, en los Pods, lo que ese subrecurso permite). */
  updateStatus<T extends KubeObject>(key: ResourceKey, object: T, options?: WriteOptions): T;
  /** Pide el borrado: gracia, finalizers y propagación. Devuelve el objeto marcado o el último, ya borrado. */
  delete(key: ResourceKey, namespace: string, name: string, options?: DeleteOptions): KubeObject;
  strategyOf(key: ResourceKey): Strategy;
  /** Cada pieza declara las reglas de sus recursos al arrancar. */
  setStrategy<T extends KubeObject>(key: ResourceKey, strategy: Strategy<T>): void;
}
