import { createClock, type VirtualClock } from '../clock/clock.ts';
import { createRandom } from '../clock/random.ts';
import type { KubeObject } from '../object.ts';
import { resources } from '../schema/resources.generated.ts';
import { createStore, type Store } from '../store/store.ts';
import { ApiError } from './api-error.ts';
import { createRegistry } from './create-registry.ts';
import type { Registry } from './registry.ts';
import { installStrategies } from './strategies/install-strategies.ts';

export interface TestRegistry {
  clock: VirtualClock;
  store: Store;
  registry: Registry;
}

/** Almacén y reglas, sin nadie que reaccione: para probar qué se guarda. Con el espacio `default` ya creado. */
export function createTestRegistry(): TestRegistry {
  const clock = createClock(Date.parse('2026-11-20T09:00:00Z'));
  const random = createRandom(1);
  const store = createStore(resources, { history: 64, freeze: true });
  const registry = createRegistry({ clock, random, store });
  installStrategies({ registry, store, random });
  registry.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  return { clock, store, registry };
}

/** El `ApiError` que lanza `run`, como `código razón: mensaje`. */
export function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ApiError) return `${error.code} ${error.reason}: ${error.message}`;
    throw error;
  }
  return 'no se ha rechazado';
}

/** Un objeto de la API a partir de lo que importa en la prueba. */
export const object = <T extends KubeObject>(apiVersion: string, kind: string, name: string, rest: object = {}): T =>
  ({ apiVersion, kind, ...rest, metadata: { name, namespace: 'default', ...(rest as { metadata?: object }).metadata } }) as unknown as T;
