import { controllerOf, type KubeObject } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import type { ControllerRevision, PodTemplateSpec } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { ownerReference } from './pods.ts';
import { templateHash } from './template-hash.ts';

interface Revisioned extends KubeObject {
  spec?: { template?: PodTemplateSpec; revisionHistoryLimit?: number };
}

export interface Revisions {
  /** La revisión de la plantilla actual: la que hay con ese contenido, puesta al día, o una nueva. */
  current(owner: Revisioned): ControllerRevision;
  list(owner: Revisioned): ControllerRevision[];
  /** Deja las `revisionHistoryLimit` últimas que nadie use. */
  cleanUp(owner: Revisioned, inUse: ReadonlySet<string>): void;
}

export const templateOf = (revision: ControllerRevision): PodTemplateSpec => {
  const { $patch: _patch, ...template } = (revision.data as { spec: { template: PodTemplateSpec & { $patch?: string } } }).spec.template;
  return template;
};

/** El historial de plantillas de StatefulSet y DaemonSet. Sigue a pkg/controller/history. */
export function createRevisions({ store, registry }: Pick<World, 'store' | 'registry'>, labelsOf: (hash: string) => Record<string, string>): Revisions {
  const revisions = store.collection<ControllerRevision>('apps/controllerrevisions');
  const byOwner = revisions.index('controlador', (revision) => [controllerOf(revision)?.uid ?? '']);
  const list = (owner: Revisioned) => [...byOwner.get(owner.metadata.uid ?? '')].sort((a, b) => (a.revision ?? 0) - (b.revision ?? 0));
  return {
    list,
    current(owner) {
      const known = list(owner);
      const template = owner.spec?.template ?? {};
      const last = known.at(-1);
      const next = (last?.revision ?? 0) + 1;
      const same = known.find((revision) => isEqual(templateOf(revision), template));
      if (same && same === last) return same;
      // Volver a una plantilla anterior no crea otra revisión: sube el número de la que ya estaba.
      if (same) return registry.update<ControllerRevision>('apps/controllerrevisions', { ...same, revision: next });
      const hash = templateHash(template);
      return registry.create<ControllerRevision>('apps/controllerrevisions', {
        apiVersion: 'apps/v1',
        kind: 'ControllerRevision',
        metadata: {
          name: `${owner.metadata.name}-${hash}`,
          namespace: owner.metadata.namespace ?? '',
          labels: { ...template.metadata?.labels, ...labelsOf(hash) },
          ownerReferences: [ownerReference(owner)],
        },
        data: { spec: { template: { ...template, $patch: 'replace' } } } as unknown as ControllerRevision['data'],
        revision: next,
      } as ControllerRevision);
    },
    cleanUp(owner, inUse) {
      const free = list(owner).filter((revision) => !inUse.has(revision.metadata.name ?? ''));
      const extra = free.length - (owner.spec?.revisionHistoryLimit ?? 10);
      for (const revision of free.slice(0, Math.max(0, extra)))
        registry.delete('apps/controllerrevisions', revision.metadata.namespace ?? '', revision.metadata.name ?? '');
    },
  };
}
