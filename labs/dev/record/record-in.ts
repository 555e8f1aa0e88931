import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import { cleanUp } from '../../cluster/cleanup.ts';
import { readManifestFile } from '../../cluster/manifests.ts';
import { pause } from '../../cluster/real-clock.ts';
import { maquetaSeed, maquetaSuffix } from '../../commands/execute-lab.ts';
import type { Target } from '../../engine/ports.ts';
import { contentHash } from '../../progress/content-hash.ts';
import { compareRecordings } from '../../recording/compare.ts';
import { recordLab } from '../../recording/record.ts';
import type { Recording } from '../../recording/recording.ts';
import { folderOf, type LabEntry } from '../../registry.ts';
import { spaceSuffix } from '../../space-suffix.ts';

const root = path.join(import.meta.dirname, '../../..');

export const recordingFile = (entry: LabEntry, place: Target['id']): string => `labs/${folderOf(entry)}/recordings/${place}.json`;

/** Corre la demostración en un destino ya abierto y cuenta lo que salió. Lo que crea lo borra, salvo en la maqueta, que se va entera. */
export async function recordIn(target: Target, entry: LabEntry, signal: AbortSignal): Promise<Recording> {
  const lab = await entry.load();
  const folder = folderOf(entry);
  const isMaqueta = target.id === 'maqueta';
  const suffix = isMaqueta ? maquetaSuffix : spaceSuffix(randomInt);
  try {
    return await recordLab({
      lab,
      target,
      ...(isMaqueta ? { seed: maquetaSeed } : { wait: pause }),
      manifests: { read: (file) => readManifestFile(root, `manifests/${folder}/${file}`), answers: async () => [] },
      content: await contentHash(root, folder),
      suffix,
      signal,
      now: Date.now,
      versions: { node: process.version },
      machine: { cores: availableParallelism(), memoryBytes: totalmem() },
    });
  } finally {
    if (!isMaqueta) await leaveNothing(target, entry, suffix);
  }
}

/** Lo guardado, o nada si ese laboratorio no está grabado ahí. */
export async function savedRecording(entry: LabEntry, place: Target['id']): Promise<Recording | undefined> {
  const file = path.join(root, recordingFile(entry, place));
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as Recording) : undefined;
}

/** En qué no cuenta lo mismo que lo guardado, y qué orden lo guarda si es lo que se quería. Vacío si la historia es la misma. */
export async function compareWithSaved(entry: LabEntry, recording: Recording): Promise<string[]> {
  const file = recordingFile(entry, recording.target);
  const order = `npm run -s grabar ${entry.id} ${recording.target}`;
  const before = await savedRecording(entry, recording.target);
  if (!before) return [`El laboratorio ${entry.id} no está grabado: falta ${file}. Prueba:  ${order}`];
  const differences = compareRecordings(before, recording);
  if (differences.length === 0) return [];
  return [
    `${file}: lo grabado (-) y lo que sale ahora (+) no cuentan lo mismo.`,
    ...differences.map((line) => `  ${line}`),
    `  Si el cambio es el que querías:  ${order}`,
  ];
}

async function leaveNothing(target: Target, { id }: LabEntry, suffix: string): Promise<void> {
  const { leftovers } = await cleanUp(target, { lab: id, signal: new AbortController().signal, only: [`lab-${id}-${suffix}`] });
  for (const { kind, name, why } of leftovers) console.error(`  Queda ${kind} ${name}: ${why}`);
}
