import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { KubeObject, ResourceKey } from '../object.ts';
import type { Store } from '../store/store.ts';
import { timestamp } from '../world.ts';
import { ApiError } from './api-error.ts';
import { isEqual } from './equal.ts';
import { admitByQuota } from './quota/admit-by-quota.ts';
import type { DeleteOptions, FieldError, Registry, Strategy } from './registry.ts';

interface Parts {
  clock: Clock;
  random: Random;
  store: Store;
}

type Loose = KubeObject & Record<string, unknown>;

const nothing: Strategy = {};

/**
 * Las reglas comunes a todo recurso. Sigue a apiserver/pkg/registry/generic/registry/store.go
 * (`Create`, `Update`, `Delete`, `deletionFinalizersForGarbageCollection`) y a pkg/registry/rest.
 */
export function createRegistry({ clock, random, store }: Parts): Registry {
  const names = random.fork('nombres');
  const uids = random.fork('uid');
  const strategies = new Map<ResourceKey, Strategy>();
  const strategyOf = (key: ResourceKey): Strategy => strategies.get(key) ?? nothing;

  const notFound = (key: ResourceKey, name: string) => {
    const { group, plural } = store.collection(key).info;
    return new ApiError(404, 'NotFound', `${plural}${group ? `.${group}` : ''} "${name}" not found`, { name, group, kind: plural });
  };

  const reject = (key: ResourceKey, name: string, errors: readonly FieldError[]) => {
    if (errors.length === 0) return;
    const { group, kind } = store.collection(key).info;
    const lines = errors.map((error) => `${error.field}: ${error.message}`);
    const text = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
    throw new ApiError(422, 'Invalid', `${kind}${group ? `.${group}` : ''} "${name}" is invalid: ${text}`, {
      name,
      group,
      kind,
      causes: errors.map(({ type, field, message }) => ({ reason: type, message, field })),
    });
  };

  const conflict = (key: ResourceKey, name: string, message: string) => {
    const { group, plural } = store.collection(key).info;
    return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${plural}${group ? `.${group}` : ''} "${name}": ${message}`, {
      name,
      group,
      kind: plural,
    });
  };

  const current = <T extends KubeObject>(key: ResourceKey, object: T): T => {
    const name = object.metadata.name ?? '';
    const before = store.collection<T>(key).get(object.metadata.namespace ?? '', name);
    if (!before) throw notFound(key, name);
    const { uid, resourceVersion } = object.metadata;
    if (uid && uid !== before.metadata.uid) {
      throw conflict(key, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`);
    }
    if (resourceVersion && resourceVersion !== before.metadata.resourceVersion) {
      throw conflict(key, name, 'the object has been modified; please apply your changes to the latest version and try again');
    }
    return before;
  };

  /** Guarda el cambio, salvo que no cambie nada o que deje al objeto sin motivo para seguir existiendo. */
  const commit = <T extends KubeObject>(key: ResourceKey, after: T, before: T, isDryRun: boolean): T => {
    if (isEqual({ ...after, metadata: { ...after.metadata, resourceVersion: before.metadata.resourceVersion } }, before)) return before;
    if (isDryRun) return after;
    if (before.metadata.deletionTimestamp && isFinished(key, after)) {
      const { namespace = '', name = '' } = before.metadata;
      store.remove(key, namespace, name);
      return after;
    }
    return store.put(key, after);
  };

  const isFinished = (key: ResourceKey, object: KubeObject): boolean =>
    !object.metadata.finalizers?.length && (object.metadata.deletionGracePeriodSeconds ?? 0) === 0 && !strategyOf(key).isHeld?.(object);

  /** Si el sufijo choca se prueba otro, hasta ocho veces, como el servidor real desde 1.30. */
  const freeName = (key: ResourceKey, namespace: string, prefix: string): string => {
    const { get } = store.collection(key);
    let name = `${prefix}${names.suffix()}`;
    for (let tries = 1; tries < 8 && get(namespace, name); tries++) name = `${prefix}${names.suffix()}`;
    return name;
  };

  return {
    strategyOf,
    setStrategy: (key, strategy) => strategies.set(key, strategy as unknown as Strategy),

    create(key, object, options = {}) {
      const { info, get } = store.collection(key);
      const strategy = strategyOf(key);
      const { generateName } = object.metadata;
      // Sigue a apiserver/pkg/storage/names: 58 caracteres del prefijo y 5 al azar.
      const name = object.metadata.name || (generateName ? freeName(key, object.metadata.namespace ?? '', generateName.slice(0, 58)) : '');
      if (!name) {
        reject(key, '', [{ type: 'FieldValueRequired', field: 'metadata.name', message: 'Required value: name or generateName is required' }]);
      }
      const namespace = info.namespaced ? (object.metadata.namespace ?? 'default') : '';
      if (info.namespaced) {
        const home = store.collection('namespaces').get('', namespace);
        if (!home) throw notFound('namespaces', namespace);
        if (home.metadata.deletionTimestamp) {
          throw new ApiError(
            403,
            'Forbidden',
            `${info.plural}${info.group ? `.${info.group}` : ''} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
            {
              name,
              group: info.group,
              kind: info.plural,
              causes: [{ reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' }],
            },
          );
        }
      }
      let draft: Loose = {
        ...(object as Loose),
        metadata: {
          ...object.metadata,
          name,
          ...(namespace ? { namespace } : {}),
          uid: uids.uuid(),
          creationTimestamp: timestamp(clock.now()),
        },
      };
      delete draft.metadata.resourceVersion;
      delete draft.metadata.deletionTimestamp;
      delete draft.metadata.deletionGracePeriodSeconds;
      delete draft.metadata.generation;
      if (strategy.hasGeneration ?? ('spec' in draft || 'status' in draft)) draft.metadata.generation = 1;
      draft = (strategy.setDefaults?.(draft) ?? draft) as Loose;
      draft = (strategy.prepareForCreate?.(draft) ?? draft) as Loose;
      reject(key, name, strategy.validateCreate?.(draft) ?? []);
      admitByQuota(store, key, draft);
      if (get(namespace, name)) {
        const { group, plural } = info;
        throw new ApiError(409, 'AlreadyExists', `${plural}${group ? `.${group}` : ''} "${name}" already exists`, { name, group, kind: plural });
      }
      return (options.isDryRun ? draft : store.put(key, draft)) as unknown as typeof object;
    },

    update(key, object, options = {}) {
      const before = current(key, object) as unknown as Loose;
      const strategy = strategyOf(key);
      let after = {
        ...(object as unknown as Loose),
        metadata: {
          ...object.metadata,
          // Lo que pone el servidor no se cambia desde fuera.
          uid: before.metadata.uid,
          creationTimestamp: before.metadata.creationTimestamp,
          generation: before.metadata.generation,
          deletionTimestamp: before.metadata.deletionTimestamp,
          deletionGracePeriodSeconds: before.metadata.deletionGracePeriodSeconds,
        },
      } as Loose;
      if ('status' in before) after.status = before.status;
      after = (strategy.setDefaults?.(after) ?? after) as Loose;
      after = (strategy.prepareForUpdate?.(after, before) ?? after) as Loose;
      reject(key, before.metadata.name ?? '', [...newFinalizers(after, before), ...(strategy.validateUpdate?.(after, before) ?? [])]);
      admitByQuota(store, key, after, before);
      if (before.metadata.generation !== undefined && !isEqual(withoutMeta(after), withoutMeta(before))) {
        after = { ...after, metadata: { ...after.metadata, generation: before.metadata.generation + 1 } };
      }
      return commit(key, after, before, options.isDryRun ?? false) as unknown as typeof object;
    },

    updateStatus(key, object, options = {}) {
      const before = current(key, object) as unknown as Loose;
      const { managedFields } = object.metadata;
      const metadata = managedFields && managedFields !== before.metadata.managedFields ? { ...before.metadata, managedFields } : before.metadata;
      const after = { ...before, metadata, status: (object as unknown as Loose).status };
      return commit(key, after, before, options.isDryRun ?? false) as unknown as typeof object;
    },

    delete(key, namespace, name, options: DeleteOptions = {}) {
      const before = store.collection(key).get(namespace, name);
      if (!before) throw notFound(key, name);
      const { uid, resourceVersion } = options.preconditions ?? {};
      if (uid && uid !== before.metadata.uid) {
        throw conflict(key, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`);
      }
      if (resourceVersion && resourceVersion !== before.metadata.resourceVersion) {
        throw conflict(
          key,
          name,
          `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${before.metadata.resourceVersion}`,
        );
      }
      const strategy = strategyOf(key);
      const isMarked = before.metadata.deletionTimestamp !== undefined;
      const pending = before.metadata.deletionGracePeriodSeconds ?? 0;
      const asked = options.gracePeriodSeconds === undefined ? undefined : negativeIsOne(options.gracePeriodSeconds);
      const isGraceful = strategy.gracePeriod !== undefined;
      // Ya se está despidiendo: pedirlo otra vez solo puede acortar la espera, y no cambia ni la política ni los finalizers.
      if (isGraceful && isMarked && (asked === undefined || asked >= pending)) return before;
      const grace = isMarked ? (asked ?? 0) : negativeIsOne(strategy.gracePeriod?.(before, asked) ?? 0);
      const finalizers = withPropagation(before.metadata.finalizers ?? [], options.propagationPolicy, strategy.defaultPropagation);
      // La espera se cuenta desde que se pidió por primera vez, no desde que se acorta.
      const since = isMarked && isGraceful ? Date.parse(before.metadata.deletionTimestamp ?? '') - pending * 1000 : clock.now();
      const keepsMark = isMarked && !isGraceful;
      const marked: KubeObject = {
        ...(isMarked ? before : (strategy.prepareForDelete?.(before) ?? before)),
        metadata: {
          ...before.metadata,
          deletionTimestamp: keepsMark ? before.metadata.deletionTimestamp : timestamp(since + grace * 1000),
          ...(strategy.hidesGrace ? {} : { deletionGracePeriodSeconds: grace }),
          ...(before.metadata.generation === undefined || isMarked ? {} : { generation: before.metadata.generation + 1 }),
          ...(finalizers.length > 0 || before.metadata.finalizers ? { finalizers } : {}),
        },
      } as KubeObject;
      if (options.isDryRun) return marked;
      if (finalizers.length === 0 && grace === 0 && !strategy.isHeld?.(before)) {
        // Quien tiene despedida se marca antes de irse, aunque sea sin espera: el watch cuenta las dos cosas.
        if (isGraceful && !isEqual(marked, before)) store.put(key, marked);
        store.remove(key, namespace, name);
        return marked;
      }
      return isEqual(marked, before) ? before : store.put(key, marked);
    },
  };
}

