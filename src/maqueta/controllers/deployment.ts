import { controllerOf, nameOf, splitName } from '../object.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { Deployment, Pod, ReplicaSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { isInUse } from './deployment-fences.ts';
import { pauseCondition, progressCheckIn, withProgress } from './deployment-progress.ts';
import { rollOut } from './deployment-rolling.ts';
import { isScaling, planScaling } from './deployment-scaling.ts';
import { createDeploymentSets, type DeploymentSets } from './deployment-sets.ts';
import { countReplicas, isComplete, setCondition } from './deployment-status.ts';
import { hasFinished, ownerReference, podsByController } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

/** Pasa réplicas de un ReplicaSet por versión a otro. Sigue a pkg/controller/deployment/deployment_controller.go. */
export function startDeploymentController(world: World): void {
  const { store, registry, clock } = world;
  const deployments = store.collection<Deployment>('apps/deployments');
  const sets = store.collection<ReplicaSet>('apps/replicasets');
  const pods = store.collection<Pod>('pods');
  const setsByOwner = sets.index('controlador', (set) => [controllerOf(set)?.uid ?? '']);
  const podsByOwner = podsByController(pods);
  const queue = createWorkQueue(clock, 5, reconcile);

  deployments.onChange(({ object }) => queue.add(nameOf(object)));
  sets.onChange(({ type, object, before }) => {
    const owner = controllerOf(object);
    const last = before && controllerOf(before);
    for (const one of [owner, last]) if (one?.kind === 'Deployment') queue.add(`${object.metadata.namespace}/${one.name}`);
    if (owner || type === 'DELETED') return;
    for (const deployment of deployments.list(object.metadata.namespace)) {
      if (compileSelector(deployment.spec?.selector).matches(object.metadata.labels ?? {})) queue.add(nameOf(deployment));
    }
  });
  // Recreate espera a que se vayan los Pods viejos: nadie más le avisaría.
  pods.onChange(({ type, object }) => {
    if (type !== 'DELETED') return;
    const owner = controllerOf(object);
    const set = owner?.kind === 'ReplicaSet' ? sets.get(object.metadata.namespace ?? '', owner.name) : undefined;
    const deployment = set && controllerOf(set);
    if (deployment) queue.add(`${object.metadata.namespace}/${deployment.name}`);
  });

  const owned = (deployment: Deployment): ReplicaSet[] => [...setsByOwner.get(deployment.metadata.uid ?? '')];
  const current = (deployment: Deployment): Deployment | undefined => {
    const found = deployments.get(deployment.metadata.namespace ?? '', deployment.metadata.name ?? '');
    return found?.metadata.uid === deployment.metadata.uid ? found : undefined;
  };

  function reconcile(key: string): void {
    const { namespace, name } = splitName(key);
    const found = deployments.get(namespace, name);
    if (!found?.spec) return;
    claim(found);
    const deployment = found;
    // Lo que sigue trabaja con lo leído al empezar, ya viejo si la pausa se acaba de anotar. Sigue a sync.go, que no usa lo que devuelve.
    const isStale = checkPaused(found);
    const all = createDeploymentSets(world, deployment, () => owned(deployment), isStale);
    if (deployment.metadata.deletionTimestamp) return writeStatus(deployment, all, false);
    if (deployment.spec?.paused || isScaling(deployment, all.list())) return rescale(deployment, all);
    const isFinished = deployment.spec?.strategy?.type === 'Recreate' ? recreate(all) : rollOut(deployment, all);
    if (isFinished && isComplete(deployment, deployment.status)) all.cleanUp();
    writeStatus(deployment, all, true);
  }

  function claim(deployment: Deployment): void {
    if (deployment.metadata.deletionTimestamp) return;
    const { uid, namespace } = deployment.metadata;
    const matcher = compileSelector(deployment.spec?.selector);
    const setOwners = (set: ReplicaSet, ownerReferences: NonNullable<ReplicaSet['metadata']['ownerReferences']>) =>
      registry.update<ReplicaSet>('apps/replicasets', { ...set, metadata: { ...set.metadata, ownerReferences } });
    for (const set of [...setsByOwner.get('')]) {
      if (set.metadata.namespace !== namespace || set.metadata.deletionTimestamp || !matcher.matches(set.metadata.labels ?? {})) continue;
      setOwners(set, [...(set.metadata.ownerReferences ?? []), ownerReference(deployment)]);
    }
    for (const set of owned(deployment)) {
      if (set.metadata.deletionTimestamp || matcher.matches(set.metadata.labels ?? {})) continue;
      setOwners(
        set,
        (set.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid),
      );
    }
  }

  /** Anota la pausa o su final. Devuelve si ha escrito algo. */
  function checkPaused(deployment: Deployment): boolean {
    const condition = deployment.metadata.deletionTimestamp ? undefined : pauseCondition(deployment, clock.now());
    if (!condition) return false;
    const conditions = setCondition(deployment.status?.conditions ?? [], condition);
    registry.updateStatus<Deployment>('apps/deployments', { ...deployment, status: { ...deployment.status, conditions } });
    return true;
  }

  /** Ha cambiado el número de réplicas, o está en pausa: se reparten sin seguir actualizando. Sigue a sync.go (sync). */
  function rescale(deployment: Deployment, all: DeploymentSets): void {
    const fresh = all.syncNew(false);
    for (const [set, size] of planScaling(deployment, fresh, all.old())) all.resize(set, size);
    if (deployment.spec?.paused) all.cleanUp();
    writeStatus(deployment, all, false);
  }

  /** Primero se van todos los viejos; después nacen los nuevos. Sigue a recreate.go. */
  function recreate(all: DeploymentSets): boolean {
    all.syncNew(false);
    const inUse = all.old().filter(isInUse);
    for (const set of inUse) all.resize(set, 0);
    if (inUse.length > 0) return false;
    const isAnyLeft = all.old().some((set) => [...podsByOwner.get(set.metadata.uid ?? '')].some((pod) => !hasFinished(pod)));
    if (isAnyLeft) return false;
    const fresh = all.syncNew(true);
    if (fresh) all.resize(fresh, all.replicas);
    return true;
  }

  function writeStatus(given: Deployment, all: DeploymentSets, isRollout: boolean): void {
    const deployment = current(given);
    if (!deployment) return;
    const now = clock.now();
    // Lo que se ha observado es lo que se leyó al empezar, aunque entretanto haya cambiado.
    const observed = { ...deployment, metadata: { ...deployment.metadata, ...(given.metadata.generation ? { generation: given.metadata.generation } : {}) } };
    const counts = countReplicas(observed, all.list(), all.fresh(), now);
    const status = isRollout ? withProgress(observed, counts, all.list(), all.fresh(), now) : counts;
    const written = registry.updateStatus<Deployment>('apps/deployments', { ...deployment, status });
    const wait = isRollout ? progressCheckIn(written, now) : undefined;
    if (wait !== undefined) queue.addAfter(nameOf(written), wait);
  }
}
