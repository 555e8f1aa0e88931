import { jsonIn } from '../engine/answer-reading.ts';
import type { Check } from '../engine/check.ts';
import type { KubeObject } from '../engine/ports.ts';
import { nodeOf } from '../engine/reading.ts';
import type { LabCluster } from '../lab.ts';

/** Lo que un agente ha leído de su nodo. */
export interface Measure {
  nodo: string;
  version?: string;
  /** Bytes. */
  memoria: { total: number; disponible: number };
  carga: number[];
  /** Segundos desde que arrancó la máquina. */
  encendido: number;
  /** Los Pods con registros en ese nodo: `espacio_nombre_uid`. */
  pods: string[];
}

export const measure = async (cluster: LabCluster, agent: KubeObject): Promise<Measure> =>
  jsonIn<Measure>(await cluster.proxyGet(agent.metadata.name, 8080, '/'), agent.metadata.name);

/** El agente intenta dejar un archivo en su nodo, y dice cómo le ha ido. */
export const scribble = async (cluster: LabCluster, agent: KubeObject): Promise<{ escrito: boolean; error?: string }> =>
  jsonIn(await cluster.proxyGet(agent.metadata.name, 8080, '/escribe'), agent.metadata.name);

const units: Readonly<Record<string, number>> = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 };

/** `24689364Ki` en bytes. */
export const bytesOf = (quantity: string): number => Number.parseFloat(quantity) * (units[quantity.replace(/^[\d.]+/, '')] ?? 1);

/** Habla de ese nodo y de ningún otro: su nombre, la memoria que anuncia su kubelet y los Pods que corren en él. */
export const tellsAbout = (node: KubeObject, pods: readonly KubeObject[]): Check<Measure> => {
  const { name } = node.metadata;
  return {
    describe: `lo leído es de ${name}`,
    test(read) {
      const no = (path: string, expected: string, found: string) => ({ ok: false as const, mismatch: { path: `${name}: ${path}`, expected, found } });
      if (read.nodo !== name) return no('nodo', name, read.nodo);
      const capacity = bytesOf(String(node.status?.capacity?.memory));
      if (read.memoria.total !== capacity) return no('memoria total', `${capacity} bytes, la capacidad de su Node`, `${read.memoria.total} bytes`);
      for (const pod of pods) {
        const isHere = nodeOf(pod) === name;
        const isSeen = read.pods.some((folder) => folder.endsWith(`_${pod.metadata.uid}`));
        if (isHere !== isSeen)
          return no(`registros de ${pod.metadata.name}`, isHere ? 'en su disco' : `ninguno: corre en ${nodeOf(pod)}`, isSeen ? 'en su disco' : 'ninguno');
      }
      return { ok: true };
    },
  };
};

/** El parche que cambia la versión en la plantilla. */
export const version = (value: string) => ({
  spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'VERSION', value }] }] } } },
});

export interface Toleration {
  key?: string;
  effect?: string;
  tolerationSeconds?: number;
}

export const tolerationsOf = (pod: KubeObject): Toleration[] => pod.spec?.tolerations ?? [];

/** Una tolerancia en una línea: `node.kubernetes.io/unreachable:NoExecute, sin plazo`. */
export const sayToleration = ({ key, effect, tolerationSeconds }: Toleration): string =>
  `${key}:${effect ?? 'cualquiera'}, ${tolerationSeconds === undefined ? 'sin plazo' : `${tolerationSeconds} s`}`;
