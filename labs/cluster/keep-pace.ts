import { setImmediate as turn } from 'node:timers/promises';
import type { VirtualClock } from '../../src/maqueta/clock/clock.ts';

/** El tiempo de la pared, en milisegundos que no retroceden. */
export interface Wall {
  now(): number;
  /** Devuelve cómo arrepentirse. */
  after(delay: number, run: () => void): () => void;
}

export interface Pace {
  /** Pone el reloj en hora antes de atender a alguien, para que lo que escriba lleve su fecha. Lo pendiente corre aparte: no se le hace esperar. */
  catchUp(): void;
  stop(): void;
}

export interface PaceOptions {
  clock: Pick<VirtualClock, 'now' | 'next' | 'step' | 'advance' | 'onSooner'>;
  wall: Wall;
  /** Segundos virtuales por cada segundo de verdad. */
  speed: number;
  /** Algo de la maqueta ha fallado en un instante: no se puede seguir. */
  onFault(error: unknown): void;
}

/** Retraso que se perdona, en segundos de verdad: si la máquina no da abasto, el tiempo va más despacio en vez de amontonarse. */
const forgiven = 1000;

/**
 * Hace pasar el tiempo de la maqueta al ritmo de la pared. Entre suceso y suceso duerme: en reposo no gasta procesador.
 */
export function keepPace({ clock, wall, speed, onFault }: PaceOptions): Pace {
  let anchor = { wall: wall.now(), virtual: clock.now() };
  let isStopped = false;
  let running: Promise<void> | undefined;
  let cancel = () => {};

  const goal = () => anchor.virtual + (wall.now() - anchor.wall) * speed;

  const run = async () => {
    while (!isStopped) {
      const next = clock.next();
      if (next !== undefined && goal() - next > forgiven * speed) anchor = { wall: wall.now(), virtual: next };
      if (!clock.step(goal())) {
        if (goal() > clock.now()) clock.advance(goal() - clock.now());
        // Las promesas de los programas de la maqueta pueden pedir algo más para este mismo instante.
        await turn();
        if ((clock.next() ?? Number.POSITIVE_INFINITY) > goal()) return;
      }
      // Entre instante e instante se atiende a quien espera respuesta.
      await turn();
    }
  };

  const wake = () => {
    cancel();
    running ??= run()
      .catch((error: unknown) => {
        isStopped = true;
        onFault(error);
      })
      .finally(() => {
        running = undefined;
        sleep();
      });
  };

  function sleep(): void {
    cancel();
    const next = clock.next();
    if (isStopped || running || next === undefined) return;
    cancel = wall.after(Math.max(0, next - goal()) / speed, wake);
  }

  clock.onSooner(sleep);
  sleep();
  return {
    catchUp() {
      if (isStopped || running) return;
      const now = goal();
      if ((clock.next() ?? Number.POSITIVE_INFINITY) <= now) wake();
      else if (now > clock.now()) clock.advance(now - clock.now());
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}

export const realWall: Wall = {
  now: () => performance.now(),
  after(delay, run) {
    // Un temporizador no admite más: se despierta antes y vuelve a dormir.
    const timer = setTimeout(run, Math.min(Math.ceil(delay), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  },
};
