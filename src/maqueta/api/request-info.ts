import { ApiError } from '../registry/api-error.ts';
import type { ResourceInfo } from '../schema/definition.ts';
import { resources } from '../schema/resources.generated.ts';

/** Qué se pide, leído de la ruta. Sigue a apiserver/pkg/endpoints/request/requestinfo.go. */
export interface RequestInfo {
  resource: ResourceInfo;
  namespace: string;
  name: string;
  subresource: string;
  /** Lo que sigue al subrecurso: la ruta que se pide a un Pod por `proxy`. */
  rest: string;
}

/** `undefined` si la ruta no es de un recurso (`/version`, `/openapi/v3`…). */
export function parseResourcePath(pathname: string): RequestInfo | undefined {
  // Como Go, se descodifica antes de partir: `a%2Fb` son dos trozos, y ningún nombre lleva una barra.
  const parts = decode(pathname).split('/').filter(Boolean);
  const isCore = parts[0] === 'api';
  if (!isCore && parts[0] !== 'apis') return undefined;
  const group = isCore ? '' : (parts[1] ?? '');
  const version = parts[isCore ? 1 : 2];
  let rest = parts.slice(isCore ? 2 : 3);
  if (version === undefined || rest.length === 0) return undefined;
  let namespace = '';
  const isNamespaceItself = rest[0] === 'namespaces' && (rest.length <= 2 || rest[2] === 'status' || rest[2] === 'finalize');
  if (rest[0] === 'namespaces' && !isNamespaceItself) {
    namespace = rest[1] ?? '';
    rest = rest.slice(2);
  }
  const [plural = '', name = '', subresource = '', ...more] = rest;
  const resource = resources.find((one) => one.group === group && one.version === version && one.plural === plural);
  if (!resource) throw notModelled(group, version, plural);
  // Un recurso sin espacio no vive dentro de uno, y uno con espacio no se nombra sin decir el suyo.
  if (namespace ? !resource.namespaced : resource.namespaced && name) throw unknownPath();
  const tail = more.length > 0 ? `/${more.join('/')}${pathname.endsWith('/') ? '/' : ''}` : '';
  if (tail && subresource !== 'proxy') throw unknownPath();
  return { resource, namespace, name, subresource, rest: tail };
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw new ApiError(400, 'BadRequest', `invalid URL escape in ${JSON.stringify(pathname)}`);
  }
}

const unknownPath = (): ApiError => new ApiError(404, 'NotFound', 'the server could not find the requested resource');

export const notModelled = (group: string, version: string, plural: string): ApiError =>
  new ApiError(404, 'NotFound', `La maqueta no modela ${plural}${group ? `.${group}` : ''} (${group ? `${group}/` : ''}${version}).`, { group, kind: plural });
