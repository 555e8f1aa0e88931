import type { KubeletControl } from './kubelet/start-kubelets.ts';

const root = '/maqueta/machines';

/** Lo que se le puede hacer a una máquina. */
const actions = {
  'power-off': (machines: KubeletControl, name: string) => machines.powerOff(name),
  'power-on': (machines: KubeletControl, name: string) => machines.powerOn(name),
  disconnect: (machines: KubeletControl, name: string) => machines.disconnect(name),
  reconnect: (machines: KubeletControl, name: string) => machines.reconnect(name),
} as const;

export type MachineAction = keyof typeof actions;

/** Dónde se pide eso para esa máquina. */
export const machinePath = (name: string, action: MachineAction): string => `${root}/${encodeURIComponent(name)}/${action}`;

/** Una maqueta vista desde fuera: su API de Kubernetes y, aparte, sus enchufes. */
interface Outside {
  fetch(request: Request): Promise<Response>;
  machines: KubeletControl;
}

/**
 * La API de Kubernetes más la de las máquinas, en `/maqueta/machines`. Kubernetes no sabe apagar un ordenador, así que esto
 * no es un recurso suyo: quien hable con `maqueta.fetch` a secas no lo encuentra.
 */
export function withMachines({ fetch, machines }: Outside): (request: Request) => Promise<Response> {
  return async (request) => {
    const path = new URL(request.url).pathname;
    return path === root || path.startsWith(`${root}/`) ? answer(machines, request.method, path) : fetch(request);
  };
}

function answer(machines: KubeletControl, method: string, path: string): Response {
  if (path === root) {
    if (method !== 'GET') return refuse(405, 'La lista de máquinas solo se lee.');
    return Response.json({ machines: machines.names.map((name) => ({ name, isUp: machines.isUp(name) })) });
  }
  const [name = '', action = '', ...rest] = path
    .slice(root.length + 1)
    .split('/')
    .map(decodeURIComponent);
  const run = rest.length === 0 && Object.hasOwn(actions, action) ? actions[action as MachineAction] : undefined;
  if (!run) return refuse(404, `A una máquina de la maqueta se le puede pedir ${Object.keys(actions).join(', ')}; no «${[action, ...rest].join('/')}».`);
  if (method !== 'POST') return refuse(405, `«${action}» cambia una máquina: se pide con POST.`);
  if (!machines.names.includes(name)) return refuse(404, `La maqueta no tiene ninguna máquina «${name}»; tiene: ${machines.names.join(', ')}.`);
  run(machines, name);
  return Response.json({ name, isUp: machines.isUp(name) });
}

const refuse = (status: number, message: string): Response => Response.json({ message }, { status });
