import { Node } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { ActionsPort, KubeObject, Taint, Target } from './engine/ports.ts';
import { minikubeOrder } from './minikube-order.ts';

/** Lo más que se espera a que un nodo encendido vuelva a estar listo. */
const patience = 180;

/** Las acciones de un destino, recordando qué nodos se han apagado o acordonado y qué taints y etiquetas se les ha puesto. */
export interface KeptNodes {
  actions: ActionsPort;
  /** Enciende los que sigan apagados, quita cordones, taints y etiquetas, y espera a que los que se apagaron estén listos: un laboratorio no deja a nadie sin un nodo. */
  /** `hasPassed`: el laboratorio ya vio volver a los que encendió. Si no, se comprueba también que esos han vuelto. */
  restore(hasPassed?: boolean): Promise<void>;
}

export function keepNodesOn(target: Pick<Target, 'actions' | 'cluster' | 'clock' | 'id' | 'kubectlArguments'>): KeptNodes {
  const { actions, cluster, clock } = target;
  const off = new Set<string>();
  /** Los que se han apagado alguna vez: haberlo encendido no es que haya vuelto. */
  const everOff = new Set<string>();
  const cordoned = new Set<string>();
  /** Los que se han cerrado alguna vez: el taint que el clúster les pone tarda en irse aunque ya estén abiertos. */
  const everClosed = new Set<string>();
  const tainted = new Map<string, { node: string; taint: Taint }>();
  const labelled = new Map<string, { node: string; key: string }>();
  const keyOf = (node: string, { key, effect }: Taint) => `${node} ${key} ${effect}`;
  const until = async (name: string, isBack: (node: KubeObject | undefined) => boolean, message: string, fix: string): Promise<void> => {
    for (let waited = 0; !isBack(await cluster.get(Node, undefined, name)); waited++) {
      if (waited === patience) throw new LabError(message, { code: 'ENVIRONMENT', fix });
      // Una orden interrumpida también recoge lo suyo: aquí no vale su señal.
      await clock.sleep('1s', new AbortController().signal);
    }
  };
  return {
    actions: {
      ...actions,
      async powerOff(node) {
        off.add(node);
        everOff.add(node);
        await actions.powerOff(node);
      },
      async powerOn(node) {
        await actions.powerOn(node);
        off.delete(node);
      },
      async taint(node, taint) {
        tainted.set(keyOf(node, taint), { node, taint });
        await actions.taint(node, taint);
      },
      async untaint(node, taint) {
        await actions.untaint(node, taint);
        tainted.delete(keyOf(node, taint));
      },
      async label(node, key, value) {
        labelled.set(`${node} ${key}`, { node, key });
        await actions.label(node, key, value);
      },
      async unlabel(node, key) {
        await actions.unlabel(node, key);
        labelled.delete(`${node} ${key}`);
      },
      async cordon(node) {
        cordoned.add(node);
        everClosed.add(node);
        await actions.cordon(node);
      },
      async uncordon(node) {
        await actions.uncordon(node);
        cordoned.delete(node);
      },
    },
    async restore(hasPassed = true) {
      const asleep = [...off];
      off.clear();
      for (const name of asleep) await actions.powerOn(name);
      const closed = [...cordoned];
      cordoned.clear();
      for (const node of closed) await actions.uncordon(node);
      const left = [...tainted.values()];
      tainted.clear();
      for (const { node, taint } of left) await actions.untaint(node, taint);
      const marks = [...labelled.values()];
      labelled.clear();
      for (const { node, key } of marks) await actions.unlabel(node, key);
      const names = hasPassed ? asleep : [...everOff];
      everOff.clear();
      for (const name of names) {
        await until(name, isReady, `El nodo ${name}, que este laboratorio apagó, no ha vuelto a estar Ready en ${patience} s.`, howToWake(name, target));
      }
      const opened = [...everClosed];
      everClosed.clear();
      for (const name of opened) {
        const fix = ['kubectl', ...target.kubectlArguments, 'uncordon', name].join(' ');
        await until(name, isOpen, `El nodo ${name}, que este laboratorio acordonó, no ha vuelto a admitir Pods en ${patience} s.`, fix);
      }
    },
  };
}

function howToWake(node: string, target: Pick<Target, 'id' | 'kubectlArguments'>): string {
  if (target.id === 'minikube') return minikubeOrder(target, `node start ${node}`);
  return target.id === 'taller' ? `npm run taller encender ${node}` : ['kubectl', ...target.kubectlArguments, 'describe node', node].join(' ');
}

const isReady = (node: KubeObject | undefined): boolean =>
  ((node?.status?.conditions ?? []) as { type: string; status: string }[]).some(({ type, status }) => type === 'Ready' && status === 'True');

/** Sin el taint que el clúster pone a un nodo acordonado y quita un poco después de abrirlo. */
const isOpen = (node: KubeObject | undefined): boolean =>
  node !== undefined && !((node.spec?.taints ?? []) as Taint[]).some(({ key }) => key === 'node.kubernetes.io/unschedulable');
