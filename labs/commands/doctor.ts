import { LabError } from '../engine/lab-error.ts';
import type { CommandResult, Environment } from '../environment.ts';
import { order, type Request } from '../parse.ts';
import { doctorFailed, doctorHeading, doctorOk, maquetaNeedsNothing, tallerIsRunning, tryThis, unchecked } from '../ui/messages.ts';
import { paint } from '../ui/screen.ts';
import { padTo, wrap } from '../ui/width.ts';
import { doctorChecks } from './doctor-checks.ts';
import { targetWords } from './open-target.ts';
import { redact } from './redact.ts';

type DoctorRequest = Extract<Request, { command: 'doctor' }>;

const titleColumn = 36;

/** `lab doctor`: en orden, se para en lo primero que falla y el resto sale sin comprobar. */
export async function doctor({ target: word }: DoctorRequest, environment: Environment): Promise<CommandResult> {
  const { screen, labs, personal, signal, runningTaller } = environment;
  const isReader = screen.style === 'reader';
  const say = (line: string) => screen.out(`${isReader ? redact(line, personal()) : line}\n`);
  if (screen.style !== 'json') say(doctorHeading);
  const { checks, close } = doctorChecks(word, environment);
  let failed = false;
  try {
    for (const { title, run } of checks) {
      if (signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED' });
      const finding = failed ? undefined : await run();
      if (finding && !finding.isOk) failed = true;
      if (screen.style === 'json') {
        // También se pega en sitios: lo personal, tapado.
        screen.out(
          `${redact(JSON.stringify({ kind: 'check', title, result: finding ? (finding.isOk ? 'ok' : 'failed') : 'unchecked', found: finding?.found, fix: finding?.isOk ? undefined : finding?.fix }), personal())}\n`,
        );
        continue;
      }
      const state = finding ? (finding.isOk ? 'bien' : 'falla') : unchecked;
      if (isReader) say(finding ? `${title}: ${state}, ${finding.found}${/[.!?]$/.test(finding.found) ? '' : '.'}` : `${title}: ${state}.`);
      else for (const line of rowLines(title, finding)) say(line);
      if (finding && !finding.isOk && finding.fix) say(`${isReader ? '' : '    '}${tryThis(finding.fix)}`);
    }
  } finally {
    await close();
  }
  if (screen.style !== 'json') {
    say(failed ? doctorFailed(order('doctor', ...targetWords(word))) : doctorOk);
    const [first] = labs;
    const taller = word.kind === 'taller' ? undefined : await runningTaller();
    if (taller !== undefined && first) say(tallerIsRunning(taller, order(first.id, 'taller')));
    if (failed && word.kind !== 'maqueta' && first) say(maquetaNeedsNothing(order(first.id, 'maqueta')));
  }
  return failed ? 'environment' : 'done';

  function rowLines(title: string, finding: { isOk: boolean; found: string } | undefined): string[] {
    const sign =
      finding === undefined ? screen.glyphs.skipped : finding.isOk ? paint(screen, 'good', screen.glyphs.ok) : paint(screen, 'bad', screen.glyphs.no);
    const found = finding?.found ?? unchecked;
    const columns = screen.columns();
    if (columns < 60) return [...wrap(`${sign} ${title}`, columns), ...wrap(found, columns - 2).map((line) => `  ${line}`)];
    const room = screen.style === 'columns' ? Number.POSITIVE_INFINITY : columns - titleColumn - 4;
    const [head = '', ...rest] = wrap(found, room);
    return [`  ${sign} ${padTo(title, titleColumn)}${head}`, ...rest.map((line) => ' '.repeat(titleColumn + 4) + line)];
  }
}
