import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readManifestFile } from '../../cluster/manifests.ts';
import { openMaquetaTarget } from '../../cluster/maqueta-target.ts';
import { maquetaSeed } from '../../commands/execute-lab.ts';
import { parse } from '../../parse.ts';
import { writeAtomic } from '../../progress/write-atomic.ts';
import { recordLab } from '../../recording/record.ts';
import { folderOf, labs } from '../../registry.ts';

/** `npm run grabar 04`: corre el laboratorio y guarda lo que salió. Sin número, todos. Por ahora, en la maqueta. */
const root = path.join(import.meta.dirname, '../../..');
const words = process.argv.slice(2);
const wanted = words.map((word) => parse([word], labs));
const unknown = words.find((_, index) => wanted[index]?.command !== 'lab');

if (unknown !== undefined) {
  console.error(`No hay laboratorio «${unknown}». Los que hay: ${labs.map(({ id }) => id).join(', ')}.\nPrueba:  npm run grabar ${labs[0]?.id}`);
  process.exitCode = 2;
} else {
  const chosen = wanted.length === 0 ? labs : wanted.flatMap((request) => (request.command === 'lab' ? [request.lab] : []));
  for (const entry of chosen) await record(entry);
}

async function record(entry: (typeof labs)[number]): Promise<void> {
  const lab = await entry.load();
  const folder = folderOf(entry);
  console.log(`Grabando el laboratorio ${entry.id} en la maqueta`);
  const target = await openMaquetaTarget({ seed: maquetaSeed });
  try {
    const recording = await recordLab({
      lab,
      target,
      seed: maquetaSeed,
      manifests: { read: (file) => readManifestFile(root, `manifests/${folder}/${file}`), answers: async () => [] },
      signal: new AbortController().signal,
      now: Date.now,
      versions: { node: process.version },
    });
    const ended = recording.events.findLast((event) => event.kind === 'labEnded');
    if (ended?.outcome !== 'done') {
      // Una grabación enseña lo que el capítulo afirma: si no pasa, no se guarda.
      console.error(`${recording.terminal.join('\n')}\nNo se guarda: el laboratorio ${entry.id} no pasa entero.`);
      process.exitCode = 1;
      return;
    }
    recording.measured.memoryBytes = process.resourceUsage().maxRSS * 1024;
    const file = `labs/${folder}/recordings/maqueta.json`;
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeAtomic(path.join(root, file), `${JSON.stringify(recording, null, 2)}\n`, randomUUID(), 0o644);
    console.log(`  ✔ ${file}: ${recording.events.length} sucesos, ${recording.commands.length} órdenes, ${ended.passed} de ${ended.total} comprobaciones`);
  } finally {
    await target.close();
  }
}
