import { access, constants, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { nodeIsSupported } from '../cluster/node-support.ts';
import { Node, StorageClass } from '../engine/kinds.ts';
import { LabError } from '../engine/lab-error.ts';
import type { KubeObject, Target, TargetImage } from '../engine/ports.ts';
import { openNodes } from '../engine/reading.ts';
import type { Environment } from '../environment.ts';
import { order, type TargetWord } from '../parse.ts';
import { openTarget } from './open-target.ts';

export interface Finding {
  isOk: boolean;
  found: string;
  fix?: string;
}

export interface DoctorCheck {
  title: string;
  run(): Promise<Finding>;
}

/** La lista, en orden: cada una supone que las de antes han pasado. `close` cierra el destino si se llegó a abrir. */
export function doctorChecks(word: TargetWord, environment: Environment): { checks: readonly DoctorCheck[]; close(): Promise<void> } {
  let target: Target | undefined;
  let nodes: KubeObject[] = [];
  const isMaqueta = word.kind === 'maqueta';
  const isTaller = word.kind === 'taller';
  // Sin palabra se revisa minikube: la maqueta no necesita que nadie la revise.
  const wanted: TargetWord = word.kind === 'automatic' ? { kind: 'minikube' } : word;

  const node: DoctorCheck = {
    title: 'Node 22.19 o posterior',
    run: async () => ({
      isOk: nodeIsSupported(environment.nodeVersion),
      found: environment.nodeVersion,
      fix: 'instala Node 24: https://nodejs.org/es/download',
    }),
  };
  const notebook: DoctorCheck = {
    title: 'Tu bitácora se puede escribir',
    async run() {
      const folder = path.join(environment.root, '.bitacora');
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
        return { isOk: true, found: folder };
      } catch (error) {
        return { isOk: false, found: `${folder}: ${(error as NodeJS.ErrnoException).code}`, fix: 'da permiso de escritura a la carpeta del proyecto' };
      }
    },
  };
  const kubectl: DoctorCheck = {
    title: 'kubectl',
    async run() {
      const version = await environment.kubectlVersion();
      return version
        ? { isOk: true, found: version }
        : { isOk: false, found: 'no está instalado', fix: 'instálalo desde https://kubernetes.io/es/docs/tasks/tools/' };
    },
  };
  const cluster: DoctorCheck = {
    title: isMaqueta
      ? 'La maqueta arranca'
      : isTaller
        ? 'El taller contesta'
        : wanted.kind === 'context'
          ? `Contexto ${wanted.name}`
          : `Contexto ${wanted.kind === 'minikube' ? (wanted.profile ?? 'minikube') : wanted.kind}`,
    async run() {
      try {
        target = (await openTarget(wanted, environment)).target;
        nodes = (await target.cluster.list(Node)).items;
        return { isOk: true, found: `${target.title}, Kubernetes ${target.serverVersion}, ${openNodes(nodes).length} de ${nodes.length} nodos admiten Pods` };
      } catch (error) {
        if (!(error instanceof LabError) || error.code !== 'ENVIRONMENT') throw error;
        return { isOk: false, found: error.message, ...(error.fix ? { fix: error.fix } : {}) };
      }
    },
  };
  const storage: DoctorCheck = {
    title: 'StorageClass por defecto',
    async run() {
      const classes = (await target?.cluster.list(StorageClass))?.items ?? [];
      const byDefault = classes.find((one) => one.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
      return byDefault
        ? { isOk: true, found: byDefault.metadata.name }
        : {
            isOk: false,
            found: 'ninguna',
            fix: isMaqueta ? order('doctor', 'ayuda') : isTaller ? 'npm run taller parar && npm run taller' : 'minikube addons enable default-storageclass',
          };
    },
  };
  const room: DoctorCheck = {
    title: 'Nodos listos, con memoria y disco',
    async run() {
      const troubled = nodes.flatMap((one) =>
        ((one.status?.conditions ?? []) as { type: string; status: string }[])
          .filter(({ type, status }) => (type === 'Ready' ? status !== 'True' : /Pressure$/.test(type) && status === 'True'))
          .map(({ type }) => `${one.metadata.name}: ${type === 'Ready' ? 'no está Ready' : type}`),
      );
      const sizes = openNodes(nodes).map((one) => `${one.metadata.name} ${one.status?.allocatable?.memory ?? '?'}`);
      return troubled.length === 0
        ? { isOk: true, found: sizes.join(', ') }
        : { isOk: false, found: troubled.join(', '), fix: `kubectl ${target?.kubectlArguments.join(' ')} describe nodes` };
    },
  };
  const images: DoctorCheck = {
    title: 'Imágenes de los laboratorios',
    async run() {
      const wantedImages = [...new Set((await Promise.all(environment.labs.map((entry) => entry.load()))).flatMap((lab) => lab.images))];
      if (target?.images) return tallerImages(wantedImages, target.images);
      const present = new Set(
        nodes.flatMap((one) =>
          ((one.status?.images ?? []) as { names?: string[] }[]).flatMap(({ names = [] }) =>
            names.map((name) => name.replace(/^docker\.io\/(library\/)?/, '')),
          ),
        ),
      );
      const missing = wantedImages.filter((image) => !present.has(image));
      // No es un fallo: se descargan la primera vez que hagan falta.
      return {
        isOk: true,
        found: `${wantedImages.length - missing.length} de ${wantedImages.length} ya están${missing.length > 0 ? `; se descargarán: ${missing.join(', ')}` : ''}`,
      };
    },
  };

  return {
    // El taller trae su kubectl.
    checks: isMaqueta
      ? [node, notebook, cluster, storage, room]
      : isTaller
        ? [node, notebook, cluster, storage, room, images]
        : [node, notebook, kubectl, cluster, storage, room, images],
    async close() {
      await target?.close();
    },
  };
}

/** El taller no descarga: la que no tenga no vendrá. */
function tallerImages(wanted: readonly string[], present: readonly TargetImage[]): Finding {
  const missing = wanted.filter((name) => !present.some((image) => image.name === name));
  return missing.length === 0
    ? { isOk: true, found: `${wanted.length} de ${wanted.length}, hechas aquí en lugar de las oficiales` }
    : { isOk: false, found: `faltan ${missing.join(', ')}`, fix: 'npm run taller imagenes' };
}
