import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import { bindPod } from '../registry/bind-pod.ts';
import type { DeleteOptions } from '../registry/registry.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { readBody } from './body.ts';
import { handleGeneral } from './general.ts';
import { handleLog, handleProxy } from './pod-streams.ts';
import { parseResourcePath, type RequestInfo } from './request-info.ts';
import { failure, json, warningHeaders } from './respond.ts';
import { handleScale } from './scale.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { toTable } from './table.ts';
import { createWatches, gone, type Watches } from './watch.ts';
import { createWriter, type WriteRequest } from './write.ts';

export interface Handler {
  fetch(request: Request): Promise<Response>;
  watches: Watches;
}

/** La API REST sin transporte. Todo error sale como un `Status`. Sigue a apiserver/pkg/endpoints/installer.go. */
export function createHandler(world: World): Handler {
  const watches = createWatches(world);
  const writer = createWriter(world);

  const route = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const info = parseResourcePath(url.pathname);
    if (!info) return handleGeneral(url.pathname, request.headers.get('accept') ?? '');
    if (info.subresource) return subresource(request, url, info);
    if (!info.name) return collection(request, url, info);
    return single(request, url, info);
  };

  async function collection(request: Request, url: URL, info: RequestInfo): Promise<Response> {
    switch (request.method) {
      case 'GET':
        return url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1' ? watch(request, url, info) : list(request, url, info);
      case 'POST':
        return reply(writer.create(await toWrite(request, url, info)));
      case 'DELETE': {
        const { matches } = filters(url, info);
        const body = (await readBody(request)) as DeleteOptions;
        const key = keyOf(info.resource.group, info.resource.plural);
        const chosen = [...world.store.collection(key).list(info.namespace || undefined)].filter(matches);
        for (const { metadata } of chosen) world.registry.delete(key, metadata.namespace ?? '', metadata.name ?? '', deleteOptions(url, body));
        return json(listOf(info, chosen));
      }
      default:
        throw methodNotAllowed(info);
    }
  }

  async function single(request: Request, url: URL, info: RequestInfo): Promise<Response> {
    const key = keyOf(info.resource.group, info.resource.plural);
    switch (request.method) {
      case 'GET': {
        const object = find(info);
        const table = tableOf(request);
        return table === undefined
          ? json(partial(request, object))
          : json(
              toTable(key, [object], {
                include: url.searchParams.get('includeObject') ?? table,
                now: world.clock.now(),
                resourceVersion: object.metadata.resourceVersion ?? '',
                withColumns: true,
              }),
            );
      }
      case 'PUT':
        return reply(writer.replace(await toWrite(request, url, info)));
      case 'PATCH':
        return reply(writer.patch(await toWrite(request, url, info)));
      case 'DELETE': {
        const body = (await readBody(request)) as DeleteOptions;
        const before = find(info);
        const after = world.registry.delete(key, info.namespace, info.name, deleteOptions(url, body));
        const isStill = world.store.collection(key).get(info.namespace, info.name) !== undefined;
        if (isStill || info.resource.plural === 'pods') return json(after);
        return json({
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Success',
          details: { name: info.name, ...(info.resource.group ? { group: info.resource.group } : {}), kind: info.resource.plural, uid: before.metadata.uid },
        });
      }
      default:
        throw methodNotAllowed(info);
    }
  }

  async function subresource(request: Request, url: URL, info: RequestInfo): Promise<Response> {
    const { plural } = info.resource;
    const contentType = mediaType(request);
    switch (info.subresource) {
      case 'status':
        if (request.method === 'GET') return json(find(info));
        if (request.method === 'PUT') return reply(writer.replace(await toWrite(request, url, info)));
        if (request.method === 'PATCH') return reply(writer.patch(await toWrite(request, url, info)));
        throw methodNotAllowed(info);
      case 'finalize':
        if (plural === 'namespaces' && request.method === 'PUT') return reply(writer.replace(await toWrite(request, url, info)));
        break;
      case 'scale':
        if (['deployments', 'replicasets', 'statefulsets'].includes(plural)) {
          const body = request.method === 'GET' ? {} : await readBody(request);
          return json(
            handleScale(
              world,
              info,
              request.method,
              body,
              contentType,
              url.searchParams.get('fieldManager') || (request.headers.get('user-agent') ?? '').split('/')[0] || 'unknown',
            ),
          );
        }
        break;
      case 'log':
        if (plural === 'pods' && request.method === 'GET') return handleLog(world, info, url.searchParams, request.signal);
        break;
      case 'proxy':
        if (plural === 'pods' || plural === 'services') return handleProxy(world, info, request);
        break;
      case 'binding':
        if (plural === 'pods' && request.method === 'POST') {
          const body = (await readBody(request)) as { target?: { name?: string } };
          bindPod(world, find(info) as Pod, body.target?.name ?? '');
          return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
        }
        break;
      case 'eviction':
        if (plural === 'pods' && request.method === 'POST') {
          const body = (await readBody(request)) as { deleteOptions?: DeleteOptions };
          const pod = find(info);
          rejectBudgeted(pod);
          world.registry.delete('pods', info.namespace, info.name, deleteOptions(url, body.deleteOptions ?? {}));
          return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
        }
        break;
      default:
    }
    throw new ApiError(404, 'NotFound', `La maqueta no modela el subrecurso ${plural}/${info.subresource}.`, {
      name: info.name,
      group: info.resource.group,
      kind: `${plural}/${info.subresource}`,
    });
  }

  /** El desalojo con un PDB por medio aún no se modela: mejor decirlo que saltárselo. */
  function rejectBudgeted(pod: KubeObject): void {
    const budgets = [...world.store.collection('policy/poddisruptionbudgets').list(pod.metadata.namespace)];
    if (budgets.length > 0)
      throw new ApiError(501, 'NotImplemented', 'La maqueta aún no modela desalojar un Pod cuyo espacio tiene un PodDisruptionBudget.', {
        name: pod.metadata.name ?? '',
        kind: 'pods/eviction',
      });
  }

  function filters(url: URL, info: RequestInfo) {
    const byLabel = parseLabelSelector(url.searchParams.get('labelSelector'));
    const byField = parseFieldSelector(url.searchParams.get('fieldSelector'), info.resource.kind);
    return { matches: (object: KubeObject) => byLabel(object) && byField(object) };
  }

  function list(request: Request, url: URL, info: RequestInfo): Response {
    const key = keyOf(info.resource.group, info.resource.plural);
    const { matches } = filters(url, info);
    // Ordenados por espacio y nombre, como las claves de etcd.
    const all = [...world.store.collection(key).list(info.namespace || undefined)].filter(matches).sort(byPath);
    const limit = Number(url.searchParams.get('limit') ?? 0);
    const start = continueFrom(url.searchParams.get('continue'), all);
    const page = limit > 0 ? all.slice(start, start + limit) : all.slice(start);
    const last = page.at(-1);
    const isPartial = start + page.length < all.length;
    const metadata = {
      resourceVersion: String(world.store.revision),
      ...(isPartial && last ? { continue: encodeToken(last), remainingItemCount: all.length - start - page.length } : {}),
    };
    const table = tableOf(request);
    if (table !== undefined) {
      const shown = toTable(key, page, {
        include: url.searchParams.get('includeObject') ?? table,
        now: world.clock.now(),
        resourceVersion: metadata.resourceVersion,
        withColumns: true,
      });
      return json({ ...shown, metadata });
    }
    return json({
      ...listOf(
        info,
        page.map((object) => partial(request, object)),
      ),
      metadata,
      ...(wantsPartial(request) ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' } : {}),
    });
  }

  const listOf = (info: RequestInfo, items: readonly unknown[]) => ({
    kind: `${info.resource.kind}List`,
    apiVersion: info.resource.group ? `${info.resource.group}/${info.resource.version}` : info.resource.version,
    metadata: { resourceVersion: String(world.store.revision) },
    items,
  });

  function watch(request: Request, url: URL, info: RequestInfo): Response {
    const { matches } = filters(url, info);
    const version = url.searchParams.get('resourceVersion') ?? '';
    const from = version === '' || version === '0' ? undefined : Number(version);
    if (from !== undefined && !Number.isInteger(from))
      throw new ApiError(400, 'BadRequest', `Invalid value: ${JSON.stringify(version)}: strconv.ParseUint: parsing ${JSON.stringify(version)}: invalid syntax`);
    if (from !== undefined && from > world.store.revision) throw gone(from, world.store.revision);
    const timeout = url.searchParams.get('timeoutSeconds');
    const stream = watches.open({
      resource: info.resource,
      namespace: info.namespace,
      matches,
      from,
      allowBookmarks: url.searchParams.get('allowWatchBookmarks') === 'true',
      sendInitialEvents: url.searchParams.get('sendInitialEvents') === 'true',
      timeout: timeout ? Number(timeout) : undefined,
      table: tableOf(request) === undefined ? undefined : (url.searchParams.get('includeObject') ?? 'Metadata'),
      isPartial: wantsPartial(request),
      signal: request.signal,
    });
    return new Response(stream, { headers: { 'content-type': 'application/json' } });
  }

  const find = (info: RequestInfo): KubeObject => {
    const { group, plural } = info.resource;
    const object = world.store.collection(keyOf(group, plural)).get(info.namespace, info.name);
    if (!object)
      throw new ApiError(404, 'NotFound', `${plural}${group ? `.${group}` : ''} "${info.name}" not found`, {
        name: info.name,
        ...(group ? { group } : {}),
        kind: plural,
      });
    return object;
  };

  return {
    watches,
    async fetch(request) {
      try {
        return await route(request);
      } catch (error) {
        if (error instanceof ApiError) return failure(error);
        throw error;
      }
    },
  };
}

