import { type KubeObject, keyOf } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { LabelSelector } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { jsonPatch, mergePatch } from './patch.ts';
import { recordUpdate } from './record-update.ts';
import type { RequestInfo } from './request-info.ts';
import { definitionOf } from './schema-check.ts';

type Scalable = KubeObject & { spec?: { replicas?: number; selector?: LabelSelector }; status?: { replicas?: number } };

const selectorText = (selector: LabelSelector | undefined): string =>
  Object.entries(selector?.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

const toScale = (object: Scalable): Record<string, unknown> => ({
  kind: 'Scale',
  apiVersion: 'autoscaling/v1',
  metadata: {
    name: object.metadata.name,
    namespace: object.metadata.namespace,
    uid: object.metadata.uid,
    resourceVersion: object.metadata.resourceVersion,
    creationTimestamp: object.metadata.creationTimestamp,
  },
  spec: { replicas: object.spec?.replicas ?? 0 },
  status: { replicas: object.status?.replicas ?? 0, selector: selectorText(object.spec?.selector) },
});

/** Subrecurso `scale`. Sigue a pkg/registry/apps/deployment/storage/storage.go. */
export function handleScale(
  { registry, store, clock }: World,
  info: RequestInfo,
  method: string,
  body: Record<string, unknown>,
  contentType: string,
  manager: string,
): Record<string, unknown> {
  const key = keyOf(info.resource.group, info.resource.plural);
  const current = store.collection<Scalable>(key).get(info.namespace, info.name);
  if (!current)
    throw new ApiError(404, 'NotFound', `${info.resource.plural}.${info.resource.group} "${info.name}" not found`, {
      name: info.name,
      group: info.resource.group,
      kind: info.resource.plural,
    });
  if (method === 'GET') return toScale(current);
  const before = toScale(current);
  const wanted = (method === 'PUT' ? body : contentType === 'application/json-patch+json' ? jsonPatch(before, body) : mergePatch(before, body)) as {
    spec?: { replicas?: number };
    metadata?: { resourceVersion?: string };
  };
  const replicas = wanted.spec?.replicas ?? 0;
  if (!Number.isInteger(replicas) || replicas < 0) {
    throw new ApiError(
      422,
      'Invalid',
      `Scale.autoscaling "${info.name}" is invalid: spec.replicas: Invalid value: ${replicas}: must be greater than or equal to 0`,
      { name: info.name, group: 'autoscaling', kind: 'Scale' },
    );
  }
  const version = wanted.metadata?.resourceVersion;
  const after: Scalable = {
    ...current,
    metadata: { ...current.metadata, resourceVersion: version ?? current.metadata.resourceVersion ?? '' },
    ...(current.spec ? { spec: { ...current.spec, replicas } } : {}),
  };
  const definition = definitionOf(current.apiVersion, current.kind);
  const managed = definition ? recordUpdate(current, after, { manager, time: timestamp(clock.now()), definition, subresource: 'scale' }) : after;
  return toScale(registry.update<Scalable>(key, managed as Scalable));
}
