import { jsonIn } from '../engine/answer-reading.ts';
import type { Check } from '../engine/check.ts';
import type { KubeObject } from '../engine/ports.ts';
import type { LabCluster } from '../lab.ts';

/** Lo que una libreta lee de su disco cuando se lo preguntan. */
export interface Notebook {
  pod: string;
  version?: string;
  /** Veces que un proceso ha arrancado con este disco, contando el de ahora. */
  starts: number;
  notes: string[];
}

/** Abre la libreta de un Pod y la lee entera, de su disco. */
export const notebook = async (cluster: LabCluster, pod: string): Promise<Notebook> => jsonIn<Notebook>(await cluster.proxyGet(pod, 8080, '/'), pod);

/** Apunta algo en la libreta de un Pod, y devuelve cómo queda. */
export const jot = async (cluster: LabCluster, pod: string, note: string): Promise<Notebook> =>
  jsonIn<Notebook>(await cluster.proxyGet(pod, 8080, `/apunta/${encodeURIComponent(note)}`), pod);

/** Lo que vio un Pod al preguntar por un nombre: sus direcciones y quién contestó. */
export interface Visit {
  name: string;
  addresses: string[];
  answers?: string;
  error?: string;
}

export const visit = async (cluster: LabCluster, from: string, name: string): Promise<Visit> => {
  const found = jsonIn<Partial<Visit>>(await cluster.proxyGet(from, 8080, `/visita/${name}`), from);
  return { ...found, name, addresses: found.addresses ?? [] };
};

/** El nombre lleva a la dirección de ese Pod, y es él quien contesta. */
export const serves = (pod: string, found: KubeObject | undefined): Check<Visit> => {
  const expected = `${found?.status?.podIP} (contesta ${pod})`;
  return {
    describe: `${pod} contesta por su nombre`,
    test({ name, addresses, answers, error }) {
      const seen = error ?? `${addresses.join(', ')} (contesta ${answers})`;
      return seen === expected
        ? { ok: true }
        : { ok: false, mismatch: { path: name, expected, found: `${addresses.length > 0 && error ? `${addresses.join(', ')}: ` : ''}${seen}` } };
    },
  };
};

/** Entre las notas está esa. */
export const remembers = (note: string): Check<readonly string[]> => ({
  describe: `la libreta recuerda «${note}»`,
  test: (notes) =>
    notes.includes(note) ? { ok: true } : { ok: false, mismatch: { path: 'notas releídas', expected: note, found: notes.join('; ') || 'ninguna' } },
});

/** El parche que cambia la versión en la plantilla. */
export const version = (value: string) => ({
  spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'VERSION', value }] }] } } },
});
