import type { NodeOptions } from '../../src/maqueta/kubelet/node-options.ts';
import type { World } from '../../src/maqueta/world.ts';
import type { Target } from '../engine/ports.ts';
import { createFollowProgress } from './follow-progress.ts';
import { openKubeTarget } from './kube-target.ts';
import { maquetaPower } from './maqueta-power.ts';
import { serveMaqueta } from './serve-maqueta.ts';
import { createVirtualClock } from './virtual-clock.ts';

export interface MaquetaTargetOptions {
  /** La misma semilla da siempre la misma historia. */
  seed?: number;
  /** Congela los objetos de la maqueta: para pruebas. */
  freeze?: boolean;
  /** Otros nodos que los de siempre. */
  nodes?: readonly NodeOptions[];
  /** Lo que se le hace antes de servirla: quitarle la clase de almacenamiento, ponerle una cuota… */
  prepare?(world: World): void;
}

/** La maqueta servida en 127.0.0.1 y vista por el mismo adaptador que minikube. */
export async function openMaquetaTarget({ seed = 1, freeze = false, nodes, prepare }: MaquetaTargetOptions = {}): Promise<Target> {
  const [{ createMaqueta }, { withMachines }, { KubeConfig }] = await Promise.all([
    import('../../src/maqueta/maqueta.ts'),
    import('../../src/maqueta/machines-api.ts'),
    import('@kubernetes/client-node'),
  ]);
  const maqueta = createMaqueta({ seed, freeze, ...(nodes ? { nodes } : {}) });
  prepare?.(maqueta.world);
  const progress = createFollowProgress();
  const { clock, drive } = createVirtualClock(
    {
      clock: maqueta.clock,
      get revision() {
        return maqueta.world.store.revision;
      },
      syncWatches: () => maqueta.syncWatches(),
    },
    progress,
  );
  const served = await serveMaqueta({ fetch: withMachines(maqueta), drive });
  const config = new KubeConfig();
  config.loadFromOptions({
    // client-node no acepta HTTP sin esto; es 127.0.0.1, dentro de este mismo proceso. Una prueba exige que no salga de aquí.
    clusters: [{ name: 'maqueta', server: served.url, skipTLSVerify: true }],
    users: [{ name: 'maqueta', token: served.token }],
    contexts: [{ name: 'maqueta', cluster: 'maqueta', user: 'maqueta' }],
    currentContext: 'maqueta',
  });
  try {
    const target = await openKubeTarget({
      config,
      id: 'maqueta',
      title: 'maqueta (Kubernetes simulado)',
      clock,
      kubectlArguments: [],
      power: maquetaPower(served),
      progress,
      onClose: () => served.close(),
    });
    return { ...target, hasLoadBalancer: true };
  } catch (error) {
    await served.close();
    throw error;
  }
}