async function toWrite(request: Request, url: URL, info: RequestInfo): Promise<WriteRequest> {
  return { info, body: await readBody(request), contentType: mediaType(request), query: url.searchParams, userAgent: request.headers.get('user-agent') ?? '' };
}

const reply = ({ object, status, warnings }: { object: KubeObject; status: number; warnings: string[] }): Response =>
  json(object, status, warningHeaders(warnings));

const mediaType = (request: Request): string => (request.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';

/** `Metadata` si se acepta una tabla antes que otra cosa; `undefined` si no. */
function tableOf(request: Request): string | undefined {
  const first = (request.headers.get('accept') ?? '').split(',')[0] ?? '';
  return first.includes('as=Table') ? 'Metadata' : undefined;
}

const wantsPartial = (request: Request): boolean => /^[^,]*as=PartialObjectMetadata/.test(request.headers.get('accept') ?? '');

const partial = (request: Request, object: KubeObject): unknown =>
  wantsPartial(request) ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata } : object;

const methodNotAllowed = (info: RequestInfo): ApiError =>
  new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
    kind: info.resource.plural,
    group: info.resource.group,
  });

const pathOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
const byPath = (a: KubeObject, b: KubeObject): number => (pathOf(a) < pathOf(b) ? -1 : 1);

const encodeToken = (object: KubeObject): string => btoa(encodeURIComponent(pathOf(object)));

