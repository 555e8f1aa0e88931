import { readManifestFile, readManifestFolder } from '../../cluster/manifests.ts';
import { openMaquetaTarget } from '../../cluster/maqueta-target.ts';
import { LabError } from '../../engine/lab-error.ts';
import type { LabEvent, Target } from '../../engine/ports.ts';
import type { LabDefinition } from '../../lab.ts';
import type { ManifestSource } from '../../lab-cluster.ts';
import { proofsOf } from '../../proofs.ts';
import { folderOf, labs } from '../../registry.ts';
import { runLab } from '../../run-lab.ts';

// Se carga roto, y con él todo lo que importa: la maqueta, el motor y el laboratorio.

const root = new URL('../../../', import.meta.url).pathname;

export interface Fall {
  step: string;
  why: string;
}

/** El primer paso que no pasa de la demostración, o `undefined` si pasa entera. Saltarse un paso no es caer. */
export async function whereItFalls(id: string): Promise<Fall | undefined> {
  const lab = await loadLab(id);
  let fall: Fall | undefined;
  const emit = (event: LabEvent) => {
    if (event.kind !== 'stepEnded' || event.result === 'ok' || event.result === 'skipped') return;
    fall ??= { step: event.stepId, why: event.failure?.message ?? event.result };
  };
  await inMaqueta(async (target) => {
    try {
      await runLab({ lab, mode: 'demo', target, output: { emit }, signal: new AbortController().signal, manifests: manifestsOf(lab, 'reto'), suffix: 'rota' });
    } catch (error) {
      // Al recoger tras la caída puede no volver un nodo: lo que cuenta es dónde cayó.
      if (fall === undefined || !(error instanceof LabError)) throw error;
    }
  });
  return fall;
}

/** Lo que dice la prueba de «demostrado» cuyo título empieza así. */
export async function whatProofSays(id: string, proof: string): Promise<string[]> {
  const lab = await loadLab(id);
  let turn = 0;
  const proofs = proofsOf(lab, {
    signal: new AbortController().signal,
    manifestsWith: (answers) => manifestsOf(lab, answers),
    suffix: () => `rot${++turn}`,
    leavesNothing: false,
  });
  const found = proofs.find(({ title }) => title.startsWith(proof));
  if (!found) throw new Error(`El laboratorio ${id} no tiene ninguna prueba que empiece por «${proof}».`);
  return inMaqueta((target) => found.run(target));
}

async function loadLab(id: string): Promise<LabDefinition> {
  const entry = labs.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`No hay laboratorio ${id}.`);
  return entry.load();
}

async function inMaqueta<T>(run: (target: Target) => Promise<T>): Promise<T> {
  const target = await openMaquetaTarget();
  try {
    return await run(target);
  } finally {
    await target.close();
  }
}

const manifestsOf = (lab: LabDefinition, answers: string): ManifestSource => {
  const folder = `manifests/${folderOf(lab)}`;
  return { read: (file) => readManifestFile(root, `${folder}/${file}`), answers: () => readManifestFolder(root, `${folder}/${answers}`) };
};
