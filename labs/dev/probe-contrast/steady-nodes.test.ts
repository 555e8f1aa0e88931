import { describe, expect, it } from 'vitest';
import { LabError } from '../../engine/lab-error.ts';
import type { KubeObject, Target } from '../../engine/ports.ts';
import { withSteadyNodes } from './steady-nodes.ts';

const node = (name: string, status: 'True' | 'Unknown', since: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '2026-11-21T08:00:00Z' },
  status: { conditions: [{ type: 'Ready', status, lastTransitionTime: since }] },
});
const calm = [node('nodo1', 'True', '08:00'), node('nodo2', 'True', '08:00')];

/** Cada lectura de los nodos devuelve la siguiente lista, y la última para siempre. */
const reading = (...lists: KubeObject[][]): Pick<Target, 'cluster'> => {
  let turn = 0;
  const list = async () => ({ items: lists[Math.min(turn++, lists.length - 1)] ?? [], resourceVersion: '1' });
  return { cluster: { list } as unknown as Target['cluster'] };
};
const problem = (target: Pick<Target, 'cluster'>, measure: () => Promise<string> = async () => 'medida') =>
  withSteadyNodes(target, measure).then(
    (result) => result,
    (error: Error) => error.message,
  );

describe('medir con los nodos quietos', () => {
  it('si ninguno cambia, entrega lo medido', async () => expect(await problem(reading(calm))).toBe('medida'));

  it('con uno apagado no empieza a medir', async () => {
    let began = false;
    const message = await problem(reading([node('nodo1', 'True', '08:00'), node('nodo2', 'Unknown', '08:10')]), async () => {
      began = true;
      return '';
    });
    expect(message).toBe('Los nodos del taller no se están quietos: nodo2 no está Ready.');
    expect(began).toBe(false);
  });

  it.each([
    ['sigue apagado', [node('nodo1', 'True', '08:00'), node('nodo2', 'Unknown', '08:10')]],
    ['ya ha vuelto', [node('nodo1', 'True', '08:00'), node('nodo2', 'True', '08:11')]],
    ['ha desaparecido', [node('nodo1', 'True', '08:00')]],
  ])('si uno se fue a mitad y %s, lo medido no vale', async (_, after) => {
    expect(await problem(reading(calm, after))).toBe('Los nodos del taller no se están quietos: nodo2 se ha apagado o ha vuelto mientras se medía.');
  });

  it('si medir falla porque se fue un nodo, la causa que se cuenta es esa; si no, la suya', async () => {
    const fails = async (): Promise<string> => {
      throw new LabError('La sonda no contesta.', { code: 'BROKEN' });
    };
    expect(await problem(reading(calm, [node('nodo1', 'True', '08:00')]), fails)).toMatch(/nodo2 se ha apagado o ha vuelto/);
    expect(await problem(reading(calm), fails)).toBe('La sonda no contesta.');
  });
});
