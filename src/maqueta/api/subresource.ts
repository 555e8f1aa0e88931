import type { KubeObject } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import { bindPod } from '../registry/bind-pod.ts';
import { evictPod } from '../registry/evict-pod.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { readOptions } from './body.ts';
import { handleExec } from './exec.ts';
import { deleteOptions } from './options.ts';
import { handleLog, handleProxy } from './pod-streams.ts';
import type { RequestInfo } from './request-info.ts';
import { json } from './respond.ts';
import { handleScale } from './scale.ts';
import { toWrite, type Writer } from './write.ts';

/** Qué métodos admite cada subrecurso que se sirve. Lo que no está aquí no se modela. */
const methods: Readonly<Record<string, readonly string[]>> = {
  'pods/log': ['GET'],
  'pods/exec': ['GET', 'POST'],
  'pods/binding': ['POST'],
  'pods/eviction': ['POST'],
  'pods/proxy': ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  'services/proxy': ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
  'namespaces/finalize': ['PUT'],
  'deployments/scale': ['GET', 'PUT', 'PATCH'],
  'replicasets/scale': ['GET', 'PUT', 'PATCH'],
  'statefulsets/scale': ['GET', 'PUT', 'PATCH'],
};

/** Subrecursos que abren un canal de ida y vuelta y que nadie sirve todavía. */
const channels = new Set(['attach', 'portforward']);

const statusMethods = ['GET', 'PUT', 'PATCH'];

interface Parts {
  world: World;
  writer: Writer;
  find(info: RequestInfo): KubeObject;
  hasStatus(info: RequestInfo): boolean;
}

export async function handleSubresource({ world, writer, find, hasStatus }: Parts, request: Request, url: URL, info: RequestInfo): Promise<Response> {
  const { plural, group } = info.resource;
  const path = `${plural}/${info.subresource}`;
  const allowed = info.subresource === 'status' && hasStatus(info) ? statusMethods : methods[path];
  if (!allowed) {
    const why = plural === 'pods' && channels.has(info.subresource) ? ': necesita un canal WebSocket que aún no sirve' : '';
    throw new ApiError(404, 'NotFound', `La maqueta no modela el subrecurso ${path}${why}.`, { name: info.name, group, kind: path });
  }
  if (!allowed.includes(request.method)) throw methodNotAllowed(info);

  switch (info.subresource) {
    case 'status':
    case 'finalize':
      if (request.method === 'GET') return json(find(info));
      return writer.reply(request.method === 'PUT' ? writer.replace(await toWrite(request, url, info)) : writer.patch(await toWrite(request, url, info)));
    case 'scale': {
      if (request.method === 'GET') return json(handleScale(world, info, 'GET', {}, '', ''));
      const { body, contentType, query, userAgent } = await toWrite(request, url, info);
      const manager = query.get('fieldManager') || userAgent.split('/')[0] || 'unknown';
      return json(handleScale(world, info, request.method, body, contentType, manager));
    }
    case 'log':
      return handleLog(world, info, url.searchParams, request.signal);
    case 'exec':
      return handleExec(world, find(info) as Pod, url.searchParams, request);
    case 'proxy':
      return handleProxy(world, info, request);
    case 'binding': {
      const { target } = (await readOptions(request)) as { target?: { name?: unknown } | null };
      const pod = find(info) as Pod;
      if (typeof target?.name !== 'string' || target.name === '') throw noTarget(info.name);
      bindPod(world, pod, target.name);
      return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
    }
    default: {
      const { metadata, deleteOptions: wanted } = (await readOptions(request)) as {
        metadata?: { name?: unknown };
        deleteOptions?: Record<string, unknown> | null;
      };
      const pod = find(info) as Pod;
      if (metadata?.name !== info.name) throw new ApiError(400, 'BadRequest', 'name in URL does not match name in Eviction object');
      const isDryRun = url.searchParams.getAll('dryRun').includes('All');
      evictPod(world, pod, { ...deleteOptions(new URLSearchParams(), wanted ?? {}), ...(isDryRun ? { isDryRun } : {}) });
      return json({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, 201);
    }
  }
}

export const methodNotAllowed = (info: RequestInfo): ApiError =>
  new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
    kind: info.resource.plural,
    group: info.resource.group,
  });

const noTarget = (name: string): ApiError =>
  new ApiError(422, 'Invalid', `Binding "${name}" is invalid: target.name: Required value`, {
    name,
    kind: 'Binding',
    causes: [{ reason: 'FieldValueRequired', message: 'Required value', field: 'target.name' }],
  });
