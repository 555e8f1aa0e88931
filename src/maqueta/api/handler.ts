import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { World } from '../world.ts';
import { readOptions } from './body.ts';
import { hasStatusSubresource } from './discovery.ts';
import { handleGeneral } from './general.ts';
import { invalidVersion, listPage } from './list.ts';
import { partial, tableOf, wantsPartial } from './negotiate.ts';
import { deleteOptions } from './options.ts';
import { parseResourcePath, type RequestInfo } from './request-info.ts';
import { failure, json, warningHeaders } from './respond.ts';
import { parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { handleSubresource, methodNotAllowed } from './subresource.ts';
import { toTable } from './table.ts';
import { createWatches, type Watches } from './watch.ts';
import { createWriter, toWrite } from './write.ts';

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
    // Quien lee un Lease lo ve renovado.
    if (info.resource.plural === 'leases') world.heartbeats.refresh();
    if (info.subresource) return handleSubresource({ world, writer: { ...writer, reply }, find, hasStatus }, request, url, info);
    if (!info.name) return collection(request, url, info);
    return single(request, url, info);
  };

  async function collection(request: Request, url: URL, info: RequestInfo): Promise<Response> {
    // Sin espacio, un recurso con espacio solo se lista: crear o borrar pide decir dónde.
    if (request.method !== 'GET' && info.resource.namespaced && !info.namespace) throw methodNotAllowed(info);
    switch (request.method) {
      case 'GET':
        return url.searchParams.get('watch') === 'true' || url.searchParams.get('watch') === '1' ? watch(request, url, info) : list(request, url, info);
      case 'POST':
        return reply(writer.create(await toWrite(request, url, info)));
      case 'DELETE': {
        const { matches } = filters(url, info);
        const options = deleteOptions(url.searchParams, await readOptions(request));
        const key = keyOf(info.resource.group, info.resource.plural);
        const chosen = [...world.store.collection(key).list(info.namespace || undefined)].filter(matches);
        for (const { metadata } of chosen) world.registry.delete(key, metadata.namespace ?? '', metadata.name ?? '', options);
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
        const options = deleteOptions(url.searchParams, await readOptions(request));
        const before = find(info);
        const after = world.registry.delete(key, info.namespace, info.name, options);
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

  function filters(url: URL, info: RequestInfo) {
    const byLabel = parseLabelSelector(url.searchParams.get('labelSelector'));
    const byField = parseFieldSelector(url.searchParams.get('fieldSelector'), info.resource.kind);
    return { matches: (object: KubeObject) => byLabel(object) && byField(object) };
  }

  function list(request: Request, url: URL, info: RequestInfo): Response {
    const { items, metadata } = listPage(world, info, url.searchParams, filters(url, info).matches);
    const include = tableOf(request);
    if (include !== undefined) {
      const shown = toTable(keyOf(info.resource.group, info.resource.plural), items, {
        include: url.searchParams.get('includeObject') ?? include,
        now: world.clock.now(),
        resourceVersion: metadata.resourceVersion,
        withColumns: true,
      });
      return json({ ...shown, metadata });
    }
    const shown = items.map((object) => partial(request, object));
    const kind = wantsPartial(request) ? { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1' } : {};
    return json({ ...listOf(info, shown), metadata, ...kind });
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
    if (from !== undefined && !/^\d+$/.test(version)) throw invalidVersion(version);
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

  const hasStatus = ({ resource }: RequestInfo): boolean => hasStatusSubresource(resource.plural);

  return {
    watches,
    async fetch(request) {
      try {
        return await route(request);
      } catch (error) {
        if (error instanceof ApiError) return failure(error);
        // Un fallo nuestro: se contesta como contesta el servidor cuando falla él, con lo que haga falta para encontrarlo.
        const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
        return failure(new ApiError(500, 'InternalError', `Internal error occurred: la maqueta ha fallado: ${detail}`));
      }
    },
  };
}

const reply = ({ object, status, warnings }: { object: KubeObject; status: number; warnings: string[] }): Response =>
  json(object, status, warningHeaders(warnings));
