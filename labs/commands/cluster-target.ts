import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import type { Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { labProgress } from '../progress/progress.ts';
import { nothingToClean } from '../ui/messages.ts';
import { openTarget } from './open-target.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/**
 * El clúster donde puede quedar algo de este laboratorio, para `estado`, `espacio` y `limpiar`. En la maqueta no queda
 * nada: entonces no se abre ningún destino y se explica.
 */
export async function clusterTarget({ lab, target: word }: LabRequest, environment: Environment): Promise<{ target: Target } | { explained: string }> {
  if (word.kind === 'maqueta') return { explained: nothingToClean('nada que mirar ni que borrar') };
  if (word.kind !== 'automatic') return { target: (await openTarget(word, environment, lab.id)).target };
  try {
    return { target: (await environment.openTarget({ kind: 'minikube' })).target };
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'ENVIRONMENT') throw error;
    const { progress } = await environment.progress.read();
    // Si se usó un clúster de verdad, callar que ahora no responde sería decir que está limpio.
    if (labProgress(progress, lab.id).usedCluster) throw error;
    return { explained: nothingToClean('nada que mirar ni que borrar') };
  }
}
