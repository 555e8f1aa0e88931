import type { CommandResult, Environment } from '../environment.ts';
import { contentHash } from '../progress/content-hash.ts';
import { type LabProgress, type LabState, labProgress, stateOf } from '../progress/progress.ts';
import { folderOf } from '../registry.ts';
import { changedSince, hereYouAre, hintCount, listHeading, listTries, stateWords } from '../ui/messages.ts';
import type { Screen } from '../ui/screen.ts';
import { padTo, widthOf, wrap } from '../ui/width.ts';

interface Row {
  id: string;
  title: string;
  state: LabState;
  attempts: number;
  hints: number;
  challengeDone: boolean;
  isHere: boolean;
}

/** `lab` y `lab lista`: qué hay y dónde vas. No carga ningún laboratorio ni toca el clúster. */
export async function list({ root, labs, progress, screen }: Environment): Promise<CommandResult> {
  const { progress: known, warning } = await progress.read();
  if (warning) screen.err(`${warning}\n`);
  const rows: Row[] = [];
  for (const entry of labs) {
    const lab = labProgress(known, entry.id);
    const state = stateOf(lab, await contentHash(root, folderOf(entry)));
    rows.push({
      id: entry.id,
      title: entry.title,
      state,
      attempts: attemptsOf(lab),
      hints: Object.values(lab.hints).reduce((total, count) => total + count, 0),
      challengeDone: lab.challenge?.done !== undefined,
      isHere: state !== 'done' && !rows.some((row) => row.isHere),
    });
  }
  if (screen.style === 'json') screen.out(rows.map((row) => `${JSON.stringify({ kind: 'lab', ...row })}\n`).join(''));
  else if (screen.style === 'reader') screen.out(rows.map((row) => `${spokenRow(row)}\n`).join(''));
  else screen.out(`${listHeading}\n${rows.flatMap((row) => rowLines(row, screen)).join('\n')}\n`);
  return 'done';
}

const attemptsOf = ({ demo, challenge }: LabProgress) => (demo?.attempts ?? 0) + (challenge?.attempts ?? 0);

function rowLines({ id, title, state, attempts, hints, challengeDone, isHere }: Row, { glyphs, columns }: Screen): string[] {
  const sign = { done: glyphs.ok, changed: glyphs.changed, current: glyphs.current, pending: glyphs.pending }[state];
  const counts = attempts === 0 ? '' : `${listTries(attempts)}   ${hintCount(hints)}`;
  const rest = [counts, challengeDone ? 'reto hecho' : '', state === 'changed' ? changedSince : '', isHere ? hereYouAre : ''].filter(Boolean).join('   ');
  const head = `  ${id} ${sign} ${padTo(stateWords[state], 11)} `;
  const room = columns() - widthOf(head);
  if (widthOf(title) + 3 + widthOf(rest) <= room) return [`${head}${title}${rest ? `   ${rest}` : ''}`];
  const indent = ' '.repeat(columns() < 60 ? 5 : widthOf(head));
  const [first = '', ...more] = columns() < 60 ? ['', ...wrap(title, columns() - 5)] : wrap(title, room);
  return [
    `${head}${first}`.trimEnd(),
    ...more.map((line) => indent + line),
    ...(rest ? wrap(rest, columns() - indent.length).map((line) => indent + line) : []),
  ];
}

function spokenRow({ id, title, state, attempts, hints, challengeDone, isHere }: Row): string {
  const counts = attempts === 0 ? '' : ` ${listTries(attempts)}, ${hintCount(hints)}.`;
  return `Laboratorio ${id}, ${stateWords[state]}: ${title}.${counts}${challengeDone ? ' Reto hecho.' : ''}${state === 'changed' ? ` ${changedSince}.` : ''}${isHere ? ' Aquí vas.' : ''}`;
}
