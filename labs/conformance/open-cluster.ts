import { writeFile } from 'node:fs/promises';
import { LabError } from '../engine/lab-error.ts';

/** Un clúster en el que correr una prueba. */
export interface TestCluster {
  kubeconfig: string;
  /** Lo que se ha roto en el propio clúster mientras tanto, o `undefined`. */
  fault(): unknown;
  close(): Promise<void>;
}

/** Una maqueta recién hecha, servida por HTTPS. `file`: donde dejar su kubeconfig. */
export async function openMaqueta(file: string): Promise<TestCluster> {
  const { openLiveMaqueta } = await import('../cluster/live-maqueta.ts');
  let fault: unknown;
  const maqueta = await openLiveMaqueta({ onFault: (error) => void (fault ??= error) });
  await writeFile(file, maqueta.kubeconfig, { mode: 0o600 }).catch(async (error: unknown) => {
    await maqueta.close();
    throw new LabError('No se ha podido escribir el kubeconfig de la maqueta.', { code: 'ENVIRONMENT', where: file, cause: error });
  });
  return { kubeconfig: file, fault: () => fault, close: () => maqueta.close() };
}

/** El taller que ya está en marcha: es el mismo para todas, y no se cierra con ninguna. */
export const openShared = (kubeconfig: string): TestCluster => ({ kubeconfig, fault: () => undefined, close: async () => undefined });
