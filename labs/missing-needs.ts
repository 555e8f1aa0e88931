import { isBeyondMaqueta } from './beyond-maqueta.ts';
import type { KubeObject, StepShortage, Target } from './engine/ports.ts';
import { openNodes } from './engine/reading.ts';
import { hasBalancer } from './has-balancer.ts';
import type { Step } from './lab.ts';
import { minikubeOrder } from './minikube-order.ts';
import { order } from './parse.ts';

/** Lo que este paso necesita y el destino no tiene. */
export async function missingFor({ needs }: Pick<Step, 'needs'>, nodes: readonly KubeObject[], target: Target): Promise<string | undefined> {
  const { hasPower, proxyRules, title } = target;
  const open = openNodes(nodes).length;
  if (needs?.nodes !== undefined && open < needs.nodes) return `${needs.nodes} nodos donde poner Pods; aquí hay ${open}`;
  if (needs?.power && !hasPower) return `apagar la máquina de un nodo; en ${title} no sé hacerlo`;
  if (needs?.proxyRules && !proxyRules) return `leer las reglas de kube-proxy dentro de un nodo; en ${title} no sé hacerlo`;
  if (needs?.loadBalancer && !(await hasBalancer(target))) return `quien dé dirección a los LoadBalancer; en ${title} no hay nadie`;
  return undefined;
}

/** Los pasos que se van a saltar, dichos antes de empezar, y con qué orden no se saltarían. */
export async function shortagesOf(lab: string, steps: readonly Step[], nodes: readonly KubeObject[], target: Target): Promise<StepShortage[]> {
  const found: StepShortage[] = [];
  for (const step of steps) {
    // En la maqueta nadie echa de menos el núcleo de un nodo: no hay orden que lo ponga.
    if (target.id === 'maqueta' && isBeyondMaqueta(step)) continue;
    const needs = await missingFor(step, nodes, target);
    if (needs === undefined) continue;
    const fix =
      target.id === 'minikube' && step.needs?.nodes !== undefined && openNodes(nodes).length < step.needs.nodes
        ? minikubeOrder(target, 'node add')
        : target.id === 'maqueta' || isBeyondMaqueta(step)
          ? undefined
          : order(lab, 'maqueta');
    found.push({ stepId: step.id, needs, ...(fix === undefined ? {} : { fix }) });
  }
  return found;
}
