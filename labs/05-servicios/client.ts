import { jsonIn } from '../engine/answer-reading.ts';
import type { Check } from '../engine/check.ts';
import type { LabCluster } from '../lab.ts';

/** Lo que contestó el servidor, o el error que vio el cliente. */
export interface Answer {
  pod?: string;
  /** La cabecera Host con que llegó la petición. */
  host?: string;
  error?: string;
}

/** Lo que cabe en una respuesta del proxy de la API sin hacerla esperar. */
const atOnce = 100;

/** Un cliente de dentro del clúster pide eso tantas veces, de una en una y con una conexión cada vez. */
export async function visit(cluster: LabCluster, from: string, url: string, times: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let left = times; left > 0; left -= atOnce) {
    const query = new URLSearchParams({ url, veces: String(Math.min(left, atOnce)) });
    answers.push(...jsonIn<Answer[]>(await cluster.proxyGet(from, 9000, `/pide?${query}`), from));
  }
  return answers;
}

/** Quién contestó a cada una; un error también es una respuesta: se ve como tal. */
export const namesIn = (answers: readonly Answer[]): string[] => answers.map(({ pod, error }) => pod ?? error ?? 'nada');

export const whoAnswers = async (cluster: LabCluster, from: string, url: string, times: number): Promise<string[]> =>
  namesIn(await visit(cluster, from, url, times));

interface ServiceRecord {
  name: string;
  port: number;
}

const ask = async <T>(cluster: LabCluster, type: 'A' | 'CNAME' | 'SRV', name: string): Promise<{ found?: T[]; error?: string }> =>
  jsonIn(await cluster.proxyGet('cliente', 9000, `/dns?${new URLSearchParams({ tipo: type, nombre: name })}`), 'cliente');

/** Lo que el DNS dice de un nombre, en una línea y siempre en el mismo orden: direcciones, otro nombre, o `puerto nombre`. */
export async function lookUp(cluster: LabCluster, type: 'A' | 'CNAME' | 'SRV', name: string): Promise<string> {
  if (type === 'SRV') {
    const { found, error } = await ask<ServiceRecord>(cluster, type, name);
    return found ? sorted(found.map((record) => `${record.port} ${record.name}`)) : (error ?? 'nada');
  }
  const { found, error } = await ask<string>(cluster, type, name);
  return found ? sorted(found) : (error ?? 'nada');
}

export const sorted = (values: readonly string[]): string => [...values].sort().join(', ');

/** `web.lab-05-7x2k.svc.cluster.local` */
export const fullName = (cluster: LabCluster, service: string): string => `${service}.${cluster.namespace}.svc.cluster.local`;

/** El DNS dice exactamente eso. */
export const dnsSays = (name: string, expected: string): Check<string> => ({
  describe: `${name} → ${expected}`,
  test: (found) => (found === expected ? { ok: true } : { ok: false, mismatch: { path: `DNS de ${name}`, expected, found } }),
});
