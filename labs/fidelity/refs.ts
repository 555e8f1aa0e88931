import type { KindName } from './kinds.ts';
import type { Observation } from './observe.ts';
import type { Ref } from './scenario.ts';
import type { Raw } from './site.ts';

export function parseRef(ref: Ref): { kind: KindName; name: string | undefined; labels: string | undefined; isOldest: boolean } {
  const slash = ref.indexOf('/');
  const kind = ref.slice(0, slash) as KindName;
  const rest = ref.slice(slash + 1);
  const isOldest = rest.startsWith('^');
  return isOldest || rest.startsWith('?') ? { kind, name: undefined, labels: rest.slice(1), isOldest } : { kind, name: rest, labels: undefined, isOldest };
}

/** Selector de igualdades: `app=web,rol=base`. */
export const matchesLabels = (object: Raw, labels: string): boolean =>
  labels.split(',').every((pair) => {
    const [key = '', value] = pair.split('=');
    return value === undefined ? key in (object.metadata.labels ?? {}) : object.metadata.labels?.[key] === value;
  });

/** El objeto al que apunta, entre lo visto. Un selector no elige a quien ya se está borrando, salvo que se pida. */
export function findRef(seen: Observation, ref: Ref, orLeaving = false): Raw | undefined {
  const { kind, name, labels, isOldest } = parseRef(ref);
  const all = seen.of(kind);
  if (name !== undefined) return all.find(({ metadata }) => metadata.name === name);
  return [...all]
    .sort((a, b) => (isOldest ? a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp) : 0) || (a.metadata.name < b.metadata.name ? -1 : 1))
    .find((object) => matchesLabels(object, labels ?? '') && (orLeaving || !object.metadata.deletionTimestamp));
}
