import type { ConfigMap, EndpointSlice, Namespace, Node, Secret } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { forbidden, invalid } from './field-errors.ts';
import { checkDataKeys, checkLabel, checkSubdomain } from './names.ts';

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
  hidesGrace: true,
  isHeld: ({ spec }) => (spec?.finalizers?.length ?? 0) > 0,
};

export const nodeStrategy: Strategy<Node> = {
  hasGeneration: false,
  validateCreate: ({ metadata }) => checkSubdomain('metadata.name', metadata.name ?? ''),
};

/** Sigue a pkg/apis/core/validation: un ConfigMap o un Secret inmutable no se toca. */
function frozen(after: Freezable, before: Freezable): FieldError[] {
  if (!before.immutable) return [];
  const detail = 'field is immutable when `immutable` is set';
  return [
    ...(after.immutable ? [] : [forbidden('immutable', detail)]),
    ...(isEqual(after.data ?? {}, before.data ?? {}) ? [] : [forbidden('data', detail)]),
    ...(isEqual(after.binaryData ?? {}, before.binaryData ?? {}) ? [] : [forbidden('binaryData', detail)]),
  ];
}

type Freezable = Pick<ConfigMap, 'immutable' | 'data' | 'binaryData'>;

export const configMapStrategy: Strategy<ConfigMap> = {
  validateCreate: (map) => [...checkSubdomain('metadata.name', map.metadata.name ?? ''), ...checkConfigData(map)],
  validateUpdate: (after, before) => [...frozen(after, before), ...checkConfigData(after)],
};

const checkConfigData = ({ data, binaryData }: ConfigMap): FieldError[] => [...checkDataKeys('data', data), ...checkDataKeys('binaryData', binaryData)];

export const secretStrategy: Strategy<Secret> = {
  setDefaults: ({ stringData, ...secret }) => ({
    ...secret,
    type: secret.type ?? 'Opaque',
    ...(stringData ? { data: { ...secret.data, ...Object.fromEntries(Object.entries(stringData).map(([key, text]) => [key, toBase64(text)])) } } : {}),
  }),
  validateCreate: ({ metadata, data }) => [...checkSubdomain('metadata.name', metadata.name ?? ''), ...checkDataKeys('data', data)],
  validateUpdate: (after, before) => [
    ...(after.type === before.type ? [] : [invalid('type', after.type, 'field is immutable')]),
    ...frozen(after, before),
    ...checkDataKeys('data', after.data),
  ],
};

const toBase64 = (text: string): string => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

export const endpointSliceStrategy: Strategy<EndpointSlice> = {
  prepareForCreate: (slice) => ({ ...slice, metadata: { ...slice.metadata, generation: 1 } }),
};
