import type { CleanupReport } from '../cluster/cleanup.ts';
import { humanDuration } from '../engine/reading.ts';
import type { CommandResult, Environment } from '../environment.ts';
import { order, type Request } from '../parse.ts';
import { cleaning, leftoverIs, noLeftovers, nothingCreated, repeatClean } from '../ui/messages.ts';
import { paint, type Screen } from '../ui/screen.ts';
import { clusterTarget } from './cluster-target.ts';
import { targetWords } from './open-target.ts';

type LabRequest = Extract<Request, { command: 'lab' }>;

/** `lab 04 limpiar`: borra lo nuestro y demuestra que no queda nada. Código 1 si quedan restos. */
export async function clean(request: LabRequest, environment: Environment): Promise<CommandResult> {
  const { screen, signal, progress } = environment;
  if (screen.style !== 'json') screen.err(`${cleaning(request.lab.id)}\n`);
  const found = await clusterTarget(request, environment);
  if ('explained' in found) {
    if (screen.style === 'json') screen.err(`${found.explained}\n`);
    else screen.out(`${found.explained}\n`);
    return 'done';
  }
  const { target } = found;
  try {
    const { cleanUp } = await import('../cluster/cleanup.ts');
    const report = await cleanUp(target, { lab: request.lab.id, signal });
    if (report.leftovers.length === 0 && target.id === 'minikube') {
      const { warning } = await progress.setUsedCluster(request.lab.id, false);
      if (warning) screen.err(`${warning}\n`);
    }
    if (screen.style === 'json') screen.out(`${JSON.stringify({ kind: 'cleanup', lab: request.lab.id, ...report })}\n`);
    else screen.out(`${reportLines(report, order(request.lab.id, 'limpiar', ...targetWords(request.target)), screen).join('\n')}\n`);
    return report.leftovers.length === 0 ? 'done' : 'notYet';
  } finally {
    await target.close();
  }
}

function reportLines({ namespaces, claims, volumes, leftovers, took }: CleanupReport, again: string, screen: Screen): string[] {
  const isReader = screen.style === 'reader';
  const ok = isReader ? '' : `  ${paint(screen, 'good', screen.glyphs.ok)} `;
  const no = isReader ? '' : `  ${paint(screen, 'bad', screen.glyphs.no)} `;
  return [
    ...(claims.length > 0 ? [`${ok}PVC borrados: ${claims.join(', ')}`] : []),
    ...(volumes.length > 0 ? [`${ok}PV borrados a mano: ${volumes.join(', ')}`] : []),
    ...namespaces.filter((name) => !leftovers.some((left) => left.name === name)).map((name) => `${ok}Espacio ${name} borrado`),
    ...(namespaces.length === 0 ? [`${ok}${nothingCreated}`] : []),
    ...(leftovers.length === 0
      ? [`${ok}${noLeftovers} (${humanDuration(took)})`]
      : [...leftovers.map((left) => `${no}${leftoverIs(left)}`), repeatClean(again)]),
  ];
}
