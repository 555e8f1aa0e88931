import { machinePath } from '../../src/maqueta/machines-api.ts';
import { LabError } from '../engine/lab-error.ts';
import type { NodePower } from './node-power.ts';

/** Los enchufes de una maqueta servida, por su propia API: la de Kubernetes no los tiene. */
export function maquetaPower({ url, token }: { url: string; token: string }): NodePower {
  const ask = async (path: string) => {
    const response = await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    if (response.ok) return;
    const { message } = (await response.json()) as { message: string };
    throw new LabError(message, { code: 'STOPPED' });
  };
  return { off: (node) => ask(machinePath(node, 'power-off')), on: (node) => ask(machinePath(node, 'power-on')) };
}