const negativeIsOne = (seconds: number): number => (seconds < 0 ? 1 : seconds);

/** Quien se está yendo no puede pedir que lo esperen más. Sigue a apimachinery/pkg/api/validation/objectmeta.go. */
function newFinalizers(after: Loose, before: Loose): FieldError[] {
  if (!before.metadata.deletionTimestamp) return [];
  const known = before.metadata.finalizers ?? [];
  const added = (after.metadata.finalizers ?? []).filter((finalizer) => !known.includes(finalizer));
  if (added.length === 0) return [];
  const list = `[]string{${[...added]
    .sort()
    .map((finalizer) => JSON.stringify(finalizer))
    .join(', ')}}`;
  return [
    {
      type: 'FieldValueForbidden',
      field: 'metadata.finalizers',
      message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
    },
  ];
}

const withoutMeta = ({ metadata: _metadata, status: _status, ...rest }: Loose): unknown => rest;

/**
 * Orphan y Foreground se anotan como finalizers y los cumple el recolector de basura; Background, no.
 * Sin política dicha, manda el finalizer que ya hubiera y, si no, la del recurso. Sigue a deletionFinalizersForGarbageCollection.
 */
function withPropagation(finalizers: readonly string[], asked: DeleteOptions['propagationPolicy'], usual: Strategy['defaultPropagation']): readonly string[] {
  const present = finalizers.find((finalizer) => finalizer === 'orphan' || finalizer === 'foregroundDeletion');
  if (!asked && present) return finalizers;
  const policy = asked ?? usual ?? 'Background';
  const others = finalizers.filter((finalizer) => finalizer !== 'orphan' && finalizer !== 'foregroundDeletion');
  if (policy === 'Orphan') return [...others, 'orphan'];
  if (policy === 'Foreground') return [...others, 'foregroundDeletion'];
  return others;
}
