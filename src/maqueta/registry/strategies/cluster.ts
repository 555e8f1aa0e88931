import type { ConfigMap, EndpointSlice, Namespace, Node, Secret } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { Strategy } from '../registry.ts';
import { forbidden } from './field-errors.ts';
import { checkLabel, checkSubdomain } from './names.ts';

/** El espacio se vacía antes de irse: mientras le quede el finalizer de spec, sigue ahí. Sigue a pkg/registry/core/namespace. */
export const namespaceStrategy: Strategy<Namespace> = {
  prepareForCreate: (namespace) => ({
    ...namespace,
    metadata: { ...namespace.metadata, labels: { ...namespace.metadata.labels, 'kubernetes.io/metadata.name': namespace.metadata.name ?? '' } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }),
  validateCreate: ({ metadata }) => checkLabel('metadata.name', metadata.name ?? ''),
  hasGeneration: false,
  prepareForDelete: (namespace) => ({ ...namespace, status: { ...namespace.status, phase: 'Terminating' } }),
  isHeld: ({ spec }) => (spec?.finalizers?.length ?? 0) > 0,
};

export const nodeStrategy: Strategy<Node> = {
  hasGeneration: false,
  validateCreate: ({ metadata }) => checkSubdomain('metadata.name', metadata.name ?? ''),
};

/** Sigue a pkg/apis/core/validation: un ConfigMap o un Secret inmutable no se toca. */
export const configMapStrategy: Strategy<ConfigMap> = {
  validateCreate: ({ metadata }) => checkSubdomain('metadata.name', metadata.name ?? ''),
  validateUpdate: (after, before) =>
    before.immutable && (!after.immutable || !isEqual(after.data, before.data) || !isEqual(after.binaryData, before.binaryData))
      ? [forbidden('data', 'field is immutable when `immutable` is set')]
      : [],
};

export const secretStrategy: Strategy<Secret> = {
  setDefaults: ({ stringData, ...secret }) => ({
    ...secret,
    type: secret.type ?? 'Opaque',
    ...(stringData ? { data: { ...secret.data, ...Object.fromEntries(Object.entries(stringData).map(([key, text]) => [key, toBase64(text)])) } } : {}),
  }),
  validateCreate: ({ metadata }) => checkSubdomain('metadata.name', metadata.name ?? ''),
  validateUpdate: (after, before) => [
    ...(after.type === before.type ? [] : [forbidden('type', 'field is immutable')]),
    ...(before.immutable && !isEqual(after.data, before.data) ? [forbidden('data', 'field is immutable when `immutable` is set')] : []),
  ],
};

const toBase64 = (text: string): string => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

export const endpointSliceStrategy: Strategy<EndpointSlice> = {
  prepareForCreate: (slice) => ({ ...slice, metadata: { ...slice.metadata, generation: 1 } }),
};
