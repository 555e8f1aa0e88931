import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Definition } from '../schema/definition.ts';
import { timestamp, type World } from '../world.ts';
import { applyPatch, recordUpdate } from './apply.ts';
import { jsonPatch, mergePatch, strategicPatch } from './patch.ts';
import { rejectNotModelled } from './reject-not-modelled.ts';
import type { RequestInfo } from './request-info.ts';
import { definitionOf, prune, rejectBadFields } from './schema-check.ts';

type JsonObject = Record<string, unknown>;

export interface WriteRequest {
  info: RequestInfo;
  body: JsonObject;
  contentType: string;
  query: URLSearchParams;
  userAgent: string;
}

export interface Written {
  object: KubeObject;
  status: number;
  warnings: string[];
}

/** Crear, sustituir y parchear con las reglas del servidor. Sigue a apiserver/pkg/endpoints/handlers/{create,update,patch}.go. */
export function createWriter(world: World) {
  const { registry, store, clock } = world;

  const definitionFor = ({ resource }: RequestInfo): Definition => {
    const definition = definitionOf(resource.group ? `${resource.group}/${resource.version}` : resource.version, resource.kind);
    if (!definition) throw new ApiError(500, 'InternalError', `La maqueta no tiene el esquema de ${resource.kind}`);
    return definition;
  };

  /** Lo que llega, ya leído: con su tipo, su espacio y sin campos desconocidos. */
  const decode = (body: JsonObject, { info, query }: WriteRequest): { object: KubeObject; warnings: string[] } => {
    const { resource, namespace, name } = info;
    const definition = definitionFor(info);
    const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new ApiError(400, 'BadRequest', 'the object provided is not a JSON object');
    if ((body.kind !== undefined && body.kind !== resource.kind) || (body.apiVersion !== undefined && body.apiVersion !== apiVersion)) {
      throw new ApiError(
        400,
        'BadRequest',
        `${resource.kind} in version ${JSON.stringify(resource.version)} cannot be handled as a ${resource.kind}: the object provided is ${String(body.apiVersion)}, Kind=${String(body.kind)}`,
      );
    }
    const warnings = rejectBadFields(body, definition, query.get('fieldValidation') || 'Warn');
    const clean = prune(body, definition) as unknown as KubeObject;
    const metadata = clean.metadata ?? {};
    if (namespace && metadata.namespace && metadata.namespace !== namespace) {
      throw new ApiError(400, 'BadRequest', `the namespace of the provided object does not match the namespace sent on the request`);
    }
    if (name && metadata.name && metadata.name !== name) {
      throw new ApiError(400, 'BadRequest', `the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
    }
    const object = {
      ...clean,
      apiVersion,
      kind: resource.kind,
      metadata: { ...metadata, ...(resource.namespaced ? { namespace: namespace || 'default' } : {}), ...(name ? { name } : {}) },
    };
    rejectNotModelled(object as unknown as JsonObject);
    return { object, warnings };
  };

  const managerOf = ({ query, userAgent }: WriteRequest): string => query.get('fieldManager') || userAgent.split('/')[0] || 'unknown';
  const isDryRun = ({ query }: WriteRequest): boolean => query.getAll('dryRun').includes('All');
  const keyFor = ({ info }: WriteRequest) => keyOf(info.resource.group, info.resource.plural);

  const existing = (request: WriteRequest): KubeObject | undefined => store.collection(keyFor(request)).get(request.info.namespace, request.info.name);
  const notFound = ({ info }: WriteRequest) =>
    new ApiError(404, 'NotFound', `${info.resource.plural}${info.resource.group ? `.${info.resource.group}` : ''} "${info.name}" not found`, {
      name: info.name,
      group: info.resource.group,
      kind: info.resource.plural,
    });

  /** Guarda, por la puerta que toca: el objeto o su `status`. */
  const save = (request: WriteRequest, object: KubeObject, before: KubeObject): KubeObject => {
    const { subresource } = request.info;
    const definition = definitionFor(request.info);
    const base =
      subresource === 'status'
        ? {
            ...before,
            status: (object as unknown as JsonObject).status,
            metadata: { ...before.metadata, ...(object.metadata.resourceVersion ? { resourceVersion: object.metadata.resourceVersion } : {}) },
          }
        : object;
    const managed = recordUpdate(before, base as KubeObject, {
      manager: managerOf(request),
      time: timestamp(clock.now()),
      definition,
      ...(subresource ? { subresource } : {}),
    });
    if (subresource !== 'status') return registry.update(keyFor(request), managed, { isDryRun: isDryRun(request) });
    return registry.updateStatus(keyFor(request), managed, { isDryRun: isDryRun(request) });
  };

  return {
    create(request: WriteRequest): Written {
      const { object, warnings } = decode(request.body, request);
      const managed = recordUpdate(undefined, object, { manager: managerOf(request), time: timestamp(clock.now()), definition: definitionFor(request.info) });
      return { object: registry.create(keyFor(request), managed, { isDryRun: isDryRun(request) }), status: 201, warnings };
    },

    replace(request: WriteRequest): Written {
      const { object, warnings } = decode(request.body, request);
      const before = existing(request);
      if (!before) throw notFound(request);
      return { object: save(request, object, before), status: 200, warnings };
    },

    patch(request: WriteRequest): Written {
      const before = existing(request);
      const definition = definitionFor(request.info);
      if (request.contentType === 'application/apply-patch+yaml') {
        const manager = request.query.get('fieldManager');
        if (!manager)
          throw new ApiError(400, 'BadRequest', 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
        const { object, warnings } = decode(request.body, request);
        const merged = applyPatch(before, object as unknown as JsonObject, {
          manager,
          isForced: request.query.get('force') === 'true',
          time: timestamp(clock.now()),
          definition,
        }) as unknown as KubeObject;
        if (!before) return { object: registry.create(keyFor(request), merged, { isDryRun: isDryRun(request) }), status: 201, warnings };
        if (request.info.subresource === 'status')
          return { object: registry.updateStatus(keyFor(request), merged, { isDryRun: isDryRun(request) }), status: 200, warnings };
        return { object: registry.update(keyFor(request), merged, { isDryRun: isDryRun(request) }), status: 200, warnings };
      }
      if (!before) throw notFound(request);
      const patched =
        request.contentType === 'application/json-patch+json'
          ? jsonPatch(before, request.body)
          : request.contentType === 'application/merge-patch+json'
            ? mergePatch(before, request.body)
            : request.contentType === 'application/strategic-merge-patch+json'
              ? strategicPatch(before, request.body, definition)
              : undefined;
      if (patched === undefined) {
        throw new ApiError(
          415,
          'UnsupportedMediaType',
          'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
        );
      }
      const { object, warnings } = decode(patched as JsonObject, request);
      return { object: save(request, object, before), status: 200, warnings };
    },
  };
}
