import type { Clock, Target } from '../engine/ports.ts';
import { createFakeClock } from './fake-clock.ts';

const unused = (what: string) => () => Promise.reject(new Error(`la prueba no esperaba ${what}`));

/** Un destino sin nada dentro: un nodo, y lo que cada prueba le ponga. */
export function fakeTarget({
  id = 'maqueta',
  clock = createFakeClock({ isVirtual: id === 'maqueta' }),
  ...more
}: Partial<Target> & { clock?: Clock } = {}): Target & { isClosed(): boolean } {
  let isClosed = false;
  return {
    id,
    title: id === 'maqueta' ? 'maqueta (Kubernetes simulado)' : 'minikube → https://127.0.0.1:32771',
    serverVersion: 'v1.37.1',
    clock,
    kubectlArguments: id === 'maqueta' ? [] : ['--context', 'minikube'],
    cluster: {
      get: async () => undefined,
      list: async () => ({ items: [], resourceVersion: '1' }),
      async *watch() {},
    },
    actions: {
      apply: unused('aplicar'),
      delete: unused('borrar'),
      scale: unused('escalar'),
      setImage: unused('cambiar la imagen'),
      patch: unused('cambiar campos'),
      taint: unused('poner un taint'),
      untaint: unused('quitar un taint'),
      cordon: unused('acordonar un nodo'),
      uncordon: unused('quitar un cordón'),
      evict: unused('desalojar un Pod'),
      label: unused('poner una etiqueta'),
      unlabel: unused('quitar una etiqueta'),
      logs: unused('leer registros'),
      proxyGet: unused('pedir a un Pod'),
      powerOff: unused('apagar un nodo'),
      powerOn: unused('encender un nodo'),
      createNamespace: async (name, labels) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name, labels, uid: `uid-${name}`, resourceVersion: '1', creationTimestamp: '2026-11-20T09:00:00Z' },
      }),
    },
    close: async () => {
      isClosed = true;
    },
    ...more,
    isClosed: () => isClosed,
  };
}
