import { StorageClass } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { KubeObject, Target } from './engine/ports.ts';
import { minikubeOrder } from './minikube-order.ts';
import { order } from './parse.ts';

/**
 * Quien pide un PVC sin decir la clase necesita una por defecto, y que sirva para los nodos que hay.
 * @throws {LabError} `ENVIRONMENT` con lo que falta y la orden que lo arregla.
 */
export async function checkStorageClass(target: Target, nodes: number, lab: string): Promise<void> {
  const { cluster, title, id } = target;
  const classes = (await cluster.list(StorageClass)).items;
  const defaults = classes.filter(isDefault);
  if (defaults.length === 0) throw noDefault(target, classes, lab);
  // Sus PV no dicen en qué nodo están: un Pod que cambia de nodo encuentra una carpeta vacía y parece que ha perdido los datos (minikube#12360).
  const onOneNode = defaults.find(({ provisioner }) => provisioner === 'k8s.io/minikube-hostpath');
  if (!onOneNode || nodes < 2) return;
  const isMinikube = id === 'minikube';
  throw new LabError(
    `La StorageClass por defecto de ${title}, ${onOneNode.metadata.name}, guarda cada volumen en la carpeta de un nodo y no dice de cuál; con ${nodes} nodos, un Pod que cambie de nodo perdería de vista sus datos.`,
    {
      code: 'ENVIRONMENT',
      fix: isMinikube ? minikubeOrder(target, 'addons enable storage-provisioner-rancher') : order(lab, 'maqueta'),
      ...(isMinikube ? { instead: order(lab, 'maqueta') } : {}),
    },
  );
}

function noDefault(target: Target, classes: readonly KubeObject[], lab: string): LabError {
  const { id, title, kubectlArguments } = target;
  const what = `Este laboratorio necesita una StorageClass por defecto y ${title} no la tiene`;
  if (id === 'taller') return new LabError(`${what}.`, { code: 'ENVIRONMENT', fix: 'npm run taller parar && npm run taller' });
  const inMaqueta = order(lab, 'maqueta');
  const [first] = classes;
  const isOne = classes.length === 1;
  const unmarked = `${isOne ? 'la que hay' : 'las que hay'}, ${classes.map(({ metadata }) => metadata.name).join(', ')}, no ${isOne ? 'está marcada' : 'están marcadas'}`;
  const said = first ? `${what}: ${unmarked}.` : `${what}.`;
  if (id === 'minikube')
    return new LabError(said, { code: 'ENVIRONMENT', fix: minikubeOrder(target, 'addons enable default-storageclass'), instead: inMaqueta });
  if (!first) return new LabError(said, { code: 'ENVIRONMENT', fix: inMaqueta });
  return new LabError(said, {
    code: 'ENVIRONMENT',
    fix: ['kubectl', ...kubectlArguments, 'annotate storageclass', first.metadata.name, 'storageclass.kubernetes.io/is-default-class=true'].join(' '),
    instead: inMaqueta,
  });
}

const isDefault = ({ metadata }: KubeObject): boolean => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
