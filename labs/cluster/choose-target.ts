import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import type { KubeconfigPlace } from './kubeconfig.ts';
import type { RunMinikube } from './minikube-command.ts';

/** Lo que pidió la persona. Sin palabra: minikube si se puede, y si no, la maqueta, diciéndolo. */
export type TargetWish =
  | { kind: 'automatic' }
  | { kind: 'minikube'; profile?: string }
  | { kind: 'maqueta'; seed?: number }
  | { kind: 'taller' }
  | { kind: 'context'; name: string; isConfirmed: boolean };

export interface ChosenTarget {
  target: Target;
  /** Por qué no es minikube, en una frase, si nadie pidió la maqueta. */
  instead?: string;
}

export interface ChooseOptions {
  wish: TargetWish;
  place: KubeconfigPlace;
  /** Carpeta de caché del taller: ahí dice si está en marcha. */
  tallerCache: string;
  run?: RunMinikube;
}

/** Con palabra, ese destino y solo ese: si no se puede, `LabError` `ENVIRONMENT` con la causa y la orden. */
export async function chooseTarget({ wish, place, tallerCache, run }: ChooseOptions): Promise<ChosenTarget> {
  const runner = run ? { run } : {};
  switch (wish.kind) {
    case 'maqueta':
      return { target: await openMaqueta(wish.seed) };
    case 'taller': {
      const { openTallerTarget } = await import('./taller-target.ts');
      return { target: await openTallerTarget(tallerCache) };
    }
    case 'minikube': {
      const { openMinikubeTarget } = await import('./minikube.ts');
      return { target: await openMinikubeTarget({ place, ...runner, ...(wish.profile === undefined ? {} : { profile: wish.profile }) }) };
    }
    case 'context': {
      const { openContextTarget } = await import('./minikube.ts');
      return { target: await openContextTarget({ place, name: wish.name, isConfirmed: wish.isConfirmed }) };
    }
    case 'automatic': {
      const { openMinikubeTarget } = await import('./minikube.ts');
      try {
        return { target: await openMinikubeTarget({ place, ...runner }) };
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== 'ENVIRONMENT') throw error;
        return { target: await openMaqueta(undefined), instead: error.message };
      }
    }
  }
}

async function openMaqueta(seed: number | undefined): Promise<Target> {
  const { openMaquetaTarget } = await import('./maqueta-target.ts');
  return openMaquetaTarget(seed === undefined ? {} : { seed });
}
