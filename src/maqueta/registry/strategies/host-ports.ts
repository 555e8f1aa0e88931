import type { Container, PodSpec } from '../../schema/types.generated.ts';
import type { FieldError } from '../registry.ts';
import { duplicate, invalid } from './field-errors.ts';

/** En la red del nodo, el puerto del contenedor es el del nodo. Sigue a pkg/apis/core/v1/defaults.go (defaultHostNetworkPorts). */
export const withHostNetworkPorts = (container: Container): Container =>
  container.ports ? { ...container, ports: container.ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort })) } : container;

// Sigue a pkg/apis/core/validation/validation.go (validateContainerPorts, AccumulateUniqueHostPorts, validateHostNetwork).
export function validateHostPorts({ containers = [], initContainers = [], hostNetwork }: PodSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [field, list] of [
    ['containers', containers],
    ['initContainers', initContainers],
  ] as const) {
    const taken = new Set<string>();
    for (const [at, { ports = [] }] of list.entries()) {
      for (const [index, { hostPort, containerPort, hostIP = '', protocol = 'TCP' }] of ports.entries()) {
        if (!hostPort) continue;
        const place = `${path}.${field}[${at}].ports[${index}]`;
        if (!(hostPort > 0 && hostPort < 65536)) errors.push(invalid(`${place}.hostPort`, hostPort, 'must be between 1 and 65535, inclusive'));
        if (hostNetwork && hostPort !== containerPort)
          errors.push(invalid(`${place}.hostPort`, hostPort, 'must match `containerPort` when `hostNetwork` is true'));
        const key = `${protocol}/${hostIP}/${hostPort}`;
        if (taken.has(key)) errors.push(duplicate(`${place}.hostPort`, key));
        taken.add(key);
      }
    }
  }
  return errors;
}
