import { setImmediate as turn } from 'node:timers/promises';
import { parseDuration } from '../engine/duration.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Clock } from '../engine/ports.ts';
import type { FollowProgress } from './follow-progress.ts';
import { pause } from './real-clock.ts';

/** Lo que hace falta de la maqueta para que dormir adelante su reloj. */
export interface Steppable {
  readonly clock: {
    now(): number;
    /** Corre el próximo instante si llega antes de `limit`. */
    step(limit?: number): boolean;
    advance(duration: number): void;
  };
  /** Última versión escrita. */
  readonly revision: number;
  /** Manda un BOOKMARK con la versión actual a los watch abiertos y la devuelve. */
  syncWatches(): number;
}

export interface VirtualTime {
  clock: Clock;
  /** Adelanta hasta que `promise` acabe: una petición a un Pod tarda tiempo virtual, y nadie más lo hace pasar. */
  drive<T>(promise: Promise<T>): Promise<T>;
}

/** Tiempo virtual que se concede a una petición antes de dejar de empujarla. */
const longestRequest = 120_000;

/** Reloj de pared que se concede a los watch para ponerse al día: por HTTP en la misma máquina son milisegundos. */
const patience = 10_000;

/**
 * Dormir adelanta la maqueta de instante en instante, y tras cada instante con cambios espera a que los watch abiertos
 * lo hayan visto: así cada suceso llega en su instante virtual exacto y nada depende de la velocidad de la máquina.
 */
export function createVirtualClock(maqueta: Steppable, progress: FollowProgress): VirtualTime {
  const { clock } = maqueta;
  const sleepers = new Set<{ until: number }>();
  let busy = Promise.resolve();

  const catchUp = async (revision: number) => {
    let isReached = false;
    const reached = progress.reached(revision).then(() => {
      isReached = true;
    });
    const limit = performance.now() + patience;
    while (!isReached) {
      // Un watch que se abra entre medias no recibió la marca anterior: se repite hasta que estén todos.
      maqueta.syncWatches();
      await Promise.race([reached, pause(20)]);
      if (!isReached && performance.now() > limit) throw new Error(`Un watch de la maqueta no se ha puesto al día en ${patience / 1000} s`);
    }
  };

  /** Un instante, como mucho hasta donde quiera llegar quien antes despierta. */
  const stepOnce = async () => {
    // Quien acaba de despertar actúa antes de que el reloj siga.
    await turn();
    const limit = Math.min(Number.POSITIVE_INFINITY, ...[...sleepers].map(({ until }) => until));
    const before = maqueta.revision;
    if (!clock.step(limit) && Number.isFinite(limit)) clock.advance(limit - clock.now());
    // Las promesas de los programas de la maqueta acaban dentro del mismo instante.
    await turn();
    if (maqueta.revision !== before && progress.isFollowing) await catchUp(maqueta.revision);
  };

  /** De uno en uno: dos esperas a la vez no se pisan. */
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    const done = busy.then(step);
    busy = done.catch(() => undefined);
    return done;
  };

  const virtual: Clock = {
    isVirtual: true,
    // La red de la maqueta tarda fracciones de milisegundo: fuera se cuentan enteros, como en un reloj de pared.
    now: () => Math.round(clock.now()),
    async sleep(duration, signal) {
      const sleeper = { until: clock.now() + parseDuration(duration) };
      sleepers.add(sleeper);
      try {
        while (clock.now() < sleeper.until) {
          if (signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED' });
          await inTurn(async () => {
            if (clock.now() < sleeper.until) await stepOnce();
          });
        }
        if (signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED' });
      } finally {
        sleepers.delete(sleeper);
      }
    },
  };

  return {
    clock: virtual,
    async drive(promise) {
      let isDone = false;
      const settle = () => {
        isDone = true;
      };
      promise.then(settle, settle);
      const limit = clock.now() + longestRequest;
      await turn();
      while (!isDone && clock.now() < limit) {
        await inTurn(async () => {
          if (!isDone) await stepOnce();
        });
      }
      return promise;
    },
  };
}
