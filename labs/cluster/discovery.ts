import { LabError } from '../engine/lab-error.ts';
import type { Kind } from '../engine/ports.ts';
import { ApiFailure } from './errors.ts';
import type { Rest } from './rest.ts';

/** Lo que la API dice de un tipo. */
export interface ResourceType {
  plural: string;
  isNamespaced: boolean;
}

export interface Discovery {
  typeOf(kind: Kind): Promise<ResourceType>;
  /** `/apis/apps/v1/namespaces/espacio/statefulsets/web/scale` */
  pathOf(kind: Kind, namespace: string | undefined, name?: string, subresource?: string): Promise<string>;
}

interface ResourceList {
  resources: { name: string; kind: string; namespaced: boolean }[];
}

/** Las rutas se preguntan a la API, una vez por grupo: así valen para cualquier tipo, también los CRD. */
export function createDiscovery(rest: Rest): Discovery {
  const groups = new Map<string, ResourceList>();

  const read = async (apiVersion: string): Promise<ResourceList> => {
    const known = groups.get(apiVersion);
    if (known) return known;
    const list = await rest.json<ResourceList>({ path: rootOf(apiVersion) });
    groups.set(apiVersion, list);
    return list;
  };

  const typeOf = async ({ apiVersion, kind }: Kind): Promise<ResourceType> => {
    let list: ResourceList;
    try {
      list = await read(apiVersion);
    } catch (error) {
      if (error instanceof ApiFailure && error.code === 404) throw unknownType(apiVersion, kind);
      throw error;
    }
    const found = list.resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    if (!found) {
      // Un CRD recién creado aparece más tarde: la próxima vez se vuelve a preguntar.
      groups.delete(apiVersion);
      throw unknownType(apiVersion, kind);
    }
    return { plural: found.name, isNamespaced: found.namespaced };
  };

  return {
    typeOf,
    async pathOf(kind, namespace, name, subresource) {
      const { plural, isNamespaced } = await typeOf(kind);
      const parts = [rootOf(kind.apiVersion)];
      if (isNamespaced && namespace) parts.push('namespaces', encodeURIComponent(namespace));
      parts.push(plural);
      if (name !== undefined) parts.push(encodeURIComponent(name));
      if (subresource) parts.push(subresource);
      return parts.join('/');
    },
  };
}

const rootOf = (apiVersion: string) => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** No sana solo: falta instalar algo. Quien espera un CRD lo dice en su laboratorio. */
const unknownType = (apiVersion: string, kind: string) =>
  new LabError(`El clúster no conoce el tipo ${kind} ${apiVersion}: falta instalar su CRD o este destino no lo tiene.`, {
    code: 'ENVIRONMENT',
    where: `${kind} ${apiVersion}`,
  });
