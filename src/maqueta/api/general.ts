import { ApiError } from '../registry/api-error.ts';
import { aggregated, coreVersions, group, groupList, resourceList } from './discovery.ts';
import { openapiDocument, openapiIndex } from './openapi.ts';
import { notModelled } from './request-info.ts';
import { json } from './respond.ts';

/** La versión que imita, dicha en los metadatos de compilación para que nadie la confunda con un clúster. */
export const version = {
  major: '1',
  minor: '37',
  gitVersion: 'v1.37.1+maqueta',
  gitCommit: 'maqueta',
  gitTreeState: 'clean',
  buildDate: '2026-09-15T00:00:00Z',
  goVersion: 'ninguna',
  compiler: 'typescript',
  platform: 'maqueta',
};

/** Lo que no es un recurso: salud, versión, descubrimiento y esquemas. */
export function handleGeneral(pathname: string, accept: string): Response {
  const path = pathname.replace(/\/+$/, '') || '/';
  if (['/healthz', '/livez', '/readyz'].includes(path)) return new Response('ok', { headers: { 'content-type': 'text/plain' } });
  if (path === '/version') return json(version);
  const wantsAggregated = accept.includes('as=APIGroupDiscoveryList') && accept.includes('v=v2');
  const discovery = { 'content-type': 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };
  if (path === '/api') return wantsAggregated ? json(aggregated(true), 200, discovery) : json(coreVersions());
  if (path === '/apis') return wantsAggregated ? json(aggregated(false), 200, discovery) : json(groupList());
  if (path === '/openapi/v3') return json(openapiIndex());
  if (path.startsWith('/openapi/v3/')) {
    const [root, ...rest] = path.slice('/openapi/v3/'.length).split('/');
    const [name = '', number = ''] = root === 'api' ? ['', rest[0]] : rest;
    const document = openapiDocument(name, number);
    if (document) return json(document);
  }
  const [, root, first = '', second = ''] = path.split('/');
  if (root === 'api' && first) {
    const list = resourceList('', first);
    if (list) return json(list);
  }
  if (root === 'apis' && first) {
    const found = second ? resourceList(first, second) : group(first);
    if (found) return json(found);
    throw notModelled(first, second, '');
  }
  throw new ApiError(404, 'NotFound', `La maqueta no sirve ${path}.`);
}
