import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { tryThis } from '../ui/messages.ts';

/** Petición → orden. Cada una se importa al pedirla: la primera línea no espera por las demás. */
export async function dispatch(request: Request, environment: Environment): Promise<CommandResult> {
  switch (request.command) {
    case 'usage':
      environment.screen.err(`${request.message}\n${tryThis(request.fix)}\n`);
      return 'usage';
    case 'help':
      return (await import('./help.ts')).help(request, environment);
    case 'list':
      return (await import('./list.ts')).list(environment);
    case 'doctor':
      return (await import('./doctor.ts')).doctor(request, environment);
    case 'report':
      return (await import('./report.ts')).report(request, environment);
    case 'all':
      return (await import('./all.ts')).all(request, environment);
    case 'lab':
      return runAction(request, environment);
  }
}

type LabRequest = Extract<Request, { command: 'lab' }>;

async function runAction(request: LabRequest, environment: Environment): Promise<CommandResult> {
  switch (request.action) {
    case 'run':
      return (await import('./run.ts')).run(request, environment);
    case 'hint':
      return (await import('./hint.ts')).hint(request, environment);
    case 'show':
      return (await import('./show.ts')).show(request, environment);
    case 'status':
      return (await import('./status.ts')).status(request, environment);
    case 'space':
      return (await import('./status.ts')).space(request, environment);
    case 'clean':
      return (await import('./clean.ts')).clean(request, environment);
  }
}
