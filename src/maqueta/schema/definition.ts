/** Tipos del esquema compacto que genera labs/dev/generate-schemas.ts. */

/** Un campo del esquema: su tipo y lo que la API necesita para validarlo, completarlo y mezclarlo. */
export interface Field {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'quantity' | 'intOrString' | 'time' | 'microTime' | 'array' | 'map' | 'object' | 'any';
  /** Nombre de la `Definition` cuando `type` es `object`. */
  ref?: string;
  /** Elementos cuando `type` es `array`. */
  items?: Field;
  /** Valores cuando `type` es `map`. */
  values?: Field;
  default?: unknown;
  enum?: string[];
  format?: string;
  /** x-kubernetes-list-type y x-kubernetes-list-map-keys: cómo mezcla server-side apply. */
  listType?: 'atomic' | 'set' | 'map';
  listKeys?: string[];
  /** x-kubernetes-map-type: atomic. */
  atomic?: boolean;
  /** x-kubernetes-patch-merge-key y x-kubernetes-patch-strategy: cómo mezcla strategic merge patch. */
  mergeKey?: string;
  patchStrategy?: string;
}

export interface Definition {
  apiVersion?: string;
  kind?: string;
  required?: string[];
  /** Sin propiedades declaradas: admite cualquier contenido. */
  open?: boolean;
  fields: Record<string, Field>;
  /** Nombre completo en OpenAPI, para /openapi/v3. */
  source: string;
}

/** Un recurso servido, según el descubrimiento del Kubernetes real. */
export interface ResourceInfo {
  group: string;
  version: string;
  plural: string;
  singular: string;
  kind: string;
  namespaced: boolean;
  verbs: string[];
  shortNames: string[];
  categories: string[];
}

export interface ColumnDefinition {
  name: string;
  type: string;
  format: string;
  priority: number;
}
