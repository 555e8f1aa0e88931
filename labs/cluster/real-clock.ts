import { setTimeout as wait } from 'node:timers/promises';
import { parseDuration } from '../engine/duration.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Clock } from '../engine/ports.ts';

/**
 * El reloj de la pared, para los clústeres de verdad: la hora que era al arrancar y lo transcurrido desde entonces. Si a
 * mitad alguien pone la máquina en hora, ni un plazo se agota antes ni una duración sale negativa.
 */
export const realClock: Clock = {
  isVirtual: false,
  now: () => Math.round(performance.timeOrigin + performance.now()),
  async sleep(duration, signal) {
    await pause(parseDuration(duration), signal);
  },
};

/** Espera de red: siempre de verdad, también con la maqueta (la red entre procesos no es virtual). */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    throw new LabError('Interrumpido', { code: 'ABORTED', cause: error });
  }
}