function continueFrom(token: string | null, sorted: readonly KubeObject[]): number {
  if (!token) return 0;
  let path: string;
  try {
    path = decodeURIComponent(atob(token));
  } catch {
    throw new ApiError(400, 'BadRequest', 'continue key is not valid: illegal base64 data');
  }
  const index = sorted.findIndex((object) => pathOf(object) > path);
  return index < 0 ? sorted.length : index;
}

/** Las opciones de borrado llegan en el cuerpo o en la consulta. */
function deleteOptions(url: URL, body: DeleteOptions & { dryRun?: string[]; orphanDependents?: boolean }): DeleteOptions {
  const query = url.searchParams;
  const grace = body.gracePeriodSeconds ?? (query.get('gracePeriodSeconds') === null ? undefined : Number(query.get('gracePeriodSeconds')));
  const policy =
    body.propagationPolicy ??
    (query.get('propagationPolicy') as DeleteOptions['propagationPolicy'] | null) ??
    (body.orphanDependents === true ? 'Orphan' : undefined);
  return {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    ...(policy ? { propagationPolicy: policy } : {}),
    ...(body.preconditions ? { preconditions: body.preconditions } : {}),
    ...(body.dryRun?.includes('All') || query.getAll('dryRun').includes('All') ? { isDryRun: true } : {}),
  };
}
