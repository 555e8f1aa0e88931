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

/** Vuelve a grabar, en un clúster recién creado. Es un laboratorio entero: quien lo llama da plazo para una máquina ocupada. */
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
  const taller = fileOf(entry, 'taller');

  it(`lo grabado es lo que sale hoy; si no, npm run grabar ${id}`, { timeout: 120_000 }, async () => {
    expect(existsSync(join(root, fileOf(entry)))).toBe(true);
    const recorded = JSON.parse(readFileSync(join(root, fileOf(entry)), 'utf8')) as Recording;
    expect(compareRecordings(recorded, await recordAgain(entry, recorded))).toEqual([]);
  });

  it('dos grabaciones con la misma semilla son iguales byte a byte, salvo lo que dice cuándo y con qué', { timeout: 120_000 }, async () => {
    const { recordedAt: _, measured: __, ...first } = await recordAgain(entry);
    const { recordedAt: ___, measured: ____, ...second } = await recordAgain(entry);
    expect(JSON.stringify(first)).toBe(JSON.stringify(second));
  });

  describe(`en el taller; si no, npm run taller && npm run -s grabar ${id} taller`, () => {
    const read = () => JSON.parse(readFileSync(join(root, taller), 'utf8')) as Recording;

    // Que sea lo que sale hoy lo dice CI, que vuelve a grabar en el taller y compara: aquí no hace falta tenerlo.
    it('está grabado, en un clúster de verdad', () => {
      expect(existsSync(join(root, taller))).toBe(true);
      const { lab, target, isVirtual, seed } = read();
      expect({ lab, target, isVirtual, seed }).toEqual({ lab: id, target: 'taller', isVirtual: false, seed: undefined });
    });

    it('pasa entera: cada paso, en su orden y sin saltarse ninguno', () => {
      const { events, commands, commandsFrom = {} } = read();
      const ids = events.flatMap((event) => (event.kind === 'labStarted' ? event.steps.map((step) => step.id) : []));
      expect(ids.length).toBeGreaterThan(0);
      expect(events.flatMap((event) => (event.kind === 'stepEnded' ? [`${event.stepId}: ${event.result}`] : []))).toEqual(ids.map((step) => `${step}: ok`));
      expect(events.at(-1)).toMatchObject({ kind: 'labEnded', outcome: 'done', passed: ids.length, total: ids.length, skipped: 0 });
      // De cada paso se sabe qué órdenes son suyas: comparar lo nombra.
      expect(Object.keys(commandsFrom)).toEqual(ids);
      expect(Object.values(commandsFrom)).toEqual([...Object.values(commandsFrom)].sort((one, other) => one - other));
      expect(Math.max(...Object.values(commandsFrom))).toBeLessThanOrEqual(commands.length);
    });

    it('dice en qué se grabó, con qué imágenes y cuánto costó: es lo que enseña la cabecera', () => {
      const { targetTitle, versions, images = [], measured, machine, recordedAt } = read();
      expect(targetTitle).toMatch(/^taller \(Kubernetes v1\.\d+\.\d+ real, (1 nodo|\d+ nodos)\)$/);
      expect(versions).toEqual({ kubernetes: /v1\.\d+\.\d+/.exec(targetTitle)?.[0], node: expect.stringMatching(/^v\d+\.\d+\.\d+$/) });
      expect(images.length).toBeGreaterThan(0);
      expect(images.filter(({ from, bytes }) => !from || bytes < 1000)).toEqual([]);
      expect(measured.imageBytes).toBe(images.reduce((sum, { bytes }) => sum + bytes, 0));
      expect(measured.seconds).toBeGreaterThan(1);
      // Menos de un mega entre todos sus Pods sería no haber medido.
      expect(measured.memoryBytes).toBeGreaterThan(1e6);
      expect(machine?.cores).toBeGreaterThan(0);
      expect(machine?.memoryBytes).toBeGreaterThan(1e9);
      expect(new Date(recordedAt).toISOString()).toBe(recordedAt);
    });
  });

  it('ninguna grabación lleva rutas de esta máquina', () => {
    for (const file of [fileOf(entry), taller].filter((one) => existsSync(join(root, one)))) {
      expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/(?<![\w.~}/-])\/(tmp|work|root|home|Users)\/|--kubeconfig/);
    }
  });
});
