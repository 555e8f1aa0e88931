import type { Clock } from './clock/clock.ts';
import type { Random } from './clock/random.ts';
import type { EventRecorder } from './events.ts';
import type { Registry } from './registry/registry.ts';
import type { Event } from './schema/types.generated.ts';
import type { Store } from './store/store.ts';
import { microTimestamp, timestamp } from './world.ts';

const lifetime = 3_600_000;

/**
 * Sigue a client-go/tools/record/events_cache.go: lo que se repite sube `count` en el mismo objeto.
 * Los sucesos se olvidan a la hora con un solo temporizador.
 */
export function createEventRecorder({ clock, random, store, registry }: { clock: Clock; random: Random; store: Store; registry: Registry }): EventRecorder {
  const hex = random.fork('sucesos');
  const events = store.collection<Event>('events');
  const known = new Map<string, { namespace: string; name: string; key: string; seen: number }>();
  let isSweeping = false;

  /** Mira el más viejo: los que han caducado se van y, si queda alguno, vuelve cuando le toque. */
  const sweep = () => {
    isSweeping = false;
    for (const [key, { namespace, name, seen }] of known) {
      if (seen + lifetime > clock.now()) break;
      known.delete(key);
      if (events.get(namespace, name)) registry.delete('events', namespace, name);
    }
    plan();
  };
  const plan = () => {
    const oldest = known.values().next().value;
    if (!oldest || isSweeping) return;
    isSweeping = true;
    clock.after(oldest.seen + lifetime - clock.now(), sweep);
  };

  return {
    record(about, type, reason, message, source, fieldPath) {
      const namespace = about.metadata.namespace ?? 'default';
      const key = JSON.stringify([about.kind, about.metadata.uid, type, reason, message, source.component, source.host, fieldPath]);
      const now = clock.now();
      const before = known.get(key);
      const existing = before && events.get(before.namespace, before.name);
      known.delete(key);
      if (before && existing) {
        known.set(key, { ...before, seen: now });
        registry.update<Event>('events', { ...existing, count: (existing.count ?? 1) + 1, lastTimestamp: timestamp(now) });
        return;
      }
      // Como en el real: si no se puede escribir, el suceso se pierde y nadie falla por él.
      const home = store.collection('namespaces').get('', namespace);
      if (!home || home.metadata.deletionTimestamp) return;
      const isNewStyle = source.component === 'default-scheduler';
      const name = `${about.metadata.name}.${Math.floor(now).toString(16)}${hex.integer(0x100000).toString(16).padStart(5, '0')}`;
      registry.create<Event>('events', {
        apiVersion: 'v1',
        kind: 'Event',
        metadata: { name, namespace },
        involvedObject: {
          apiVersion: about.apiVersion,
          kind: about.kind,
          name: about.metadata.name ?? '',
          ...(about.metadata.namespace ? { namespace: about.metadata.namespace } : {}),
          uid: about.metadata.uid ?? '',
          ...(about.metadata.resourceVersion ? { resourceVersion: about.metadata.resourceVersion } : {}),
          ...(fieldPath ? { fieldPath } : {}),
        },
        reason,
        message,
        type,
        ...(isNewStyle
          ? {
              action: reason === 'FailedScheduling' ? 'Scheduling' : 'Binding',
              eventTime: microTimestamp(now),
              reportingComponent: source.component,
              reportingInstance: `${source.component}-maqueta-control`,
            }
          : {
              count: 1,
              firstTimestamp: timestamp(now),
              lastTimestamp: timestamp(now),
              source: { component: source.component, ...(source.host ? { host: source.host } : {}) },
              reportingComponent: source.component,
              reportingInstance: source.host ?? '',
            }),
      } as Event);
      known.set(key, { namespace, name, key, seen: now });
      plan();
    },
  };
}
