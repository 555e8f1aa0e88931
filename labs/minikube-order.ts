import type { Target } from './engine/ports.ts';

/** Una orden de minikube para el perfil de ese destino: sin `-p` tocaría otro. */
export function minikubeOrder({ kubectlArguments }: Pick<Target, 'kubectlArguments'>, words: string): string {
  // Perfil y contexto se llaman igual.
  const profile = kubectlArguments[kubectlArguments.indexOf('--context') + 1];
  return `minikube ${words}${profile === undefined || profile === 'minikube' ? '' : ` -p ${profile}`}`;
}
