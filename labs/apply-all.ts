import { LabError } from './engine/lab-error.ts';
import type { ActionsPort, KubeObject, ManifestDocument } from './engine/ports.ts';

/**
 * Aplica todos los documentos o ninguno: antes de guardar nada, el servidor los juzga todos (`dryRun=All`).
 * Si aun así algo falla a mitad, el error dice qué quedó creado.
 */
export async function applyAll(actions: ActionsPort, documents: readonly ManifestDocument[], namespace: string): Promise<KubeObject[]> {
  await judgeAll(actions, documents, namespace);
  return storeAll(actions, documents, namespace);
}

/** El servidor los juzga todos y no guarda ninguno. */
export async function judgeAll(actions: ActionsPort, documents: readonly ManifestDocument[], namespace: string): Promise<void> {
  for (const document of documents) await actions.apply(document, namespace, { dryRun: true });
}

/** Guarda lo ya juzgado. */
export async function storeAll(actions: ActionsPort, documents: readonly ManifestDocument[], namespace: string): Promise<KubeObject[]> {
  const applied: KubeObject[] = [];
  for (const document of documents) {
    try {
      applied.push(await actions.apply(document, namespace));
    } catch (error) {
      if (!(error instanceof LabError) || applied.length === 0) throw error;
      const created = applied.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
      throw new LabError(`${error.message} Antes de fallar quedó creado en ${namespace}: ${created}.`, {
        code: error.code,
        canHeal: error.canHeal,
        cause: error,
        ...(error.where === undefined ? {} : { where: error.where }),
        ...(error.fix === undefined ? {} : { fix: error.fix }),
      });
    }
  }
  return applied;
}
