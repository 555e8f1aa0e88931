import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readManifestFile } from '../cluster/manifests.ts';
import { openMaquetaTarget } from '../cluster/maqueta-target.ts';
import { maquetaSuffix } from '../commands/execute-lab.ts';
import { contentHash } from '../progress/content-hash.ts';
import { folderOf, type LabEntry, labs } from '../registry.ts';
import { compareRecordings } from './compare.ts';
import { recordLab } from './record.ts';
import type { Recording } from './recording.ts';

const root = join(import.meta.dirname, '../..');
const fileOf = (entry: LabEntry, place = 'maqueta') => `labs/${folderOf(entry)}/recordings/${place}.json`;

/** Vuelve a grabar, en un clúster recién creado. */
async function recordAgain(entry: LabEntry, { seed = 1 }: Pick<Recording, 'seed'> = {}): Promise<Recording> {
  const target = await openMaquetaTarget({ seed, freeze: true });
  const folder = folderOf(entry);
  let now = 0;
  try {
    return await recordLab({
      lab: await entry.load(),
      target,
      seed,
      manifests: { read: (file) => readManifestFile(root, `manifests/${folder}/${file}`), answers: async () => [] },
      signal: new AbortController().signal,
      content: await contentHash(root, folder),
      suffix: maquetaSuffix,
      // Un reloj de pared absurdo: si se colara en lo grabado, se vería.
      now: () => (now += 12_345_678),
      versions: { node: 'v0' },
    });
  } finally {
    await target.close();
  }
}

describe.each(labs.map((entry) => [entry.id, entry] as const))('laboratorio %s', (id, entry) => {
  it(`lo grabado es lo que sale hoy; si no, npm run grabar ${id}`, async () => {
    expect(existsSync(join(root, fileOf(entry)))).toBe(true);
    const recorded = JSON.parse(readFileSync(join(root, fileOf(entry)), 'utf8')) as Recording;
    expect(compareRecordings(recorded, await recordAgain(entry, recorded))).toEqual([]);
  });

  it('dos grabaciones con la misma semilla son iguales byte a byte, salvo lo que dice cuándo y con qué', async () => {
    const { recordedAt: _, measured: __, ...first } = await recordAgain(entry);
    const { recordedAt: ___, measured: ____, ...second } = await recordAgain(entry);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });

  const taller = fileOf(entry, 'taller');
  it.runIf(existsSync(join(root, taller)))(`lo grabado en el taller es de este laboratorio; si no, npm run grabar ${id} taller`, async () => {
    const recorded = JSON.parse(readFileSync(join(root, taller), 'utf8')) as Recording;
    expect({ target: recorded.target, content: recorded.content }).toEqual({ target: 'taller', content: await contentHash(root, folderOf(entry)) });
    const lab = await entry.load();
    expect(recorded.events.flatMap((event) => (event.kind === 'stepEnded' ? [`${event.stepId}: ${event.result}`] : []))).toEqual(
      lab.steps.map((step) => `${step.id}: ok`),
    );
    // Cada imagen del laboratorio dice qué corrió de verdad en su lugar.
    expect(recorded.images?.map(({ name }) => name).sort()).toEqual([...lab.images].sort());
  });

  it('ninguna grabación lleva rutas de esta máquina', () => {
    for (const file of [fileOf(entry), taller].filter((one) => existsSync(join(root, one)))) {
      expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/(?<![\w.~}/-])\/(tmp|work|root|home|Users)\/|--kubeconfig/);
    }
  });
});
