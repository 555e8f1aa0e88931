import type { Check } from './check.ts';
import type { KubeObject } from './ports.ts';
import { countByNode, imageOf, isReadyPod } from './reading.ts';

/** Los Pods se reparten entre `nodes` nodos con una diferencia máxima de uno, contando los nodos vacíos. */
export const evenlySpread = (nodes: number): Check<KubeObject[]> => ({
  describe: 'reparto con diferencia máxima de 1 entre nodos',
  test(pods) {
    const counts = countByNode(pods);
    const values = [...counts.values(), ...Array<number>(Math.max(0, nodes - counts.size)).fill(0)];
    const skew = Math.max(0, ...values) - Math.min(...values, Number.POSITIVE_INFINITY);
    if (pods.length > 0 && skew <= 1) return { ok: true };
    const found = [...counts].map(([node, count]) => `${node || 'sin nodo'}: ${count}`).join(', ');
    return { ok: false, mismatch: { path: 'Pods por nodo', expected: `${nodes} nodos con una diferencia máxima de 1`, found: found || 'ningún Pod' } };
  },
});

/** Todos los Pods llevan esa imagen y ninguno está yéndose. */
export const allRun = (image: string): Check<KubeObject[]> => ({
  describe: `todos los Pods con ${image}`,
  test(pods) {
    const others = pods.filter((pod) => imageOf(pod) !== image || pod.metadata.deletionTimestamp);
    if (pods.length > 0 && others.length === 0) return { ok: true };
    const found = pods.length === 0 ? 'ningún Pod' : `${pods.length - others.length} de ${pods.length}`;
    return { ok: false, mismatch: { path: 'spec.containers[0].image', expected: `${image} en todos los Pods`, found } };
  },
});

/** Al menos esos Pods, y todos listos. */
export const allReady = (least: number): Check<KubeObject[]> => ({
  describe: `al menos ${least} Pods, todos listos`,
  test(pods) {
    const ready = pods.filter(isReadyPod).length;
    if (pods.length >= least && ready === pods.length) return { ok: true };
    return { ok: false, mismatch: { path: 'Pods listos', expected: `al menos ${least}, y todos`, found: `${ready} de ${pods.length}` } };
  },
});

/** Cada contenedor de la plantilla pide CPU y memoria, y limita la memoria. */
export const declaresResources = (): Check<KubeObject | undefined> => ({
  describe: 'recursos declarados en cada contenedor',
  test(object) {
    const containers = (object?.spec?.template?.spec?.containers ?? []) as {
      name: string;
      resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
    }[];
    if (containers.length === 0) {
      return {
        ok: false,
        mismatch: { path: 'spec.template.spec.containers', expected: 'al menos un contenedor', found: object ? 'ninguno' : 'nada: el objeto no existe' },
      };
    }
    for (const [index, { resources }] of containers.entries()) {
      const missing = [
        ...['cpu', 'memory'].filter((name) => !resources?.requests?.[name]).map((name) => `requests.${name}`),
        ...(resources?.limits?.memory ? [] : ['limits.memory']),
      ];
      if (missing.length > 0) {
        const path = `spec.template.spec.containers[${index}].resources`;
        return { ok: false, mismatch: { path, expected: 'requests de cpu y memory, y limits de memory', found: `falta ${missing.join(', ')}` } };
      }
    }
    return { ok: true };
  },
});

/** El Pod tiene puesta la fecha de borrado y sigue ahí. */
export const isLeaving = (): Check<KubeObject | undefined> => ({
  describe: 'el Pod está Terminating',
  test: (pod) =>
    pod?.metadata.deletionTimestamp
      ? { ok: true }
      : {
          ok: false,
          mismatch: { path: 'metadata.deletionTimestamp', expected: 'puesto', found: pod ? 'ninguno: nadie lo ha borrado' : 'nada: el Pod no existe' },
        },
});

/** Un Pod listo en cada uno de esos nodos, y ninguno más en ningún sitio. */
export const onePerNode = (nodes: readonly string[]): Check<KubeObject[]> => {
  const expected = [...nodes].sort().join(', ');
  return {
    describe: `un Pod listo en cada nodo: ${expected}`,
    test(pods) {
      const found = [...countByNode(pods)].map(([node, count]) => `${node || 'sin nodo'}${count === 1 ? '' : ` (${count})`}`).join(', ');
      const waiting = pods.filter((pod) => !isReadyPod(pod)).map((pod) => pod.metadata.name);
      if (nodes.length > 0 && found === expected && waiting.length === 0) return { ok: true };
      const rest = waiting.length > 0 ? `; sin estar listo: ${waiting.join(', ')}` : '';
      return { ok: false, mismatch: { path: 'nodos con su Pod', expected, found: `${found || 'ninguno'}${rest}` } };
    },
  };
};
