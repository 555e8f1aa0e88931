import type { VirtualClock } from './clock/clock.ts';
import type { Random } from './clock/random.ts';
import type { EventRecorder } from './events.ts';
import type { Heartbeats } from './kubelet/heartbeats.ts';
import type { Runtime } from './kubelet/runtime.ts';
import type { Network } from './network/network.ts';
import type { Registry } from './registry/registry.ts';
import type { Store } from './store/store.ts';

/**
 * Lo que comparten las piezas de la maqueta. Cada pieza lo recibe y no guarda nada global:
 * dos maquetas en el mismo proceso no se ven.
 */
export interface World {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly store: Store;
  /** Única puerta de escritura con las reglas de la API: valores por defecto, versiones, borrado con gracia. */
  readonly registry: Registry;
  readonly events: EventRecorder;
  /** Lo que el servidor de API pide al kubelet: registros y exec. */
  readonly runtime: Runtime;
  readonly network: Network;
  /** Los latidos de los kubelets, que el controlador de nodos vigila. */
  readonly heartbeats: Heartbeats;
}

/** Fecha de la API con grano de un segundo, como `metav1.Time`. */
export const timestamp = (instant: number): string => `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;

/** Fecha con microsegundos, como `metav1.MicroTime`. */
export const microTimestamp = (instant: number): string => `${new Date(instant).toISOString().slice(0, 23)}000Z`;
