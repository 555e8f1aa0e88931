import { Node } from '../../engine/kinds.ts';
import { LabError } from '../../engine/lab-error.ts';
import type { KubeObject, Target } from '../../engine/ports.ts';

/**
 * Mide y exige que mientras tanto ningún nodo haya cambiado: una medida con un nodo apagado a mitad es verdad, pero de
 * otra cosa.
 */
export async function withSteadyNodes<T>({ cluster }: Pick<Target, 'cluster'>, measure: () => Promise<T>): Promise<T> {
  const before = (await cluster.list(Node)).items;
  const isOff = before.find((node) => readiness(node)?.status !== 'True');
  if (isOff) throw busy(`${isOff.metadata.name} no está Ready`);
  const changed = async () => {
    const now = new Map((await cluster.list(Node)).items.map((node) => [node.metadata.uid, readiness(node)]));
    return before.find((node) => {
      const { status, lastTransitionTime } = now.get(node.metadata.uid) ?? {};
      return status !== 'True' || lastTransitionTime !== readiness(node)?.lastTransitionTime;
    })?.metadata.name;
  };
  try {
    const result = await measure();
    const name = await changed();
    if (name) throw busy(`${name} se ha apagado o ha vuelto mientras se medía`);
    return result;
  } catch (error) {
    // Lo que haya fallado puede ser por eso: entonces esa es la causa que hay que contar.
    const name = error instanceof LabError && error.code !== 'ABORTED' ? await changed().catch(() => undefined) : undefined;
    throw name ? busy(`${name} se ha apagado o ha vuelto mientras se medía`, error) : error;
  }
}

const busy = (what: string, cause?: unknown) =>
  new LabError(`Los nodos del taller no se están quietos: ${what}.`, {
    code: 'ENVIRONMENT',
    canHeal: true,
    fix: 'npm run taller estado   (y con todos encendidos, repite la orden)',
    ...(cause === undefined ? {} : { cause }),
  });

interface Readiness {
  type: string;
  status: string;
  lastTransitionTime: string;
}

const readiness = (node: KubeObject): Readiness | undefined => ((node.status?.conditions ?? []) as Readiness[]).find(({ type }) => type === 'Ready');
