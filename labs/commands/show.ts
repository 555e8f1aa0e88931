import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { contentHash } from '../progress/content-hash.ts';
import { type LastCommands, readLastCommands, saveLastCommands } from '../progress/last-commands.ts';
import { logCommands } from '../recording/command-log.ts';
import { folderOf } from '../registry.ts';
import { runLab } from '../run-lab.ts';
import { commandsFromMaqueta, commandsOpening, namesWillDiffer } from '../ui/messages.ts';
import { padLeft } from '../ui/width.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/**
 * `lab 04 ordenes`: lo mismo, a mano con kubectl. Salen de lo que el laboratorio hizo la última vez o, si no hay última
 * vez, de una pasada por la maqueta. Nadie las escribe.
 */
export async function show({ lab: entry }: LabRequest, environment: Environment): Promise<CommandResult> {
  const { root, screen } = environment;
  if (screen.style !== 'json') screen.err(`${commandsOpening(entry.id, entry.title)}\n`);
  const content = await contentHash(root, folderOf(entry));
  const last = (await readLastCommands(root, entry.id, content)) ?? (await rehearse(entry, content, environment));
  if (screen.style === 'json') {
    screen.out(last.commands.map((command) => `${JSON.stringify({ kind: 'command', lab: entry.id, command })}\n`).join(''));
    return 'done';
  }
  const width = String(last.commands.length).length + 2;
  // Cada orden en su línea y entera: se copia tal cual.
  screen.out(last.commands.map((command, index) => `${padLeft(String(index + 1), width)}  ${command}\n`).join(''));
  if (last.targetId === 'maqueta') screen.err(`${commandsFromMaqueta}\n`);
  screen.err(`${namesWillDiffer}\n`);
  return 'done';
}

/** Una pasada por la maqueta, sin anotarla como intento. */
async function rehearse(entry: LabRequest['lab'], content: string, { root, openTarget, manifestsOf, signal, suffix }: Environment): Promise<LastCommands> {
  const lab = await entry.load();
  const { target } = await openTarget({ kind: 'maqueta' });
  try {
    const log = logCommands(target);
    await runLab({
      lab,
      mode: 'demo',
      target: log.target,
      output: { emit: () => undefined },
      signal,
      manifests: manifestsOf(folderOf(entry), ''),
      suffix: 'maqueta',
    });
    const last = { content, targetId: target.id, commands: log.commands() };
    await saveLastCommands(root, entry.id, last, suffix());
    return last;
  } finally {
    await target.close();
  }
}
