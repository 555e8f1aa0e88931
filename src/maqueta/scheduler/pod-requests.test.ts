import { expect, it } from 'vitest';
import type { Container, PodSpec } from '../schema/types.generated.ts';
import { assumedRequests, podRequests } from './pod-requests.ts';

const asks = (cpu?: string, memory?: string, rest: Partial<Container> = {}): Container => ({
  name: 'c',
  resources: { requests: { ...(cpu ? { cpu } : {}), ...(memory ? { memory } : {}) } },
  ...rest,
});
const sidecar = (cpu: string) => asks(cpu, undefined, { restartPolicy: 'Always' });

it.each<[string, PodSpec, Record<string, number>]>([
  ['los contenedores suman', { containers: [asks('100m', '1Mi'), asks('0.2')] }, { cpu: 300, memory: 1_048_576 }],
  ['de los de inicio cuenta el mayor, no la suma', { containers: [asks('100m')], initContainers: [asks('300m'), asks('200m')] }, { cpu: 300 }],
  ['un sidecar suma con los contenedores', { containers: [asks('100m')], initContainers: [sidecar('50m')] }, { cpu: 150 }],
  ['quien arranca después de un sidecar, arranca con él', { containers: [asks('100m')], initContainers: [sidecar('50m'), asks('200m')] }, { cpu: 250 }],
  ['quien arranca antes, sin él', { containers: [asks('100m')], initContainers: [asks('120m'), sidecar('50m')] }, { cpu: 150 }],
  ['lo que se pide para el Pod entero manda', { containers: [asks('100m', '1Mi')], resources: { requests: { cpu: '1' } } }, { cpu: 1000, memory: 1_048_576 }],
  ['el sobrecoste de su clase de ejecución suma', { containers: [asks('100m')], overhead: { cpu: '250m' } }, { cpu: 350 }],
])('%s', (_title, spec, expected) => {
  expect(podRequests(spec)).toEqual(expected);
});

it('para repartir, quien no pide nada cuenta como 100m y 200Mi por contenedor; quien pide cero, cero', () => {
  expect(assumedRequests({ containers: [asks(), asks('1'), asks('0', '0')] })).toEqual({ cpu: 1100, memory: 400 * 1024 * 1024 });
});
