import { isBeyondMaqueta } from './beyond-maqueta.ts';
import { Namespace } from './engine/kinds.ts';
import type { LabEvent, Target } from './engine/ports.ts';
import type { LabDefinition } from './lab.ts';
import type { ManifestSource } from './lab-cluster.ts';
import { runLab } from './run-lab.ts';

/** Algo que un laboratorio tiene que demostrar de sí mismo: que sus comprobaciones saben decir que sí y que no (diseño §4). */
export interface Proof {
  title: string;
  /** Cambia nodos o algo de todo el clúster: mientras corre, ninguna otra. */
  isAlone: boolean;
  /** Corre lo que haga falta y dice en qué falla, en frases; vacío si queda demostrado. */
  run(target: Target): Promise<string[]>;
}

export interface ProofWorld {
  signal: AbortSignal;
  /** Los manifiestos, con esa carpeta de `manifests/NN-slug/` en el sitio de lo que escribiría quien aprende. */
  manifestsWith(answers: string): ManifestSource;
  /** Final del nombre de cada espacio. */
  suffix(): string;
  /** Borrar cada espacio al acabar con él. En la maqueta no hace falta: desaparece entera. */
  leavesNothing: boolean;
  /**
   * Cómo se corre la demostración la segunda vez, si no es como la primera: en el taller se graba, y `differences` dice en qué no cuenta lo
   * mismo que la grabación que enseña la página. Así comprobarla no cuesta una tercera pasada.
   */
  recordAgain?(target: Target): Promise<{ events: readonly LabEvent[]; differences: string[] }>;
}

interface Ended {
  stepId: string;
  result: string;
  message: string | undefined;
}

/** Lo mismo en la maqueta (`npm test`) y en el taller (CI). Son independientes: cada una corre en sus propios espacios. */
export function proofsOf(lab: LabDefinition, { signal, manifestsWith, suffix, leavesNothing, recordAgain }: ProofWorld): Proof[] {
  const play = async (target: Target, mode: 'demo' | 'challenge', answers: string): Promise<Ended[]> => {
    const ended: Ended[] = [];
    let namespace: string | undefined;
    const emit = (event: LabEvent) => {
      if (event.kind === 'labStarted') namespace = event.namespace;
      ended.push(...endedIn([event]));
    };
    try {
      await runLab({ lab, mode, target, output: { emit }, signal, manifests: manifestsWith(answers), suffix: suffix() });
      return ended;
    } finally {
      const space = leavesNothing && namespace !== undefined ? await target.cluster.get(Namespace, undefined, namespace) : undefined;
      if (space) await target.actions.delete(space);
    }
  };

  const playAgain = async (target: Target, expected: readonly { id: string }[]): Promise<string[]> => {
    if (!recordAgain) return notAllOk(expected, await play(target, 'demo', 'reto'));
    const { events, differences } = await recordAgain(target);
    // Si un paso no pasa, lo que falta en la grabación viene de ahí: basta decir qué paso.
    const problems = notAllOk(expected, endedIn(events));
    return problems.length > 0 ? problems : differences;
  };

  const isAlone = lab.challenge.needs?.alone ?? false;
  return [
    {
      title: `su demostración pasa entera, dos veces seguidas en el mismo clúster${recordAgain ? ', y cuenta lo que está grabado' : ''}`,
      isAlone: lab.needs.alone ?? false,
      async run(target) {
        const expected = target.id === 'maqueta' ? lab.steps.filter((step) => !isBeyondMaqueta(step)) : lab.steps;
        const first = notAllOk(expected, await play(target, 'demo', 'reto'));
        return first.length > 0 ? first : (await playAgain(target, expected)).map((problem) => `la segunda vez, ${problem}`);
      },
    },
    {
      title: 'su reto sin tocar falla en cada comprobación',
      isAlone,
      async run(target) {
        const ended = await play(target, 'challenge', 'reto');
        return lab.challenge.steps.flatMap(({ id }) => {
          const result = ended.find(({ stepId }) => stepId === id)?.result ?? 'no ha corrido';
          return result === 'ok' || result === 'skipped' || result === 'no ha corrido' ? [`el paso «${id}» debía fallar: ${result}`] : [];
        });
      },
    },
    { title: 'su solución pasa entera', isAlone, run: async (target: Target) => notAllOk(lab.challenge.steps, await play(target, 'challenge', 'solution')) },
    ...Object.entries(lab.challenge.wrong).map(([slug, { fails }]) => ({
      title: `la solución errónea «${slug}» cae en el paso «${fails}» y en ningún otro anterior`,
      isAlone,
      async run(target: Target) {
        const fallen = (await play(target, 'challenge', `wrong/${slug}`)).find(({ result }) => result !== 'ok');
        if (fallen?.stepId === fails && fallen.result !== 'skipped') return [];
        return [`debía caer en «${fails}» y ${fallen ? tell(fallen) : 'ha pasado entera'}`];
      },
    })),
  ];
}

const endedIn = (events: readonly LabEvent[]): Ended[] =>
  events.flatMap((event) =>
    event.kind === 'stepEnded' ? [{ stepId: event.stepId, result: event.result, message: event.failure?.message ?? event.needs }] : [],
  );

function notAllOk(steps: readonly { id: string }[], ended: readonly Ended[]): string[] {
  return steps.flatMap(({ id }) => {
    const found = ended.find(({ stepId }) => stepId === id);
    if (!found) return [`el paso «${id}» no ha corrido`];
    return found.result === 'ok' ? [] : [tell(found)];
  });
}

const tell = ({ stepId, result, message }: Ended) => `el paso «${stepId}» ha acabado en ${result}${message ? `: ${message}` : ''}`;
