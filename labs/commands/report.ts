import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';
import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { contentHash } from '../progress/content-hash.ts';
import { toJUnit } from '../progress/junit.ts';
import { createReport } from '../progress/report.ts';
import { writeAtomic } from '../progress/write-atomic.ts';
import { folderOf } from '../registry.ts';
import { fold } from '../suggest.ts';
import { reportWritten } from '../ui/messages.ts';

type ReportRequest = Extract<Request, { command: 'report' }>;

/** `lab informe` y `lab informe junit`: el resultado en un archivo, para entregarlo. Sin tokens ni kubeconfig. */
export async function report(
  { report: format, name }: ReportRequest,
  { root, labs, progress, screen, now, nodeVersion, suffix }: Environment,
): Promise<CommandResult> {
  const { progress: known, warning } = await progress.read();
  if (warning) screen.err(`${warning}\n`);
  const described = await Promise.all(
    labs.map(async (entry) => ({ id: entry.id, slug: entry.slug, title: entry.title, content: await contentHash(root, folderOf(entry)) })),
  );
  const made = createReport(known, described, { at: new Date(now()).toISOString(), node: nodeVersion, ...(name === undefined ? {} : { name }) });
  const file = `informe-${fileName(name)}.${format === 'junit' ? 'xml' : 'json'}`;
  try {
    await writeAtomic(path.join(root, file), format === 'junit' ? toJUnit(made) : `${JSON.stringify(made, null, 2)}\n`, suffix());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new LabError(`No se puede escribir ${file} (${code}): ¿hay sitio y permiso?`, { code: 'ENVIRONMENT', where: file, cause: error });
  }
  screen.out(screen.style === 'json' ? `${JSON.stringify({ kind: 'report', file })}\n` : `${reportWritten(file, made)}\n`);
  return 'done';
}

/** Sin tildes ni espacios, para que valga en cualquier disco; dentro del archivo el nombre va tal cual. */
const fileName = (name: string | undefined) =>
  fold(name ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'bitacora';
