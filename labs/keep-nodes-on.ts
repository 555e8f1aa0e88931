import { Node } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import type { ActionsPort, KubeObject, Target } from './engine/ports.ts';

/** Lo más que se espera a que un nodo encendido vuelva a estar listo. */
const patience = 180;

/** Las acciones de un destino, recordando qué nodos se han apagado. */
export interface KeptNodes {
  actions: ActionsPort;
  /** Enciende los que sigan apagados y espera a que estén listos: un laboratorio no deja a nadie sin un nodo. */
  restore(): Promise<void>;
}

export function keepNodesOn({ actions, cluster, clock, id }: Pick<Target, 'actions' | 'cluster' | 'clock' | 'id'>): KeptNodes {
  const off = new Set<string>();
  return {
    actions: {
      ...actions,
      async powerOff(node) {
        off.add(node);
        await actions.powerOff(node);
      },
      async powerOn(node) {
        await actions.powerOn(node);
        off.delete(node);
      },
    },
    async restore() {
      const names = [...off];
      off.clear();
      for (const name of names) await actions.powerOn(name);
      for (const name of names) {
        let waited = 0;
        while (!isReady(await cluster.get(Node, undefined, name))) {
          if (waited++ === patience) {
            throw new LabError(`El nodo ${name}, que este laboratorio apagó, no ha vuelto a estar Ready en ${patience} s.`, {
              code: 'ENVIRONMENT',
              fix: id === 'minikube' ? `minikube node start ${name}` : id === 'taller' ? `npm run taller encender ${name}` : `kubectl describe node ${name}`,
            });
          }
          // Una orden interrumpida también recoge lo suyo: aquí no vale su señal.
          await clock.sleep('1s', new AbortController().signal);
        }
      }
    },
  };
}

const isReady = (node: KubeObject | undefined): boolean =>
  ((node?.status?.conditions ?? []) as { type: string; status: string }[]).some(({ type, status }) => type === 'Ready' && status === 'True');
