import { formatQuantity, parseMilli, parseQuantity } from '../quantity.ts';
import type { Container, Node, ObjectFieldSelector, Pod, ResourceFieldSelector } from '../schema/types.generated.ts';
import { ConfigError } from './config-error.ts';

/** Lo que un contenedor puede saber de su propio Pod (`fieldRef`). Lanza un error con el texto del kubelet si no existe ese campo. */
// Sigue a kubernetes: pkg/fieldpath/fieldpath.go.
export function fieldValue(pod: Pod, { fieldPath }: ObjectFieldSelector): string {
  const { metadata, spec, status } = pod;
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(fieldPath);
  if (keyed) return metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2] as string] ?? '';
  const listed = (values: Record<string, string> = {}) =>
    Object.keys(values)
      .sort()
      .map((key) => `${key}=${JSON.stringify(values[key])}`)
      .join('\n');
  switch (fieldPath) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return listed(metadata.labels);
    case 'metadata.annotations':
      return listed(metadata.annotations);
    case 'spec.nodeName':
      return spec?.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? 'default';
    case 'status.podIP':
      return status?.podIP ?? '';
    case 'status.podIPs':
      return (status?.podIPs ?? []).map(({ ip }) => ip).join(',');
    case 'status.hostIP':
      return status?.hostIP ?? '';
    case 'status.hostIPs':
      return (status?.hostIPs ?? []).map(({ ip }) => ip).join(',');
    default:
      throw new ConfigError(`unsupported fieldPath: ${fieldPath}`);
  }
}

/** Recursos de un contenedor (`resourceFieldRef`). Sin límite, el límite es el del nodo. */
// Sigue a kubernetes: pkg/api/v1/resource/helpers.go (ExtractContainerResourceValue).
export function resourceValue(container: Container, node: Node | undefined, { resource, divisor }: ResourceFieldSelector): string {
  const [kind = '', ...rest] = resource.split('.');
  const name = rest.join('.');
  const limits = container.resources?.limits?.[name] ?? node?.status?.allocatable?.[name] ?? '0';
  const amount = kind === 'limits' ? limits : (container.resources?.requests?.[name] ?? '0');
  const by = divisor && divisor !== '0' ? divisor : '1';
  if (name === 'cpu') return String(Math.ceil(parseMilli(amount) / parseMilli(by)));
  return formatQuantity(Math.ceil(parseQuantity(amount) / parseQuantity(by)), 'decimalSI').replace(/[kMGTPE]$/, (suffix) =>
    '000'.repeat('kMGTPE'.indexOf(suffix) + 1),
  );
}
