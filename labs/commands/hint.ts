import type { CommandResult, Environment } from '../environment.ts';
import type { LabDefinition, Step } from '../lab.ts';
import { type LabMode, order, type Request } from '../parse.ts';
import { hintKey, type LabProgress, labProgress } from '../progress/progress.ts';
import { folderOf } from '../registry.ts';
import { anotherHint, hintHeader, lastHint, noPending, readMore, repeatedHint } from '../ui/messages.ts';
import { wrap } from '../ui/width.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/** `lab 04 pista`: la siguiente del primer paso pendiente. Se anota; la última lo dice. */
export async function hint({ lab: entry, mode: asked }: LabRequest, { progress, screen, now }: Environment): Promise<CommandResult> {
  const { progress: known, warning } = await progress.read();
  if (warning) screen.err(`${warning}\n`);
  const lab = await entry.load();
  const before = labProgress(known, entry.id);
  const mode = asked ?? before.lastMode ?? 'demo';
  const step = pendingStep(lab, mode, before);
  if (!step) {
    if (screen.style === 'json') screen.out(`${JSON.stringify({ kind: 'noHint', lab: entry.id, mode })}\n`);
    else screen.out(`${noPending(entry.id)}\n`);
    return 'done';
  }
  const seen = before.hints[hintKey(mode, step.id)] ?? 0;
  const total = step.hints.length;
  const index = Math.min(seen + 1, total);
  if (seen < total) {
    const saved = await progress.addHint({ kind: 'hint', at: new Date(now()).toISOString(), lab: entry.id, mode, step: step.id, hint: index });
    if (saved.warning && saved.warning !== warning) screen.err(`${saved.warning}\n`);
  }
  const text = step.hints[index - 1] ?? '';
  if (screen.style === 'json') {
    screen.out(`${JSON.stringify({ kind: 'hint', lab: entry.id, mode, step: step.id, index, total, text })}\n`);
    return 'done';
  }
  const again = order(entry.id, ...(asked === 'challenge' ? ['reto'] : []), 'pista');
  const tail = seen >= total ? repeatedHint : index === total ? lastHint : anotherHint(again);
  const indent = screen.style === 'reader' ? '' : '  ';
  const lines = screen.style === 'interactive' ? wrap(text, screen.columns() - 2) : [text];
  screen.out(`${[hintHeader(index, total, entry.id, step.id), ...lines.map((line) => indent + line), tail, readMore(`docs/${folderOf(entry)}`)].join('\n')}\n`);
  return 'done';
}

/** El primer paso que no pasó la última vez. Sin intentos, el primero. */
function pendingStep(lab: LabDefinition, mode: LabMode, before: LabProgress): Step | undefined {
  const steps = mode === 'demo' ? lab.steps : lab.challenge.steps;
  const results = new Map(before[mode]?.last.steps.map(({ id, result }) => [id, result]));
  return steps.find(({ id }) => !['ok', 'skipped'].includes(results.get(id) ?? ''));
}
