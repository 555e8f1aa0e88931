import { readdir, rename } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import type { OnProgress } from '../progress.ts';
import { type Component, executablesOf, titleOf } from './components.ts';
import { explainGo } from './explain-go.ts';
import { listFormat, pendingPackages } from './pending-packages.ts';
import { goEnvironment, type Place } from './place.ts';
import { type RunResult, run } from './run.ts';
import type { Toolchain } from './toolchain.ts';

export interface Work {
  place: Place;
  toolchain: Toolchain;
  /** Carpeta propia y vacía: aquí quedan los ejecutables y, mientras tanto, los temporales de Go. */
  folder: string;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/**
 * Compila una pieza y devuelve en cuántos pasos: sus paquetes pendientes y enlazar. Qué se comprueba de lo que se baja:
 * - un módulo publicado, contra la suma anotada en components.ts y contra la base de sumas que diga `go env GOSUMDB`;
 * - aquello de lo que depende, contra el go.sum que viaja dentro de ese módulo; lo de labs/taller/go, contra el go.sum del repositorio;
 * - con `-mod=readonly` nadie puede añadir sumas por el camino.
 * No se comprueba que la carpeta ya desempaquetada de la caché de módulos siga intacta: eso es `go mod verify`.
 */
export async function compile(component: Component, work: Work): Promise<number> {
  const { folder, onProgress, toolchain } = work;
  const { tags = [] } = component;
  const title = titleOf(component);
  const task = `compilar ${title}`;
  const temporary = path.join(folder, 'temporal');
  const output = path.join(folder, 'ejecutables');
  const env = goEnvironment(work.place.env, { GOTMPDIR: temporary, CGO_ENABLED: component.usesC ? '1' : '0' });
  const go = async (args: readonly string[], cwd: string, onLine: (line: string) => void): Promise<RunResult> => {
    const result = await run('go', args, { cwd, env, signal: work.signal, onLine });
    if (result.code !== 0)
      throw await explainGo(`${result.stderr}${failureIn(result.stdout)}`, { title, folders: [folder, ...Object.values(toolchain.folders)] });
    return result;
  };

  let downloads = 0;
  const downloading = (line: string) => {
    const what = /^go: downloading (.+)/.exec(line)?.[1];
    if (what) onProgress({ task: `módulos de ${title}`, done: 0, total: 1, detail: `bajando ${what} (van ${++downloads})` });
  };
  const cwd = await sourceFolder(component, work.place.goFolder, (args) => go(args, folder, downloading));

  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', ...(tags.length > 0 ? [`-tags=${tags.join(',')}`] : [])];
  const listed = await go(['list', '-deps', ...(component.isTest ? ['-test'] : []), ...flags, '-f', listFormat, ...component.packages], cwd, downloading);
  if (downloads > 0) onProgress({ task: `módulos de ${title}`, done: 1, total: 1 });

  const packages = pendingPackages(listed.stdout, availableParallelism());
  // Enlazar es lo que queda cuando ya no hay paquetes: en los grandes, medio minuto.
  const total = packages.total + 1;
  onProgress({ task, done: 0, total });
  const showPackage = (line: string) => {
    if (/^\S+$/.test(line)) onProgress({ task, done: Math.min(packages.started(line), total - 1), total, detail: line });
  };
  const values = Object.entries(component.set ?? {}).map(([name, value]) => `-X=${name}=${value}`);
  const link = `-ldflags=${['-s', '-w', ...values].join(' ')}`;
  const names = executablesOf(component);
  if (component.isTest) {
    // `go test -c` no dice por dónde va: antes se compila aquello que la batería importa, que es casi todo, y eso sí se ve.
    const imported = await go(['list', ...flags, '-f', '{{join .TestImports "\\n"}}', ...component.packages], cwd, downloading);
    await go(['build', '-v', ...flags, ...imported.stdout.split('\n').filter(Boolean)], cwd, showPackage);
    onProgress({ task, done: total - 1, total, detail: 'enlazar' });
    await go(['test', '-c', '-vet=off', ...flags, link, '-o', path.join(output, names[0] ?? ''), ...component.packages], cwd, showPackage);
  } else await go(['build', '-v', ...flags, link, '-o', `${output}${path.sep}`, ...component.packages], cwd, showPackage);

  const made = await readdir(output);
  const missing = names.filter((name) => !made.includes(name));
  if (missing.length > 0) throw new Error(`${task}: Go termina bien y no hay ${missing.join(' ni ')}; hay ${made.join(', ')}`);
  for (const name of names) await rename(path.join(output, name), path.join(folder, name));
  return total;
}

/** Dónde está el código. El de un módulo se baja y se comprueba antes de mirarlo. */
async function sourceFolder({ source, version, ...rest }: Component, goFolder: string, go: (args: readonly string[]) => Promise<RunResult>): Promise<string> {
  if ('folder' in source) return path.join(goFolder, source.folder);
  const { stdout } = await go(['mod', 'download', '-json', `${source.module}@v${version}`]);
  const { Dir, Sum } = JSON.parse(stdout) as { Dir: string; Sum: string };
  if (Sum === source.sum) return Dir;
  throw new LabError(`${titleOf({ source, version, ...rest })} ha llegado distinto de como lo anota este repositorio: no se usa.`, {
    code: 'ENVIRONMENT',
    where: `suma ${Sum}, y se espera ${source.sum}`,
    fix: 'go clean -modcache   (y repite; si vuelve a pasar, mira quién hay detrás de: go env GOPROXY)',
  });
}

/** `go mod download -json` cuenta su fallo en el JSON y no en stderr. */
function failureIn(stdout: string): string {
  try {
    return (JSON.parse(stdout) as { Error?: string }).Error ?? '';
  } catch {
    return '';
  }
}
