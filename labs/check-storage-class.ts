import { StorageClass } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { KubeObject, Target } from './engine/ports.ts';

/**
 * Quien pide un PVC sin decir la clase necesita una por defecto, y que sirva para los nodos que hay.
 * @throws {LabError} `ENVIRONMENT` con lo que falta y la orden que lo arregla.
 */
export async function checkStorageClass({ cluster, title, id }: Pick<Target, 'cluster' | 'title' | 'id'>, nodes: number): Promise<void> {
  const defaults = (await cluster.list(StorageClass)).items.filter(isDefault);
  if (defaults.length === 0) {
    throw new LabError(`Este laboratorio necesita una StorageClass por defecto y ${title} no la tiene.`, {
      code: 'ENVIRONMENT',
      fix:
        id === 'minikube'
          ? 'minikube addons enable default-storageclass'
          : id === 'taller'
            ? 'npm run taller parar && npm run taller'
            : 'npm run -s lab doctor',
    });
  }
  // Sus PV no dicen en qué nodo están: un Pod que cambia de nodo encuentra una carpeta vacía y parece que ha perdido los datos (minikube#12360).
  const onOneNode = defaults.find(({ provisioner }) => provisioner === 'k8s.io/minikube-hostpath');
  if (!onOneNode || nodes < 2) return;
  throw new LabError(
    `La StorageClass por defecto de ${title}, ${onOneNode.metadata.name}, guarda cada volumen en la carpeta de un nodo y no dice de cuál; con ${nodes} nodos, un Pod que cambie de nodo perdería de vista sus datos.`,
    { code: 'ENVIRONMENT', fix: id === 'minikube' ? 'minikube addons enable storage-provisioner-rancher' : 'npm run -s lab doctor' },
  );
}

const isDefault = ({ metadata }: KubeObject): boolean => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
