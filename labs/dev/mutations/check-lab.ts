import type { UseMutated } from './mutated-modules.ts';
import type { ProofMutation, StepMutation } from './mutation.ts';
import type { Fall } from './play-lab.ts';
import type { Verdict } from './verdict.ts';

interface PlayLab {
  whereItFalls(id: string): Promise<Fall | undefined>;
  whatProofSays(id: string, proof: string): Promise<string[]>;
}

const play = 'labs/dev/mutations/play-lab.ts';

/** Con la maqueta rota, la demostración cae en el paso que la nombra: ni en otro antes ni en ninguno. */
export async function checkStep(withMutation: UseMutated, lab: string, mutation: StepMutation): Promise<Verdict> {
  const fall = await withMutation(play, mutation, ({ whereItFalls }: PlayLab) => whereItFalls(lab));
  if (!fall) return { isCaught: false, says: `el laboratorio ${lab} pasa entero; tenía que caer en «${mutation.step}»` };
  const isCaught = fall.step === mutation.step;
  return { isCaught, says: `${isCaught ? '' : `tenía que caer en «${mutation.step}» y `}cae en «${fall.step}»: ${fall.why}` };
}

/** Con una línea de `lab.ts` cambiada, la prueba que debe notarlo falla y nombra el paso. */
export async function checkProof(withMutation: UseMutated, lab: string, mutation: ProofMutation): Promise<Verdict> {
  const problems = await withMutation(play, mutation, ({ whatProofSays }: PlayLab) => whatProofSays(lab, mutation.proof));
  const found = problems.find((problem) => problem.includes(`«${mutation.step}»`));
  return { isCaught: found !== undefined, says: `«${mutation.proof}…» dice: ${found ?? (problems.join('; ') || 'nada')}` };
}
