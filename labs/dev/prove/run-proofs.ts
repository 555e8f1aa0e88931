import { LabError } from '../../engine/lab-error.ts';
import type { Target } from '../../engine/ports.ts';
import type { Proof } from '../../proofs.ts';

export interface Proved {
  title: string;
  /** Vacío si queda demostrado. */
  problems: readonly string[];
  /** Milisegundos de la pared. */
  took: number;
  /** En qué falló la primera vez, si se ha repetido. */
  firstProblems?: readonly string[];
}

export interface RunProofsOptions {
  proofs: readonly Proof[];
  target: Target;
  /** Cuántas a la vez, como mucho. */
  atOnce: number;
  now(): number;
  /**
   * La que falle se repite una vez, al final y a solas. En una máquina pequeña, con otro clúster al lado, un nodo puede tardar en enterarse de
   * un cambio más de lo que ningún plazo razonable prevé: eso no se repite solo; una comprobación que no se cumple, sí.
   */
  isPatient?: boolean;
  /** Ha fallado y se repetirá al final. */
  onPostpone?(title: string, problems: readonly string[]): void;
  onEnd(proved: Proved): void;
}

/**
 * Las corre todas, las primeras antes; las que no admiten compañía, de una en una y antes que ninguna. Que una no quede demostrada, o ni
 * pueda correr, no para a las demás; Ctrl-C sí.
 */
export async function runProofs({ proofs, target, atOnce, now, isPatient = false, onPostpone, onEnd }: RunProofsOptions): Promise<Proved[]> {
  const ended: Proved[] = [];
  const postponed: { proof: Proof; problems: readonly string[] }[] = [];
  const work = async (waiting: Proof[], firstProblems?: readonly string[]) => {
    for (let proof = waiting.shift(); proof; proof = waiting.shift()) {
      const startedAt = now();
      const problems = await proof.run(target).catch((error: unknown) => {
        if (!(error instanceof LabError) || error.code === 'ABORTED') {
          waiting.length = 0;
          throw error;
        }
        return [error.message];
      });
      if (isPatient && problems.length > 0 && !firstProblems) {
        postponed.push({ proof, problems });
        onPostpone?.(proof.title, problems);
        continue;
      }
      const proved = { title: proof.title, problems, took: now() - startedAt, ...(firstProblems ? { firstProblems } : {}) };
      ended.push(proved);
      onEnd(proved);
    }
  };
  await work(proofs.filter(({ isAlone }) => isAlone));
  const others = proofs.filter(({ isAlone }) => !isAlone);
  // Con una ya lanzada, la que falle no puede dejar a las otras escribiendo solas.
  const settled = await Promise.allSettled(Array.from({ length: atOnce }, () => work(others)));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  for (const { proof, problems } of postponed) await work([proof], problems);
  return ended;
}
