import type { CommandResult, Environment } from '../environment.ts';
import { order, type Request } from '../parse.ts';
import { createRenderer } from '../ui/renderer.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/** `lab 04` y `lab 04 reto`: aplica, actúa y comprueba. */
export async function run({ lab: entry, mode = 'demo', target: word }: LabRequest, environment: Environment): Promise<CommandResult> {
  const { screen } = environment;
  const renderer = createRenderer(screen);
  // Antes de cargar nada más: el motor, el cliente y la maqueta cuestan medio segundo.
  renderer.open({ id: entry.id, title: entry.title, mode });
  try {
    const startedAt = environment.now();
    const [{ executeLab }, { openTarget, targetWords }, { endingLines }, { insteadOfMinikube }, { labProgress }, { whereYouAre }, { prepareChallenge }] =
      await Promise.all([
        import('./execute-lab.ts'),
        import('./open-target.ts'),
        import('../ui/ending-lines.ts'),
        import('../ui/messages.ts'),
        import('../progress/progress.ts'),
        import('./where-you-are.ts'),
        import('./prepare-challenge.ts'),
      ]);
    const lab = await entry.load();
    if (mode === 'challenge') for (const line of await prepareChallenge(lab, environment)) renderer.say(line);
    const chosen = await openTarget(word, environment, entry.id);
    if (chosen.instead !== undefined) renderer.say(insteadOfMinikube(chosen.instead));
    const { outcome, progress, isWritten, isVirtual, wallTime, warnings } = await executeLab({ lab, mode, chosen, output: renderer, startedAt }, environment);
    renderer.close();
    for (const warning of warnings) screen.err(`${warning}\n`);
    if (screen.style === 'json') return outcome.outcome;
    const pending = outcome.steps.find(({ result }) => result !== 'ok' && result !== 'skipped');
    const hints = (mode === 'demo' ? lab.steps : lab.challenge.steps).find(({ id }) => id === pending?.stepId)?.hints.length ?? 0;
    const { done, next } = await whereYouAre(environment, progress);
    const lines = endingLines(
      {
        outcome,
        isVirtual,
        wallTime,
        isWritten,
        attempt: labProgress(progress, entry.id)[mode]?.attempts ?? 1,
        labsDone: done,
        labsTotal: environment.labs.length,
        next: mode === 'demo' && !labProgress(progress, entry.id).challenge?.done ? order(entry.id, 'reto') : next,
        clean: order(entry.id, 'limpiar', ...targetWords(word)),
        ...(hints > 0 ? { hint: { order: order(entry.id, 'pista'), total: hints } } : {}),
      },
      screen,
    );
    screen.out(`${lines.join('\n')}\n`);
    return outcome.outcome;
  } finally {
    renderer.close();
  }
}
