import { controllerOf, nameOf, splitName } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { Deployment, Pod, ReplicaSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { deploymentConditions } from './deployment-conditions.ts';
import { resolveAmount } from './int-or-string.ts';
import { isActive, ownerReference, podsByController } from './pods.ts';
import { templateHash } from './template-hash.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'deployment-controller' };
const revisionAnnotation = 'deployment.kubernetes.io/revision';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** Pasa réplicas de un ReplicaSet por versión a otro. Sigue a pkg/controller/deployment. */
export function startDeploymentController(world: World): void {
  const { store, registry, events, clock } = world;
  const deployments = store.collection<Deployment>('apps/deployments');
  const sets = store.collection<ReplicaSet>('apps/replicasets');
  const pods = store.collection<Pod>('pods');
  const setsByOwner = sets.index('controlador', (set) => [controllerOf(set)?.uid ?? '']);
  const podsByOwner = podsByController(pods);
  const queue = createWorkQueue(clock, 10, reconcile);

  deployments.onChange(({ object }) => queue.add(nameOf(object)));
  sets.onChange(({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'Deployment') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
  // Recreate espera a que se vayan los Pods viejos: nadie más le avisaría.
  pods.onChange(({ type, object }) => {
    if (type !== 'DELETED') return;
    const set = sets.get(object.metadata.namespace ?? '', controllerOf(object)?.name ?? '');
    const owner = set && controllerOf(set);
    if (owner) queue.add(`${object.metadata.namespace}/${owner.name}`);
  });

  function reconcile(key: string): void {
    const { namespace, name } = splitName(key);
    const deployment = deployments.get(namespace, name);
    if (!deployment?.spec) return;
    const all = claim(deployment);
    if (deployment.metadata.deletionTimestamp) {
      writeStatus(deployment, all);
      return;
    }
    if (deployment.spec.paused || isScaling(deployment, all)) {
      const current = findNew(deployment, all);
      scaleProportionally(deployment, all, current);
    } else if (deployment.spec.strategy?.type === 'Recreate') recreate(deployment, all);
    else roll(deployment, all);
    const after = deployments.get(namespace, name);
    if (!after) return;
    const left = ownedSets(after);
    if (!after.spec?.paused) cleanUp(after, left);
    writeStatus(after, ownedSets(after));
  }

  const ownedSets = (deployment: Deployment): ReplicaSet[] => [...setsByOwner.get(deployment.metadata.uid ?? '')];

  function claim(deployment: Deployment): ReplicaSet[] {
    const matcher = compileSelector(deployment.spec?.selector);
    for (const set of [...sets.list(deployment.metadata.namespace)]) {
      if (controllerOf(set) || set.metadata.deletionTimestamp || deployment.metadata.deletionTimestamp || !matcher.matches(set.metadata.labels ?? {})) continue;
      registry.update<ReplicaSet>('apps/replicasets', {
        ...set,
        metadata: { ...set.metadata, ownerReferences: [...(set.metadata.ownerReferences ?? []), ownerReference(deployment)] },
      });
    }
    return ownedSets(deployment);
  }

  /** El ReplicaSet cuya plantilla es la del Deployment, sin contar el hash. */
  function findNew(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet | undefined {
    return [...all].sort(oldestFirst).find((set) => isSameTemplate(set, deployment));
  }

  function ensureNew(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet {
    const existing = findNew(deployment, all);
    const lastRevision = Math.max(0, ...all.filter((set) => set !== existing).map(revisionOf));
    const revision = String(Math.max(lastRevision + 1, existing ? revisionOf(existing) : 0));
    if (existing) {
      const annotated = { ...existing, metadata: { ...existing.metadata, annotations: annotationsFor(deployment, existing, revision) } };
      const set = isEqual(annotated.metadata.annotations, existing.metadata.annotations)
        ? existing
        : registry.update<ReplicaSet>('apps/replicasets', annotated);
      setRevision(deployment, revision);
      return set;
    }
    const hash = templateHash(deployment.spec?.template ?? {}, deployment.status?.collisionCount);
    const template = deployment.spec?.template ?? {};
    const labels = { ...template.metadata?.labels, 'pod-template-hash': hash };
    const draft: ReplicaSet = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace ?? '',
        labels,
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas: 0,
        ...(deployment.spec?.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
        selector: { ...deployment.spec?.selector, matchLabels: { ...deployment.spec?.selector?.matchLabels, 'pod-template-hash': hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    };
    const wanted = newReplicas(deployment, all, 0);
    const set = registry.create<ReplicaSet>('apps/replicasets', {
      ...draft,
      metadata: { ...draft.metadata, annotations: annotationsFor(deployment, draft, revision) },
      spec: { ...draft.spec, replicas: wanted, selector: draft.spec?.selector ?? {} },
    });
    if (wanted > 0) events.record(deployment, 'Normal', 'ScalingReplicaSet', `Scaled up replica set ${set.metadata.name} from 0 to ${wanted}`, source);
    setRevision(deployment, revision);
    return set;
  }

  function setRevision(deployment: Deployment, revision: string): void {
    const current = deployments.get(deployment.metadata.namespace ?? '', deployment.metadata.name ?? '');
    if (!current || current.metadata.annotations?.[revisionAnnotation] === revision) return;
    registry.update<Deployment>('apps/deployments', {
      ...current,
      metadata: { ...current.metadata, annotations: { ...current.metadata.annotations, [revisionAnnotation]: revision } },
    });
  }

  function roll(deployment: Deployment, all: readonly ReplicaSet[]): void {
    const fresh = ensureNew(deployment, all);
    const sets = ownedSets(deployment);
    const wanted = newReplicas(deployment, sets, fresh.spec?.replicas ?? 0);
    if (wanted !== (fresh.spec?.replicas ?? 0)) {
      resize(deployment, fresh, wanted);
      return;
    }
    const old = sets.filter(({ metadata }) => metadata.uid !== fresh.metadata.uid);
    shrinkOld(deployment, old, fresh);
  }

  /** Cuántas réplicas debe tener el nuevo sin pasarse de maxSurge. Sigue a deployment_util.go: NewRSNewReplicas. */
  function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
    const replicas = deployment.spec?.replicas ?? 1;
    if (deployment.spec?.strategy?.type === 'Recreate') return replicas;
    const total = all.reduce((sum, set) => sum + (set.spec?.replicas ?? 0), 0);
    const limit = replicas + surgeOf(deployment);
    if (current > replicas) return replicas;
    if (total >= limit) return current;
    return current + Math.min(limit - total, replicas - current);
  }

  /** Primero los que no están sanos; después, los viejos sanos sin bajar de lo disponible. Sigue a rolling.go. */
  function shrinkOld(deployment: Deployment, old: readonly ReplicaSet[], fresh: ReplicaSet): void {
    const replicas = deployment.spec?.replicas ?? 1;
    const minAvailable = replicas - unavailableOf(deployment);
    const total = [...old, fresh].reduce((sum, set) => sum + (set.spec?.replicas ?? 0), 0);
    const freshUnavailable = (fresh.spec?.replicas ?? 0) - (fresh.status?.availableReplicas ?? 0);
    let budget = total - minAvailable - freshUnavailable;
    if (budget <= 0) return;
    const current = () => [...old].map((set) => sets.get(set.metadata.namespace ?? '', set.metadata.name ?? '')).filter((set) => set !== undefined);
    for (const set of current().sort(oldestFirst)) {
      if (budget <= 0) break;
      const unhealthy = (set.spec?.replicas ?? 0) - (set.status?.availableReplicas ?? 0);
      const cut = Math.min(budget, unhealthy);
      if (cut <= 0) continue;
      resize(deployment, set, (set.spec?.replicas ?? 0) - cut);
      budget -= cut;
    }
    const available = [...current(), fresh].reduce((sum, set) => sum + Math.min(set.status?.availableReplicas ?? 0, set.spec?.replicas ?? 0), 0);
    let spare = available - minAvailable;
    for (const set of current().sort(oldestFirst)) {
      if (spare <= 0) break;
      const cut = Math.min(set.spec?.replicas ?? 0, spare);
      if (cut <= 0) continue;
      resize(deployment, set, (set.spec?.replicas ?? 0) - cut);
      spare -= cut;
    }
  }

  function recreate(deployment: Deployment, all: readonly ReplicaSet[]): void {
    const fresh = findNew(deployment, all);
    const old = all.filter((set) => set !== fresh);
    const active = old.filter((set) => (set.spec?.replicas ?? 0) > 0);
    for (const set of active) resize(deployment, set, 0);
    const isAnyLeft = old.some((set) =>
      [...podsByOwner.get(set.metadata.uid ?? '')].some((pod) => pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded'),
    );
    if (active.length > 0 || isAnyLeft) return;
    const set = ensureNew(deployment, all);
    if ((set.spec?.replicas ?? 0) !== (deployment.spec?.replicas ?? 1)) resize(deployment, set, deployment.spec?.replicas ?? 1);
  }

  const isScaling = (deployment: Deployment, all: readonly ReplicaSet[]): boolean =>
    all.some(
      (set) =>
        (set.spec?.replicas ?? 0) > 0 &&
        set.metadata.annotations?.[desiredAnnotation] !== undefined &&
        Number(set.metadata.annotations[desiredAnnotation]) !== (deployment.spec?.replicas ?? 1),
    );

  /** A media actualización, el cambio de tamaño se reparte en proporción. Sigue a sync.go: scale. */
  function scaleProportionally(deployment: Deployment, all: readonly ReplicaSet[], fresh: ReplicaSet | undefined): void {
    const replicas = deployment.spec?.replicas ?? 1;
    const active = all.filter((set) => (set.spec?.replicas ?? 0) > 0);
    const [only] = active;
    if (active.length <= 1) {
      const set = only ?? fresh;
      if (set) resize(deployment, set, replicas);
      return;
    }
    const isComplete = fresh && fresh.status?.availableReplicas === replicas && (fresh.spec?.replicas ?? 0) === replicas;
    if (isComplete) {
      for (const set of active) if (set !== fresh) resize(deployment, set, 0);
      return;
    }
    const total = active.reduce((sum, set) => sum + (set.spec?.replicas ?? 0), 0);
    const allowed = replicas > 0 ? replicas + surgeOf(deployment) : 0;
    let left = allowed - total;
    const largest = [...active].sort((a, b) => (b.spec?.replicas ?? 0) - (a.spec?.replicas ?? 0) || newestFirst(a, b));
    for (const set of largest) {
      const size = set.spec?.replicas ?? 0;
      const before = Number(set.metadata.annotations?.[maxAnnotation] ?? total);
      const share = Math.round((size * allowed) / before) - size;
      const change = left > 0 ? Math.min(Math.max(share, 0), left) : Math.max(Math.min(share, 0), left);
      left -= change;
      const isLast = set === largest.at(-1);
      resize(deployment, set, Math.max(0, size + change + (isLast ? 0 : 0)));
    }
    const [first] = largest;
    const grown = first && sets.get(first.metadata.namespace ?? '', first.metadata.name ?? '');
    if (left !== 0 && grown) resize(deployment, grown, Math.max(0, (grown.spec?.replicas ?? 0) + left));
  }

  function resize(deployment: Deployment, given: ReplicaSet, replicas: number): void {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!set?.spec) return;
    const before = set.spec.replicas ?? 0;
    const annotations = annotationsFor(deployment, set, set.metadata.annotations?.[revisionAnnotation] ?? '1');
    registry.update<ReplicaSet>('apps/replicasets', { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas } });
    if (before === replicas) return;
    events.record(
      deployment,
      'Normal',
      'ScalingReplicaSet',
      `Scaled ${replicas > before ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${replicas}`,
      source,
    );
  }

  /** Guarda los `revisionHistoryLimit` últimos ReplicaSets vacíos. */
  function cleanUp(deployment: Deployment, all: readonly ReplicaSet[]): void {
    const fresh = findNew(deployment, all);
    const empty = all.filter((set) => set !== fresh && (set.spec?.replicas ?? 0) === 0 && (set.status?.replicas ?? 0) === 0 && !set.metadata.deletionTimestamp);
    const extra = empty.length - (deployment.spec?.revisionHistoryLimit ?? 10);
    for (const set of [...empty].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, extra))) {
      registry.delete('apps/replicasets', set.metadata.namespace ?? '', set.metadata.name ?? '');
    }
  }

  function writeStatus(given: Deployment, all: readonly ReplicaSet[]): void {
    const deployment = deployments.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!deployment) return;
    const fresh = findNew(deployment, all);
    const sum = (field: 'replicas' | 'readyReplicas' | 'availableReplicas') => all.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
    const wanted = all.reduce((total, set) => total + (set.spec?.replicas ?? 0), 0);
    const available = sum('availableReplicas');
    const terminating = all.reduce(
      (total, set) => total + [...podsByOwner.get(set.metadata.uid ?? '')].filter((pod) => pod.metadata.deletionTimestamp && !isActive(pod)).length,
      0,
    );
    const counts = {
      replicas: sum('replicas'),
      updatedReplicas: fresh?.status?.replicas ?? 0,
      readyReplicas: sum('readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, wanted - available),
    };
    const { conditions, checkAfter } = deploymentConditions({ deployment, fresh, counts, unavailable: unavailableOf(deployment), now: clock.now() });
    if (checkAfter !== undefined) queue.addAfter(nameOf(deployment), checkAfter);
    registry.updateStatus<Deployment>('apps/deployments', {
      ...deployment,
      status: {
        observedGeneration: deployment.metadata.generation ?? 1,
        ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
        terminatingReplicas: terminating,
        conditions,
        ...(deployment.status?.collisionCount ? { collisionCount: deployment.status.collisionCount } : {}),
      },
    });
  }
}

/** Los redondeos del real: maxSurge hacia arriba, maxUnavailable hacia abajo, y nunca los dos a cero. */
const surgeOf = ({ spec }: Deployment): number =>
  spec?.strategy?.type === 'Recreate' ? 0 : resolveAmount(spec?.strategy?.rollingUpdate?.maxSurge ?? '25%', spec?.replicas ?? 1, 'up');

const unavailableOf = (deployment: Deployment): number => {
  const { spec } = deployment;
  if (spec?.strategy?.type === 'Recreate' || (spec?.replicas ?? 1) === 0) return 0;
  const amount = resolveAmount(spec?.strategy?.rollingUpdate?.maxUnavailable ?? '25%', spec?.replicas ?? 1, 'down');
  return Math.min(amount === 0 && surgeOf(deployment) === 0 ? 1 : amount, spec?.replicas ?? 1);
};

const revisionOf = (set: ReplicaSet): number => Number(set.metadata.annotations?.[revisionAnnotation] ?? 0);

const oldestFirst = (a: ReplicaSet, b: ReplicaSet): number =>
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') || revisionOf(a) - revisionOf(b);
const newestFirst = (a: ReplicaSet, b: ReplicaSet): number => -oldestFirst(a, b);

const isSameTemplate = (set: ReplicaSet, deployment: Deployment): boolean => {
  const { 'pod-template-hash': _hash, ...labels } = set.spec?.template?.metadata?.labels ?? {};
  const template = { ...set.spec?.template, metadata: { ...set.spec?.template?.metadata, labels } };
  return isEqual(template, {
    ...deployment.spec?.template,
    metadata: { ...deployment.spec?.template?.metadata, labels: deployment.spec?.template?.metadata?.labels ?? {} },
  });
};

/** Copia las anotaciones del Deployment, salvo las que son de cada revisión. */
function annotationsFor(deployment: Deployment, set: ReplicaSet, revision: string): Record<string, string> {
  const skipped = new Set([
    revisionAnnotation,
    desiredAnnotation,
    maxAnnotation,
    'kubectl.kubernetes.io/last-applied-configuration',
    'deprecated.deployment.rollback.to',
  ]);
  const copied = Object.fromEntries(Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !skipped.has(key)));
  const replicas = deployment.spec?.replicas ?? 1;
  return {
    ...set.metadata.annotations,
    ...copied,
    [desiredAnnotation]: String(replicas),
    [maxAnnotation]: String(replicas + surgeOf(deployment)),
    [revisionAnnotation]: revision,
  };
}
