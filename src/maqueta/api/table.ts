import type { KubeObject, ResourceKey } from '../object.ts';
import type { ColumnDefinition } from '../schema/definition.ts';
import { tableColumns } from '../schema/tables.generated.ts';
import { plainRow, rowsByResource } from './cells.ts';

const plainColumns: readonly ColumnDefinition[] = [
  { name: 'Name', type: 'string', format: 'name', priority: 0 },
  { name: 'Created At', type: 'date', format: '', priority: 0 },
];

export interface TableOptions {
  /** Qué lleva cada fila: `Metadata` (por defecto), `Object` o `None`. */
  include: string;
  now: number;
  resourceVersion: string;
  withColumns: boolean;
}

/** Tabla `meta.k8s.io/v1`, lo que pide `kubectl get`. */
export function toTable(
  key: ResourceKey,
  objects: readonly KubeObject[],
  { include, now, resourceVersion, withColumns }: TableOptions,
): Record<string, unknown> {
  const row = rowsByResource[key];
  const columns = row ? tableColumns[key] : undefined;
  const isPlain = !row || !columns;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    // En un watch, solo la primera tabla lleva las columnas.
    columnDefinitions: withColumns ? (isPlain ? plainColumns : columns) : [],
    rows: objects.map((object) => ({
      cells: isPlain ? plainRow(object, now) : row(object, now),
      object:
        include === 'Object'
          ? object
          : include === 'None'
            ? undefined
            : { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  };
}
