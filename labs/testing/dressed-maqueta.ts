import { type MaquetaTargetOptions, openMaquetaTarget } from '../cluster/maqueta-target.ts';
import type { ManifestDocument, Target } from '../engine/ports.ts';

/** Cómo se presenta: lo que se dice a la persona depende de dónde cree que está. */
const dresses = {
  minikube: { id: 'minikube', title: 'minikube → https://192.0.2.10:8443', kubectlArguments: ['--context', 'minikube'] },
  perfil: { id: 'minikube', title: 'clase → https://192.0.2.10:8443', kubectlArguments: ['--context', 'clase'] },
  contexto: { id: 'contexto', title: 'trabajo → https://192.0.2.20:6443', kubectlArguments: ['--context', 'trabajo'] },
} as const;

export type Dress = keyof typeof dresses;

/** Una maqueta que dice ser otro clúster, con lo que se le quite o se le ponga: entrada mala sin tener ninguno estropeado. */
export async function openDressed(dress: Dress, options: MaquetaTargetOptions = {}): Promise<Target> {
  const target = await openMaquetaTarget({ freeze: true, ...options });
  return { ...target, ...dresses[dress], clock: { ...target.clock, isVirtual: false } };
}

/** Un espacio que nace con cuota, como los de un clúster compartido. */
export function withQuota(target: Target, hard: Readonly<Record<string, string>>): Target {
  const quota: ManifestDocument = {
    file: 'cuota.yaml',
    line: 1,
    lineOf: () => 1,
    object: { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'clase' }, spec: { hard } },
  };
  return {
    ...target,
    actions: {
      ...target.actions,
      async createNamespace(name, labels) {
        const space = await target.actions.createNamespace(name, labels);
        await target.actions.apply(quota, name);
        return space;
      },
    },
  };
}
