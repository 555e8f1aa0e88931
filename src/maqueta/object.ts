import type { ObjectMeta } from './schema/types.generated.ts';

/**
 * Cualquier objeto de la API dentro de la maqueta. Nunca se modifica en su sitio: quien cambia algo
 * construye otro objeto con `{ ...object }`, y así quien lo leyó antes conserva lo que leyó.
 */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** Recurso servido: `pods`, `apps/statefulsets`. El grupo `core` no se escribe. */
export type ResourceKey = string;

export const keyOf = (group: string, plural: string): ResourceKey => (group ? `${group}/${plural}` : plural);

/** `espacio/nombre`, o solo el nombre si el objeto no vive en un espacio. */
export const nameOf = (object: { metadata: ObjectMeta }): string =>
  object.metadata.namespace ? `${object.metadata.namespace}/${object.metadata.name}` : (object.metadata.name ?? '');

/** Separa `espacio/nombre`, la clave con la que trabajan las colas de los controladores. */
export const splitName = (key: string): { namespace: string; name: string } => {
  const slash = key.indexOf('/');
  return slash < 0 ? { namespace: '', name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
};

/** Un dueño con `controller: true`, si lo hay. */
export const controllerOf = (object: { metadata: ObjectMeta }) => object.metadata.ownerReferences?.find((owner) => owner.controller);
