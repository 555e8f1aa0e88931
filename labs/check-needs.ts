import { checkStorageClass } from './check-storage-class.ts';
import { Node } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { KubeObject, Target } from './engine/ports.ts';
import { openNodes } from './engine/reading.ts';
import type { LabDefinition, Step } from './lab.ts';
import { minikubeOrder } from './minikube-order.ts';
import { order } from './parse.ts';

/**
 * Lo que el laboratorio entero necesita, mirado antes de crear nada. Devuelve los nodos que hay.
 * @throws {LabError} `ENVIRONMENT` con lo que falta y la orden que lo arregla.
 */
export async function checkNeeds(
  { id: lab, needs, images: wanted }: Pick<LabDefinition, 'id' | 'needs' | 'images'>,
  steps: readonly Step[],
  target: Target,
): Promise<KubeObject[]> {
  const { cluster, title, id, images, kubectlArguments } = target;
  const nodes = (await cluster.list(Node)).items;
  const open = openNodes(nodes).length;
  // En el taller añadir nodos es una orden y segundos: ahí no se salta un paso por falta de ellos.
  const wantedNodes = Math.max(needs.nodes ?? 0, ...(id === 'taller' ? steps.map((step) => step.needs?.nodes ?? 0) : []));
  if (open < wantedNodes && nodes.length >= wantedNodes) {
    // Añadir nodos no arreglaría lo que alguien ha cerrado.
    throw new LabError(
      `Este laboratorio necesita ${wantedNodes} nodos donde poner Pods y ${title} tiene ${open}: de sus ${nodes.length}, los demás los rechazan (taint o cordón).`,
      { code: 'ENVIRONMENT', fix: ['kubectl', ...kubectlArguments, 'describe', 'nodes'].join(' ') },
    );
  }
  if (open < wantedNodes) throw tooFewNodes(lab, wantedNodes, open, target);
  if (needs.storageClass) await checkStorageClass(target, nodes.length, lab);
  // Quien no puede descargarlas fallaría a mitad, con un Pod que espera una imagen que no vendrá.
  const missing = images === undefined ? [] : wanted.filter((name) => !images.some((image) => image.name === name));
  if (missing.length > 0) {
    throw new LabError(`Este laboratorio usa ${missing.join(', ')} y ${title} no ${missing.length === 1 ? 'la tiene' : 'las tiene'}.`, {
      code: 'ENVIRONMENT',
      fix: id === 'taller' ? 'npm run taller imagenes' : order(lab, 'maqueta'),
    });
  }
  return nodes;
}

function tooFewNodes(lab: string, wanted: number, open: number, target: Target): LabError {
  const { id, title } = target;
  const what = `Este laboratorio necesita ${wanted} nodos donde poner Pods y ${title} tiene ${open}`;
  if (id === 'taller') return new LabError(`${what}.`, { code: 'ENVIRONMENT', fix: `npm run taller nodos ${wanted}` });
  if (id !== 'minikube') return new LabError(`${what}. En la maqueta hay bastantes.`, { code: 'ENVIRONMENT', fix: order(lab, 'maqueta') });
  const missing = wanted - open;
  return new LabError(`${what}: ${missing === 1 ? 'falta 1' : `faltan ${missing}, y cada «node add» añade uno`}.`, {
    code: 'ENVIRONMENT',
    fix: minikubeOrder(target, 'node add'),
    instead: order(lab, 'maqueta'),
  });
}
