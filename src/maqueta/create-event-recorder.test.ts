import { expect, test } from 'vitest';
import { createClock } from './clock/clock.ts';
import { createRandom } from './clock/random.ts';
import { createEventRecorder } from './create-event-recorder.ts';
import { createRegistry } from './registry/create-registry.ts';
import { resources } from './schema/resources.generated.ts';
import type { Pod } from './schema/types.generated.ts';
import { createStore } from './store/store.ts';

test('lo que pasa en un espacio que ya no existe se pierde, y quien lo cuenta sigue', () => {
  const clock = createClock(0);
  const random = createRandom(1);
  const store = createStore(resources, { history: 16, freeze: true });
  const registry = createRegistry({ clock, random, store });
  const events = createEventRecorder({ clock, random, store, registry });
  const pod: Pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'ido', uid: 'u' } };
  events.record(pod, 'Normal', 'Killing', 'Stopping container app', { component: 'kubelet' });
  expect(store.collection('events').size).toBe(0);
});
