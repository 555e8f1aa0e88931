import { ApiError } from '../registry/api-error.ts';
import { isEqual } from '../registry/equal.ts';
import type { Deployment, DeploymentCondition, ReplicaSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { newReplicas, sizeOf } from './deployment-fences.ts';
import { hasDeadline } from './deployment-progress.ts';
import { byRevision, findNew, isSameTemplate, maxRevision, newSetAnnotations, revisionAnnotation, sizeAnnotations } from './deployment-revisions.ts';
import { conditionOf, newCondition, setCondition } from './deployment-status.ts';
import { ownerReference } from './pods.ts';
import { templateHash } from './template-hash.ts';

const source = { component: 'deployment-controller' };

/** Los ReplicaSets de un Deployment durante una vuelta: siempre se leen como están ahora. */
export interface DeploymentSets {
  readonly replicas: number;
  list(): readonly ReplicaSet[];
  fresh(): ReplicaSet | undefined;
  old(): readonly ReplicaSet[];
  /** Pone al día la revisión del nuevo; si no existe y se pide, lo crea. Sigue a sync.go (getNewReplicaSet). */
  syncNew(mayCreate: boolean): ReplicaSet | undefined;
  resize(set: ReplicaSet, replicas: number): void;
  /** Guarda los `revisionHistoryLimit` últimos ReplicaSets vacíos. Sigue a sync.go (cleanupDeployment). */
  cleanUp(): void;
}

/** @param isStale  Lo leído ya no es lo último: crear un ReplicaSet se puede, anotarlo en el Deployment choca y se deja para la vuelta siguiente. */
export function createDeploymentSets(
  { store, registry, events, clock }: World,
  deployment: Deployment,
  list: () => ReplicaSet[],
  isStale = false,
): DeploymentSets {
  const { namespace = '', name = '' } = deployment.metadata;
  const replicas = deployment.spec?.replicas ?? 1;
  const sets = store.collection<ReplicaSet>('apps/replicasets');
  const deployments = store.collection<Deployment>('apps/deployments');
  const fresh = () => findNew(deployment, list());
  const old = () => {
    const uid = fresh()?.metadata.uid;
    return list().filter((set) => set.metadata.uid !== uid);
  };

  /** Anota la revisión en el Deployment y, si hace falta, empieza a contar el plazo. */
  const recordRevision = (revision: string, condition?: DeploymentCondition) => {
    const current = deployments.get(namespace, name);
    if (!current) return;
    if (isStale) registry.update<Deployment>('apps/deployments', deployment);
    let next = current;
    if (current.metadata.annotations?.[revisionAnnotation] !== revision) {
      const annotations = { ...current.metadata.annotations, [revisionAnnotation]: revision };
      next = registry.update<Deployment>('apps/deployments', { ...current, metadata: { ...current.metadata, annotations } });
    }
    if (!condition || !hasDeadline(deployment)) return;
    const conditions = setCondition(next.status?.conditions ?? [], condition);
    registry.updateStatus<Deployment>('apps/deployments', { ...next, status: { ...next.status, conditions } });
  };

  const create = (revision: bigint): ReplicaSet | undefined => {
    const template = deployment.spec?.template ?? {};
    const hash = templateHash(template, deployment.status?.collisionCount);
    const labels = { ...template.metadata?.labels, 'pod-template-hash': hash };
    const size = newReplicas(deployment, list(), 0);
    const draft: ReplicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        annotations: { ...newSetAnnotations(deployment, {}, revision), ...sizeAnnotations(deployment) },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: size,
        ...(deployment.spec?.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
        selector: { ...deployment.spec?.selector, matchLabels: { ...deployment.spec?.selector?.matchLabels, 'pod-template-hash': hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    };
    const taken = sets.get(namespace, draft.metadata.name ?? '');
    if (taken && !isSameTemplate(taken, deployment)) {
      // Dos plantillas distintas con el mismo hash: se prueba con otro.
      const current = deployments.get(namespace, name);
      if (current) {
        const collisionCount = (current.status?.collisionCount ?? 0) + 1;
        registry.updateStatus<Deployment>('apps/deployments', { ...current, status: { ...current.status, collisionCount } });
      }
      return undefined;
    }
    let created: ReplicaSet;
    try {
      created = registry.create<ReplicaSet>('apps/replicasets', draft);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const message = `Failed to create new replica set "${draft.metadata.name}": ${error.message}`;
      recordRevision(
        deployment.metadata.annotations?.[revisionAnnotation] ?? String(revision),
        newCondition('Progressing', 'False', 'ReplicaSetCreateError', message, clock.now()),
      );
      events.record(deployment, 'Warning', 'ReplicaSetCreateError', message, source);
      throw error;
    }
    if (size > 0) events.record(deployment, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${created.metadata.name} from 0 to ${size}`, source);
    recordRevision(
      String(revision),
      newCondition('Progressing', 'True', 'NewReplicaSetCreated', `Created new replica set "${created.metadata.name}"`, clock.now()),
    );
    return created;
  };

  return {
    replicas,
    list,
    fresh,
    old,
    syncNew(mayCreate) {
      const existing = fresh();
      const revision = maxRevision(old()) + 1n;
      if (!existing) return mayCreate ? create(revision) : undefined;
      const annotations = newSetAnnotations(deployment, existing.metadata.annotations ?? {}, revision);
      const minReadySeconds = deployment.spec?.minReadySeconds ?? 0;
      const isCurrent = isEqual(annotations, existing.metadata.annotations ?? {}) && (existing.spec?.minReadySeconds ?? 0) === minReadySeconds;
      const set =
        isCurrent || !existing.spec
          ? existing
          : registry.update<ReplicaSet>('apps/replicasets', {
              ...existing,
              metadata: { ...existing.metadata, annotations },
              spec: { ...existing.spec, ...(minReadySeconds || existing.spec.minReadySeconds ? { minReadySeconds } : {}) },
            });
      const found = conditionOf(deployment.status, 'Progressing')
        ? undefined
        : newCondition('Progressing', 'True', 'FoundNewReplicaSet', `Found new replica set "${set.metadata.name}"`, clock.now());
      recordRevision(set.metadata.annotations?.[revisionAnnotation] ?? String(revision), found);
      return set;
    },
    resize(given, size) {
      const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
      if (!set?.spec) return;
      const before = sizeOf(set);
      const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) };
      registry.update<ReplicaSet>('apps/replicasets', { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas: size } });
      if (before === size) return;
      const message = `Scaled ${size > before ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${size}`;
      events.record(deployment, 'Normal', 'ScalingReplicaSet', message, source);
    },
    cleanUp() {
      const alive = old().filter(({ metadata }) => !metadata.deletionTimestamp);
      const extra = alive.length - (deployment.spec?.revisionHistoryLimit ?? 10);
      for (const set of [...alive].sort(byRevision).slice(0, Math.max(0, extra))) {
        const isEmpty = sizeOf(set) === 0 && (set.status?.replicas ?? 0) === 0 && (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 1);
        if (isEmpty) registry.delete('apps/replicasets', namespace, set.metadata.name ?? '', { propagationPolicy: 'Background' });
      }
    },
  };
}
