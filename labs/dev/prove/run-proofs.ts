import { LabError } from '../../engine/lab-error.ts';
import type { Target } from '../../engine/ports.ts';
import type { Proof } from '../../proofs.ts';

export interface Proved {
  title: string;
  /** Vacío si queda demostrado. */
  problems: readonly string[];
  /** Milisegundos de la pared. */
  took: number;
}

export interface RunProofsOptions {
  proofs: readonly Proof[];
  target: Target;
  /** Cuántas a la vez, como mucho. */
  atOnce: number;
  now(): number;
  onEnd(proved: Proved): void;
}

/**
 * Las corre todas, las primeras antes; las que no admiten compañía, de una en una y antes que ninguna. Que una no quede demostrada, o ni
 * pueda correr, no para a las demás; Ctrl-C sí.
 */
export async function runProofs({ proofs, target, atOnce, now, onEnd }: RunProofsOptions): Promise<Proved[]> {
  const ended: Proved[] = [];
  const work = async (waiting: Proof[]) => {
    for (let proof = waiting.shift(); proof; proof = waiting.shift()) {
      const startedAt = now();
      const problems = await proof.run(target).catch((error: unknown) => {
        if (!(error instanceof LabError) || error.code === 'ABORTED') {
          waiting.length = 0;
          throw error;
        }
        return [error.message];
      });
      const proved = { title: proof.title, problems, took: now() - startedAt };
      ended.push(proved);
      onEnd(proved);
    }
  };
  await work(proofs.filter(({ isAlone }) => isAlone));
  const others = proofs.filter(({ isAlone }) => !isAlone);
  // Con una ya lanzada, la que falle no puede dejar a las otras escribiendo solas.
  const settled = await Promise.allSettled(Array.from({ length: atOnce }, () => work(others)));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return ended;
}
