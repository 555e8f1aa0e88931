import { type KindName, pathOf, watched } from './kinds.ts';
import type { Raw, Site } from './site.ts';
import { isTimeDependent } from './views/event.ts';
import { viewOf } from './views/view-of.ts';

/** Algo que el watch de un tipo contó, en su orden de llegada. */
export interface Seen {
  /** Paso en el que llegó. */
  step: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  kind: KindName;
  object: Raw;
}

/** Todo lo que pasa en un espacio de nombres desde antes de la primera acción. */
export interface Observation {
  readonly log: readonly Seen[];
  /** Lo que hay ahora, por tipo y UID. */
  of(kind: KindName): readonly Raw[];
  /** A quién avisar de cada novedad. */
  onChange(listener: () => void): () => void;
  /** Instante (del reloj del sitio) del último cambio que deja traza. */
  readonly lastChange: number;
  beginStep(index: number): void;
  readonly step: number;
  /** El error de un watch perdido, si alguno se perdió. */
  readonly lost: unknown;
  /** Ya se ha visto esa versión de ese objeto, o una posterior, o su marcha. */
  hasSeen(kind: KindName, uid: string, version: string): boolean;
}

export async function observe(site: Site, namespace: string, signal: AbortSignal): Promise<Observation> {
  const log: Seen[] = [];
  const present = new Map<KindName, Map<string, Raw>>(watched.map((kind) => [kind, new Map()]));
  const versions = new Map<string, number>();
  const views = new Map<string, string>();
  const listeners = new Set<() => void>();
  let step = 0;
  let lastChange = site.now();
  let lost: unknown;

  const isMine = (kind: KindName, object: Raw) => kind !== 'PersistentVolume' || object.spec?.claimRef?.namespace === namespace;

  const take = (kind: KindName, type: Seen['type'], object: Raw) => {
    if (!isMine(kind, object)) return;
    const { uid, resourceVersion } = object.metadata;
    const known = present.get(kind);
    const before = known?.get(uid);
    if (type === 'DELETED') known?.delete(uid);
    else known?.set(uid, object);
    versions.set(uid, type === 'DELETED' ? Number.POSITIVE_INFINITY : Number(resourceVersion));
    log.push({ step, type, kind, object });
    // Un suceso que solo sube su cuenta por el paso del tiempo no rompe el silencio.
    const view = kind === 'Event' ? (isTimeDependent(object) ? object.reason : `${object.reason}×${object.count ?? 1}`) : JSON.stringify(viewOf(kind, object));
    const isNew = type !== 'MODIFIED' || !before || views.get(uid) !== view;
    views.set(uid, view);
    if (isNew) lastChange = site.now();
    for (const listener of listeners) listener();
  };

  await Promise.all(
    watched.map((kind) =>
      site.watch(
        pathOf(kind, namespace),
        kind === 'Namespace' ? { fieldSelector: `metadata.name=${namespace}` } : {},
        {
          line: ({ type, object }) => take(kind, type, object),
          lost(error) {
            lost = error;
            for (const listener of listeners) listener();
          },
        },
        signal,
      ),
    ),
  );

  return {
    log,
    of: (kind) => [...(present.get(kind)?.values() ?? [])],
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get lastChange() {
      return lastChange;
    },
    beginStep(index) {
      step = index;
      lastChange = site.now();
    },
    get step() {
      return step;
    },
    get lost() {
      return lost;
    },
    hasSeen: (_kind, uid, version) => (versions.get(uid) ?? -1) >= Number(version),
  };
}
