import { withMachines } from '../../src/maqueta/machines-api.ts';
import { createMaqueta } from '../../src/maqueta/maqueta.ts';
import { keepPace, realWall } from './keep-pace.ts';
import { maquetaKubeconfig } from './maqueta-kubeconfig.ts';
import { createSelfSigned } from './self-signed.ts';
import { serveMaqueta } from './serve-maqueta.ts';

export interface LiveMaquetaOptions {
  /** Por defecto, uno libre. */
  port?: number;
  /** Segundos virtuales por cada segundo de verdad. Por defecto, 1. */
  speed?: number;
  seed?: number;
  /** La maqueta ha fallado y ya no puede seguir. */
  onFault(error: unknown): void;
}

export interface LiveMaqueta {
  /** `https://127.0.0.1:40123` */
  url: string;
  /** El texto de un kubeconfig que la abre. */
  kubeconfig: string;
  nodes: readonly string[];
  close(): Promise<void>;
}

/** La maqueta servida por HTTPS en 127.0.0.1, con el reloj andando: la usa cualquier cliente de Kubernetes. */
export async function openLiveMaqueta({ port = 0, speed = 1, seed = 1, onFault }: LiveMaquetaOptions): Promise<LiveMaqueta> {
  // Empieza en la hora de la pared: los clientes comparan fechas con la suya.
  const maqueta = createMaqueta({ seed, start: new Date(Date.now()).toISOString() });
  const certificate = createSelfSigned(Date.now());
  const answer = withMachines(maqueta);
  const pace = keepPace({ clock: maqueta.clock, wall: realWall, speed, onFault });
  try {
    const served = await serveMaqueta(
      {
        fetch(request) {
          pace.catchUp();
          return answer(request);
        },
      },
      { port, certificate },
    );
    return {
      url: served.url,
      kubeconfig: maquetaKubeconfig({ server: served.url, token: served.token, authority: certificate.cert }),
      nodes: [...maqueta.world.store.collection('nodes').list()].map(({ metadata }) => metadata.name ?? ''),
      async close() {
        pace.stop();
        await served.close();
      },
    };
  } catch (error) {
    pace.stop();
    throw error;
  }
}
