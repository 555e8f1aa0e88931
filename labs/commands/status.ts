import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { noSpaces, spaceIs } from '../ui/messages.ts';
import { clusterTarget } from './cluster-target.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/** `lab 04 estado`: qué hay creado. Solo lee. */
export async function status(request: LabRequest, environment: Environment): Promise<CommandResult> {
  const { screen } = environment;
  const found = await clusterTarget(request, environment);
  if ('explained' in found) {
    if (screen.style === 'json') screen.err(`${found.explained}\n`);
    else screen.out(`${found.explained}\n`);
    return 'done';
  }
  const { target } = found;
  try {
    const { labStatus } = await import('../cluster/status.ts');
    const spaces = await labStatus(target.cluster, request.lab.id);
    if (screen.style === 'json') screen.out(spaces.map((space) => `${JSON.stringify({ kind: 'space', ...space })}\n`).join(''));
    else screen.out(spaces.length === 0 ? `${noSpaces(request.lab.id, target.title)}\n` : spaces.map((space) => `  ${spaceIs(space)}\n`).join(''));
    return 'done';
  } finally {
    await target.close();
  }
}

/** `lab 04 espacio`: solo el nombre, para meterlo en otra orden. Lo demás va por el canal de avisos. */
export async function space(request: LabRequest, environment: Environment): Promise<CommandResult> {
  const { screen } = environment;
  const found = await clusterTarget(request, environment);
  if ('explained' in found) {
    screen.err(`${found.explained}\n`);
    return 'done';
  }
  const { target } = found;
  try {
    const { labStatus } = await import('../cluster/status.ts');
    const newest = (await labStatus(target.cluster, request.lab.id)).findLast(({ isTerminating }) => !isTerminating);
    if (!newest) {
      // Un nombre vacío en `-n` apuntaría al espacio por defecto: que falle antes.
      screen.err(`${noSpaces(request.lab.id, target.title)}\n`);
      return 'notYet';
    }
    screen.out(screen.style === 'json' ? `${JSON.stringify({ kind: 'space', namespace: newest.namespace })}\n` : `${newest.namespace}\n`);
    return 'done';
  } finally {
    await target.close();
  }
}
