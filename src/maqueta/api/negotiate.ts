import type { KubeObject } from '../object.ts';

const first = (request: Request): string => (request.headers.get('accept') ?? '').split(',')[0] ?? '';

/** `Metadata` si se acepta una tabla antes que otra cosa; `undefined` si no. */
export const tableOf = (request: Request): string | undefined => (/;\s*as=Table\b/.test(first(request)) ? 'Metadata' : undefined);

export const wantsPartial = (request: Request): boolean => /;\s*as=PartialObjectMetadata(List)?\b/.test(first(request));

/** El objeto entero, o solo sus metadatos si es lo que se pide. */
export const partial = (request: Request, object: KubeObject): unknown =>
  wantsPartial(request) ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } : object;
