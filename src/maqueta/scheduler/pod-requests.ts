import { parseMilli, parseQuantity } from '../quantity.ts';
import type { Container, PodSpec } from '../schema/types.generated.ts';

/** Recursos que pide un Pod: CPU en milésimas; lo demás, en unidades (bytes). */
export type Requests = Readonly<Record<string, number>>;

/** Lo que se supone que gasta un contenedor que no lo dice, para no amontonar en un nodo los que no piden nada. */
const assumedCpu = 100;
const assumedMemory = 200 * 1024 * 1024;

/** La suma de lo que pide el Pod: lo que cuenta para saber si cabe. */
export const podRequests = (spec: PodSpec): Requests => total(spec, (container) => read(container.resources?.requests));

/** La suma de sus límites: la cuenta una ResourceQuota. */
export const podLimits = (spec: PodSpec): Requests => total(spec, (container) => read(container.resources?.limits));

/** Igual, poniendo un mínimo a quien no pide CPU o memoria: lo que cuenta para repartir. */
export const assumedRequests = (spec: PodSpec): Requests =>
  total(spec, (container) => ({ cpu: assumedCpu, memory: assumedMemory, ...read(container.resources?.requests) }));

// Sigue a component-helpers: resource/helpers.go (PodRequests): los contenedores suman; los de inicio corren de uno en uno,
// con los sidecars ya arrancados, y cuenta el que más pida.
function total(spec: PodSpec, requestsOf: (container: Container) => Requests): Requests {
  const sum: Record<string, number> = {};
  const sidecars: Record<string, number> = {};
  const start: Record<string, number> = {};
  for (const container of spec.containers) addTo(sum, requestsOf(container));
  for (const container of spec.initContainers ?? []) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      addTo(sum, requests);
      addTo(sidecars, requests);
      keepLargest(start, sidecars);
    } else {
      const peak = { ...sidecars };
      addTo(peak, requests);
      keepLargest(start, peak);
    }
  }
  keepLargest(sum, start);
  for (const [name, amount] of Object.entries(read(spec.resources?.requests))) sum[name] = amount;
  addTo(sum, read(spec.overhead));
  return sum;
}

const read = (list: Readonly<Record<string, string>> | undefined): Requests => {
  const requests: Record<string, number> = {};
  for (const name in list) requests[name] = name === 'cpu' ? parseMilli(list[name] as string) : Math.ceil(parseQuantity(list[name] as string));
  return requests;
};

const addTo = (sum: Record<string, number>, requests: Requests): void => {
  for (const name in requests) sum[name] = (sum[name] ?? 0) + (requests[name] as number);
};

const keepLargest = (sum: Record<string, number>, requests: Requests): void => {
  for (const name in requests) sum[name] = Math.max(sum[name] ?? 0, requests[name] as number);
};
