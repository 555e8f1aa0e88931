import type { ChosenTarget } from '../cluster/choose-target.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Environment } from '../environment.ts';
import { order, type TargetWord } from '../parse.ts';
import { askForContext, contextNotConfirmed } from '../ui/messages.ts';

/** El destino pedido, ya abierto. Un contexto que no es minikube se confirma escribiendo su nombre. */
export async function openTarget(word: TargetWord, environment: Environment, lab?: string): Promise<ChosenTarget> {
  const again = (...words: string[]) => order(...(lab === undefined ? [] : [lab]), ...words);
  if (word.kind !== 'context' || word.isConfirmed) return environment.openTarget(word);
  const { name } = word;
  const answer = await environment.ask?.(askForContext(name));
  if (answer === undefined)
    throw new LabError(`Usar el contexto «${name}» exige confirmarlo, y aquí no hay a quién preguntar.`, {
      code: 'ENVIRONMENT',
      fix: again('contexto', name, 'confirmo'),
    });
  if (answer.trim() !== name) throw new LabError(contextNotConfirmed(name), { code: 'ENVIRONMENT' });
  return environment.openTarget({ ...word, isConfirmed: true });
}

/** Cómo se vuelve a pedir este destino en la orden que se enseña. */
export function targetWords(word: TargetWord): string[] {
  if (word.kind === 'context') return ['contexto', word.name];
  if (word.kind === 'minikube' && word.profile !== undefined) return ['perfil', word.profile];
  return word.kind === 'taller' ? ['taller'] : [];
}
