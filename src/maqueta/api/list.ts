import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Collection } from '../store/store.ts';
import type { World } from '../world.ts';
import type { RequestInfo } from './request-info.ts';

export interface Page {
  items: readonly KubeObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/**
 * Una página de una lista, en el orden de las claves de etcd. Las siguientes enseñan lo que había al pedir la primera:
 * quien pagina no pierde ni repite objetos aunque cambien por el medio. Sigue a apiserver/pkg/storage/continue.go.
 */
export function listPage({ store }: Pick<World, 'store'>, info: RequestInfo, query: URLSearchParams, matches: (object: KubeObject) => boolean): Page {
  const collection = store.collection(keyOf(info.resource.group, info.resource.plural));
  const limit = limitOf(query);
  const token = decodeToken(query.get('continue'));
  rejectFuture(query.get('resourceVersion') ?? '', store.revision);
  const revision = token?.revision ?? store.revision;
  const all = [...(token ? snapshot(collection, revision) : collection.list(info.namespace || undefined))]
    .filter((object) => (!info.namespace || object.metadata.namespace === info.namespace) && matches(object))
    .sort(byPath);
  const rest = token ? all.filter((object) => pathOf(object) > token.after) : all;
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  if (!last || items.length === rest.length) return { items, metadata: { resourceVersion: String(revision) } };
  // Con un filtro el servidor no sabe cuántos quedan, y calla.
  const isFiltered = Boolean(query.get('labelSelector') || query.get('fieldSelector'));
  const remaining = isFiltered ? {} : { remainingItemCount: rest.length - items.length };
  return { items, metadata: { resourceVersion: String(revision), continue: encodeToken({ revision, after: pathOf(last) }), ...remaining } };
}

/** Lo que había en `revision`: lo de ahora, deshaciendo los cambios posteriores. */
function snapshot(collection: Collection, revision: number): Iterable<KubeObject> {
  const changes = collection.since(revision);
  if (!changes) throw new ApiError(410, 'Expired', expired);
  const objects = new Map([...collection.list()].map((object) => [pathOf(object), object]));
  for (const { object, before } of [...changes].reverse()) {
    if (before) objects.set(pathOf(before), before);
    else objects.delete(pathOf(object));
  }
  return objects.values();
}

const expired = 'The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.';

/** Pedir una lista al menos tan nueva como algo que aún no ha pasado: el servidor espera y se rinde. */
function rejectFuture(text: string, current: number): void {
  if (text === '' || text === '0') return;
  const version = Number(text);
  if (!/^\d+$/.test(text)) throw invalidVersion(text);
  if (version <= current) return;
  throw new ApiError(504, 'Timeout', `Timeout: Too large resource version: ${version}, current: ${current}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }],
    retryAfterSeconds: 1,
  });
}

export const invalidVersion = (text: string): ApiError =>
  new ApiError(
    400,
    'BadRequest',
    `resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (!/^-?\d*$/.test(text)) throw new ApiError(400, 'BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text || 0);
}

const pathOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
const byPath = (a: KubeObject, b: KubeObject): number => (pathOf(a) < pathOf(b) ? -1 : 1);

interface Token {
  revision: number;
  after: string;
}

const encodeToken = ({ revision, after }: Token): string => btoa(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: encodeURIComponent(after) }));

function decodeToken(text: string | null): Token | undefined {
  if (!text) return undefined;
  try {
    const { v, rv, start } = JSON.parse(atob(text)) as { v?: unknown; rv?: unknown; start?: unknown };
    if (v === 'meta.k8s.io/v1' && typeof rv === 'number' && typeof start === 'string') return { revision: rv, after: decodeURIComponent(start) };
  } catch {
    // Ni base64 ni JSON: se contesta lo mismo que a una marca inventada.
  }
  throw new ApiError(400, 'BadRequest', 'continue key is not valid');
}
