import { controllerOf, type KubeObject } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import { isEqual } from '../registry/equal.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { ControllerRevision, LabelSelector, PodTemplateSpec } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { ownerReference } from './pods.ts';
import { templateHash } from './template-hash.ts';

interface Revisioned extends KubeObject {
  spec?: { selector?: LabelSelector; template?: PodTemplateSpec; revisionHistoryLimit?: number };
  status?: { collisionCount?: number };
}

export interface Revisions {
  /** La revisión de la plantilla actual: la que hay con ese contenido, puesta al día, o una nueva. Y cuántos nombres chocaron. */
  current(owner: Revisioned): { revision: ControllerRevision; collisions: number };
  list(owner: Revisioned): ControllerRevision[];
  /** Deja las `revisionHistoryLimit` últimas que nadie use. */
  cleanUp(owner: Revisioned, inUse: ReadonlySet<string>): void;
}

export const templateOf = (revision: ControllerRevision): PodTemplateSpec => {
  const { $patch: _patch, ...template } = (revision.data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec.template;
  return template;
};

/** Con las claves en orden, como las escribe Go: hay quien compara revisiones letra a letra. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** El historial de plantillas de StatefulSet y DaemonSet. Sigue a pkg/controller/history. */
export function createRevisions({ store, registry }: Pick<World, 'store' | 'registry'>, labelsOf: (hash: string) => Record<string, string>): Revisions {
  const revisions = store.collection<ControllerRevision>('apps/controllerrevisions');
  const byOwner = revisions.index('controlador', (revision) => [controllerOf(revision)?.uid ?? '']);
  const list = (owner: Revisioned) => [...byOwner.get(owner.metadata.uid ?? '')].sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));

  /** Las que dejó huérfanas un dueño anterior con el mismo selector. Quien se está borrando no puede quedarse con ninguna, y lo deja todo como está. */
  const adopt = (owner: Revisioned) => {
    const orphans = byOwner.get('');
    if (orphans.size === 0) return;
    const matcher = compileSelector(owner.spec?.selector);
    for (const orphan of [...orphans]) {
      if (orphan.metadata.namespace !== owner.metadata.namespace || orphan.metadata.deletionTimestamp || !matcher.matches(orphan.metadata.labels ?? {}))
        continue;
      if (owner.metadata.deletionTimestamp) {
        throw new ApiError(
          409,
          'Conflict',
          `can't adopt ControllerRevisions: ${owner.metadata.name} has just been deleted at ${owner.metadata.deletionTimestamp}`,
        );
      }
      const ownerReferences = [...(orphan.metadata.ownerReferences ?? []), ownerReference(owner)];
      registry.update<ControllerRevision>('apps/controllerrevisions', { ...orphan, metadata: { ...orphan.metadata, ownerReferences } });
    }
  };

  const create = (owner: Revisioned, template: PodTemplateSpec, number: number) => {
    let collisions = owner.status?.collisionCount ?? 0;
    let hash = templateHash(template, collisions);
    // Otro con el mismo nombre y otra plantilla: se prueba con otro hash.
    while (revisions.get(owner.metadata.namespace ?? '', `${owner.metadata.name}-${hash}`)) hash = templateHash(template, ++collisions);
    const revision = registry.create<ControllerRevision>('apps/controllerrevisions', {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${owner.metadata.name}-${hash}`,
        namespace: owner.metadata.namespace ?? '',
        labels: { ...template.metadata?.labels, ...labelsOf(hash) },
        ...(owner.metadata.annotations ? { annotations: owner.metadata.annotations } : {}),
        ownerReferences: [ownerReference(owner)],
      },
      data: { spec: { template: sorted({ ...template, $patch: 'replace' }) as object } },
      revision: number,
    });
    return { revision, collisions };
  };

  return {
    list,
    current(owner) {
      adopt(owner);
      const known = list(owner);
      const template = owner.spec?.template ?? {};
      const last = known.at(-1);
      const collisions = owner.status?.collisionCount ?? 0;
      const next = (last?.revision ?? 0) + 1;
      const same = known.findLast((revision) => isEqual(templateOf(revision), template));
      if (!same) return create(owner, template, next);
      if (same === last) return { revision: same, collisions };
      // Volver a una plantilla anterior no crea otra revisión: sube el número de la que ya estaba.
      return { revision: registry.update<ControllerRevision>('apps/controllerrevisions', { ...same, revision: next }), collisions };
    },
    cleanUp(owner, inUse) {
      const free = list(owner).filter((revision) => !inUse.has(revision.metadata.name ?? ''));
      const extra = free.length - (owner.spec?.revisionHistoryLimit ?? 10);
      for (const revision of free.slice(0, Math.max(0, extra)))
        registry.delete('apps/controllerrevisions', revision.metadata.namespace ?? '', revision.metadata.name ?? '');
    },
  };
}
