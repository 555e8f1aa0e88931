import { isBeyondMaqueta } from './beyond-maqueta.ts';
import { Namespace } from './engine/kinds.ts';
import type { LabEvent, Target } from './engine/ports.ts';
import type { LabDefinition } from './lab.ts';
import type { ManifestSource } from './lab-cluster.ts';
import { runLab } from './run-lab.ts';

/** Algo que un laboratorio tiene que demostrar de sí mismo: que sus comprobaciones saben decir que sí y que no (diseño §4). */
export interface Proof {
  title: string;
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
}

interface Ended {
  stepId: string;
  result: string;
  message: string | undefined;
}

/** Lo mismo en la maqueta (`npm test`) y en el taller (CI). Son independientes: cada una corre en sus propios espacios. */
export function proofsOf(lab: LabDefinition, { signal, manifestsWith, suffix, leavesNothing }: ProofWorld): Proof[] {
  const play = async (target: Target, mode: 'demo' | 'challenge', answers: string): Promise<Ended[]> => {
    const ended: Ended[] = [];
    let namespace: string | undefined;
    const emit = (event: LabEvent) => {
      if (event.kind === 'labStarted') namespace = event.namespace;
      if (event.kind === 'stepEnded') ended.push({ stepId: event.stepId, result: event.result, message: event.failure?.message ?? event.needs });
    };
    try {
      await runLab({ lab, mode, target, output: { emit }, signal, manifests: manifestsWith(answers), suffix: suffix() });
      return ended;
    } finally {
      const space = leavesNothing && namespace !== undefined ? await target.cluster.get(Namespace, undefined, namespace) : undefined;
      if (space) await target.actions.delete(space);
    }
  };

  return [
    {
      title: 'su demostración pasa entera, dos veces seguidas en el mismo clúster',
      async run(target) {
        const expected = target.id === 'maqueta' ? lab.steps.filter((step) => !isBeyondMaqueta(step)) : lab.steps;
        const first = notAllOk(expected, await play(target, 'demo', 'reto'));
        return first.length > 0 ? first : notAllOk(expected, await play(target, 'demo', 'reto')).map((problem) => `la segunda vez, ${problem}`);
      },
    },
    {
      title: 'su reto sin tocar falla en cada comprobación',
      async run(target) {
        const ended = await play(target, 'challenge', 'reto');
        return lab.challenge.steps.flatMap(({ id }) => {
          const result = ended.find(({ stepId }) => stepId === id)?.result ?? 'no ha corrido';
          return result === 'ok' || result === 'skipped' || result === 'no ha corrido' ? [`el paso «${id}» debía fallar: ${result}`] : [];
        });
      },
    },
    { title: 'su solución pasa entera', run: async (target: Target) => notAllOk(lab.challenge.steps, await play(target, 'challenge', 'solution')) },
    ...Object.entries(lab.challenge.wrong).map(([slug, { fails }]) => ({
      title: `la solución errónea «${slug}» cae en el paso «${fails}» y en ningún otro anterior`,
      async run(target: Target) {
        const fallen = (await play(target, 'challenge', `wrong/${slug}`)).find(({ result }) => result !== 'ok');
        if (fallen?.stepId === fails && fallen.result !== 'skipped') return [];
        return [`debía caer en «${fails}» y ${fallen ? tell(fallen) : 'ha pasado entera'}`];
      },
    })),
  ];
}

function notAllOk(steps: readonly { id: string }[], ended: readonly Ended[]): string[] {
  return steps.flatMap(({ id }) => {
    const found = ended.find(({ stepId }) => stepId === id);
    if (!found) return [`el paso «${id}» no ha corrido`];
    return found.result === 'ok' ? [] : [tell(found)];
  });
}

const tell = ({ stepId, result, message }: Ended) => `el paso «${stepId}» ha acabado en ${result}${message ? `: ${message}` : ''}`;
