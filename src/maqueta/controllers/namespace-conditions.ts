import type { NamespaceCondition, NamespaceStatus } from '../schema/types.generated.ts';

/** Lo que aún queda en un espacio que se borra. */
export interface Remaining {
  /** Cuántos objetos de cada recurso, `persistentvolumeclaims.`. */
  objects: ReadonlyMap<string, number>;
  /** Cuántos objetos esperan a cada finalizer. */
  finalizers: ReadonlyMap<string, number>;
  /** Lo que debería haberse ido y sigue ahí. */
  errors: readonly string[];
}

const fine: readonly Omit<NamespaceCondition, 'status'>[] = [
  { type: 'NamespaceDeletionDiscoveryFailure', reason: 'ResourcesDiscovered', message: 'All resources successfully discovered' },
  { type: 'NamespaceDeletionGroupVersionParsingFailure', reason: 'ParsedGroupVersions', message: 'All legacy kube types successfully parsed' },
  { type: 'NamespaceDeletionContentFailure', reason: 'ContentDeleted', message: 'All content successfully deleted, may be waiting on finalization' },
  { type: 'NamespaceContentRemaining', reason: 'ContentRemoved', message: 'All content successfully removed' },
  { type: 'NamespaceFinalizersRemaining', reason: 'ContentHasNoFinalizers', message: 'All content-preserving finalizers finished' },
];

/** Cinco condiciones, siempre las cinco. Sigue a kubernetes: pkg/controller/namespace/deletion/status_condition_utils.go. */
export function namespaceConditions(status: NamespaceStatus | undefined, { objects, finalizers, errors }: Remaining, now: string): NamespaceCondition[] {
  const listed = (counts: ReadonlyMap<string, number>, join: (name: string, count: number) => string) =>
    [...counts]
      .map(([name, count]) => join(name, count))
      .sort()
      .join(', ');
  const wrong: Partial<Record<string, Pick<NamespaceCondition, 'reason' | 'message'>>> = {
    ...(errors.length > 0
      ? {
          NamespaceDeletionContentFailure: {
            reason: 'ContentDeletionFailed',
            message: `Failed to delete all resource types, ${errors.length} remaining: ${[...errors].sort().join(', ')}`,
          },
        }
      : {}),
    ...(objects.size > 0
      ? {
          NamespaceContentRemaining: {
            reason: 'SomeResourcesRemain',
            message: `Some resources are remaining: ${listed(objects, (name, count) => `${name} has ${count} resource instances`)}`,
          },
        }
      : {}),
    ...(finalizers.size > 0
      ? {
          NamespaceFinalizersRemaining: {
            reason: 'SomeFinalizersRemain',
            message: `Some content in the namespace has finalizers remaining: ${listed(finalizers, (name, count) => `${name} in ${count} resource instances`)}`,
          },
        }
      : {}),
  };
  return fine.map(({ type, ...ok }) => {
    const next = wrong[type] ? { type, status: 'True' as const, ...wrong[type] } : { type, status: 'False' as const, ...ok };
    const before = status?.conditions?.find((condition) => condition.type === type);
    return { ...next, lastTransitionTime: before?.status === next.status && before.lastTransitionTime ? before.lastTransitionTime : now };
  });
}
