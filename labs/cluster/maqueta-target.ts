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
}

/** La maqueta servida en 127.0.0.1 y vista por el mismo adaptador que minikube. */
export async function openMaquetaTarget({ seed = 1, freeze = false }: MaquetaTargetOptions = {}): Promise<Target> {
  const [{ createMaqueta }, { withMachines }, { KubeConfig }] = await Promise.all([
    import('../../src/maqueta/maqueta.ts'),
    import('../../src/maqueta/machines-api.ts'),
    import('@kubernetes/client-node'),
  ]);
  const maqueta = createMaqueta({ seed, freeze });
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
