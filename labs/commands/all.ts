import { LabError } from '../engine/lab-error.ts';
import type { LabEvent, Output } from '../engine/ports.ts';
import { humanDuration } from '../engine/reading.ts';
import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import type { LabEntry } from '../registry.ts';
import { allLabsEnding, allOpening, allTarget, counted, insteadOfMinikube, resultWords, tryThis } from '../ui/messages.ts';
import { paint } from '../ui/screen.ts';
import { executeLab } from './execute-lab.ts';
import { openTarget } from './open-target.ts';

type AllRequest = Extract<Request, { command: 'all' }>;

interface Row {
  entry: LabEntry;
  result: CommandResult;
  passed: number;
  total: number;
}

/** `lab todos`: uno detrás de otro, una línea por laboratorio. Uno que no pasa no para a los demás. */
export async function all({ target: word }: AllRequest, environment: Environment): Promise<CommandResult> {
  const { screen, labs } = environment;
  const say = (line: string) => (screen.style === 'json' ? screen.err(`${line}\n`) : screen.out(`${line}\n`));
  say(allOpening(labs.length));
  const output: Output = { emit: (event: LabEvent) => screen.style === 'json' && screen.out(`${JSON.stringify(event)}\n`) };
  const rows: Row[] = [];
  const warned = new Set<string>();
  for (const entry of labs) {
    const startedAt = environment.now();
    const lab = await entry.load();
    // Un destino nuevo para cada uno: en la maqueta, un clúster recién creado.
    const chosen = await openTarget(word, environment);
    if (rows.length === 0) {
      if (chosen.instead !== undefined) say(insteadOfMinikube(chosen.instead));
      say(allTarget(chosen.target));
    }
    try {
      const { outcome, warnings, isVirtual } = await executeLab({ lab, mode: 'demo', chosen, output, startedAt }, environment);
      for (const warning of warnings) if (!warned.has(warning)) screen.err(`${warning}\n`);
      for (const warning of warnings) warned.add(warning);
      const failed = outcome.steps.find(({ result }) => result !== 'ok' && result !== 'skipped');
      const took = `${humanDuration(outcome.took)}${isVirtual ? ' virtuales' : ''}`;
      say(
        row(
          entry,
          outcome.outcome === 'done',
          `${failed ? `${resultWords[failed.result]}, paso «${failed.stepId}»` : `hecho, ${counted(outcome.passed, outcome.total)}`} en ${took}`,
        ),
      );
      rows.push({ entry, result: outcome.outcome, passed: outcome.passed, total: outcome.total });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      // A este le falta algo; los demás pueden no necesitarlo.
      say(row(entry, false, error.message));
      if (error.fix) say(tryThis(error.fix));
      rows.push({ entry, result: error.code === 'ENVIRONMENT' || error.code === 'LOST' ? 'environment' : 'notYet', passed: 0, total: lab.steps.length });
    }
  }
  const result = worst(rows);
  const sum = (pick: (row: Row) => number) => rows.reduce((total, one) => total + pick(one), 0);
  say(
    allLabsEnding({
      done: rows.filter((one) => one.result === 'done').length,
      total: rows.length,
      passed: sum((one) => one.passed),
      checks: sum((one) => one.total),
    }),
  );
  return result;

  function row({ id, title }: LabEntry, isDone: boolean, text: string): string {
    if (screen.style === 'reader') return `Laboratorio ${id}, ${title}: ${text}.`;
    return `  ${id} ${isDone ? paint(screen, 'good', screen.glyphs.ok) : paint(screen, 'bad', screen.glyphs.no)} ${text}`;
  }
}

/** «Todavía no» pesa menos que un entorno al que le falta algo: eso no se arregla en el laboratorio. */
function worst(rows: readonly Row[]): CommandResult {
  if (rows.some(({ result }) => result === 'environment')) return 'environment';
  return rows.some(({ result }) => result === 'notYet') ? 'notYet' : 'done';
}
