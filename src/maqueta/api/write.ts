import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Definition } from '../schema/definition.ts';
import { timestamp, type World } from '../world.ts';
import { rejectBadDocument } from './applied-document.ts';
import { applyPatch } from './apply.ts';
import { mediaType, readBody } from './body.ts';
import { checkWriteOptions } from './options.ts';
import { jsonPatch, mergePatch, strategicPatch } from './patch.ts';
import { recordUpdate } from './record-update.ts';
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

export type Writer = ReturnType<typeof createWriter> & { reply(written: Written): Response };

/** Lo que hace falta para escribir, con el cuerpo ya leído y las opciones comprobadas. Un cuerpo vacío no se puede leer. */
export async function toWrite(request: Request, url: URL, info: RequestInfo): Promise<WriteRequest> {
  const contentType = mediaType(request);
  checkWriteOptions(request.method, url.searchParams, contentType === 'application/apply-patch+yaml');
  const body = await readBody(request);
  if (body === undefined) {
    const { kind } = info.resource;
    throw new ApiError(
      400,
      'BadRequest',
      `the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)`,
    );
  }
  return { info, body: body as JsonObject, contentType, query: url.searchParams, userAgent: request.headers.get('user-agent') ?? '' };
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
    if (!isObject(body)) throw new ApiError(400, 'BadRequest', 'the object provided is not a JSON object');
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

  const own = (request: WriteRequest) => ({
    time: timestamp(clock.now()),
    definition: definitionFor(request.info),
    ...(request.info.subresource ? { subresource: request.info.subresource } : {}),
  });

  /** Con los valores por defecto ya puestos: quien no los dice no los quita, y quien crea los posee. */
  const complete = (request: WriteRequest, object: KubeObject): KubeObject => registry.strategyOf(keyFor(request)).setDefaults?.(object) ?? object;

  /** Guarda, por la puerta que toca: el objeto o su `status`. */
  const write = (request: WriteRequest, object: KubeObject): KubeObject =>
    request.info.subresource === 'status'
      ? registry.updateStatus(keyFor(request), object, { isDryRun: isDryRun(request) })
      : registry.update(keyFor(request), object, { isDryRun: isDryRun(request) });

  const save = (request: WriteRequest, object: KubeObject, before: KubeObject): KubeObject =>
    write(request, recordUpdate(before, complete(request, partOf(request.info, object, before)), { manager: managerOf(request), ...own(request) }));

  return {
    create(request: WriteRequest): Written {
      const { object, warnings } = decode(request.body, request);
      const managed = recordUpdate(undefined, complete(request, object), { manager: managerOf(request), ...own(request) });
      return { object: registry.create(keyFor(request), managed, { isDryRun: isDryRun(request) }), status: 201, warnings };
    },

    replace(request: WriteRequest): Written {
      const { object, warnings } = decode(request.body, request);
      const before = existing(request);
      if (!before) throw notFound(request);
      return { object: save(request, object, before), status: 200, warnings };
    },

    patch(request: WriteRequest): Written {
      if (request.contentType === 'application/apply-patch+yaml') return apply(request);
      const change = patches[request.contentType];
      if (!change)
        throw new ApiError(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${patchTypes}`);
      const before = existing(request);
      if (!before) throw notFound(request);
      const { object, warnings } = decode(change(before, request.body, definitionFor(request.info)) as JsonObject, request);
      return { object: save(request, object, before), status: 200, warnings };
    },
  };

  function apply(request: WriteRequest): Written {
    const manager = request.query.get('fieldManager') ?? '';
    if (isObject(request.body)) rejectBadDocument(request.body, definitionFor(request.info));
    const { object, warnings } = decode(request.body, request);
    const before = existing(request);
    const isForced = request.query.get('force') === 'true';
    const merged = applyPatch(before, object as unknown as JsonObject, { manager, isForced, ...own(request) }) as unknown as KubeObject;
    if (before) return { object: write(request, merged), status: 200, warnings };
    if (request.info.subresource) throw notFound(request);
    return { object: registry.create(keyFor(request), merged, { isDryRun: isDryRun(request) }), status: 201, warnings };
  }
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const patches: Readonly<Record<string, (target: unknown, patch: unknown, definition: Definition) => unknown>> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
  'application/strategic-merge-patch+json': strategicPatch,
};
const patchTypes = [...Object.keys(patches), 'application/apply-patch+yaml'].join(', ');

/** Lo que esta ruta deja cambiar; el resto sigue como estaba. */
function partOf({ subresource, resource }: RequestInfo, object: KubeObject, before: KubeObject): KubeObject {
  const { status, spec } = object as KubeObject & JsonObject;
  const { resourceVersion } = object.metadata;
  const metadata = { ...before.metadata, ...(resourceVersion ? { resourceVersion } : {}) };
  if (subresource === 'status') return { ...before, metadata, status } as KubeObject;
  if (subresource === 'finalize') return { ...before, metadata, spec } as KubeObject;
  // Los finalizers de spec solo se cambian por `finalize`.
  if (resource.kind === 'Namespace') return { ...object, spec: (before as KubeObject & JsonObject).spec } as KubeObject;
  return object;
}
