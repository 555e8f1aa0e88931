import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RecordedTrace } from './trace.ts';

/** Dónde se guardan las trazas del clúster real, una por escenario. */
export const tracesFolder = fileURLToPath(new URL('traces/', import.meta.url));

export async function readTraces(folder = tracesFolder): Promise<Map<string, RecordedTrace>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const traces = await Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as RecordedTrace));
  return new Map(traces.map((one) => [one.trace.scenario, one]));
}

export async function writeTrace(recorded: RecordedTrace, folder = tracesFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${recorded.trace.scenario}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
}
