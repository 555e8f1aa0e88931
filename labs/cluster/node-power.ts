import { LabError } from '../engine/lab-error.ts';

/** El enchufe de los nodos de un destino: cada uno lo tiene en un sitio. */
export interface NodePower {
  off(node: string): Promise<void>;
  on(node: string): Promise<void>;
}

/** Un clúster cualquiera no dice cómo se apagan sus máquinas. */
export const withoutPower = (title: string): NodePower => {
  const refuse = async (node: string) => {
    throw new LabError(`No sé cómo apagar ni encender ${node}: ${title} no es minikube, ni la maqueta, ni el taller.`, {
      code: 'ENVIRONMENT',
      fix: 'npm run -s lab lista',
    });
  };
  return { off: refuse, on: refuse };
};
