import { isReady, replicasReady, satisfies } from '../../engine/checks.ts';
import { Deployment, Service } from '../../engine/kinds.ts';
import { LabError } from '../../engine/lab-error.ts';
import { margin } from '../../sonda/contrast/margin.ts';
import { latenessOfFortio, type Reading, readingOfFortio, readingOfProbe } from '../../sonda/contrast/reading.ts';
import type { ContrastRecording, Run, Served } from '../../sonda/contrast/recording.ts';
import { faultRun, pauseRun, rounds } from '../../sonda/contrast/truth.ts';
import { demandOnTime } from './demand-on-time.ts';
import { fortioRun } from './fortio-run.ts';
import { placeProbe, probeRun } from './probe-run.ts';
import type { Space } from './space.ts';
import { withSteadyNodes } from './steady-nodes.ts';

/** Más que ritmo × lo que más se espera, y que divida el número de peticiones: todas las conexiones hacen las mismas. */
const enoughConnections = { faults: 30, pause: 120 };

interface ContrastOptions {
  image: string;
  /** Cuántas medidas que no valen se admiten en todo el contraste. */
  mostSpoiled: number;
  onRun(text: string): void;
}

/** Mide los dos servicios con las dos herramientas. La sonda ya está puesta. */
export async function measureContrast(
  space: Space,
  { image, mostSpoiled, onRun }: ContrastOptions,
): Promise<Pick<ContrastRecording, 'faults' | 'pause' | 'repeated'>> {
  const { cluster, wait } = space;
  await cluster.apply('contraste.yaml');
  await placeProbe(space);
  const settled = async () => {
    await wait(() => cluster.get(Deployment, 'contraste'), replicasReady(2));
    for (const name of ['contraste-lento', 'pausa']) await wait(() => cluster.get(Deployment, name), replicasReady(1));
    await wait(() => cluster.pod('sonda'), isReady());
  };
  await settled();
  for (const service of ['contraste', 'pausa']) await reachable(space, service);

  let count = 0;
  let spoiled = 0;
  const measure = async (service: string, label: string, read: (url: string, name: string) => Promise<Reading>): Promise<Run> => {
    for (;;) {
      const name = `medida-${++count}`;
      try {
        const run = await withSteadyNodes(space.target, async () => {
          const reading = await read(`http://${await addressOf(space, service)}/${name}`, name);
          return { reading, served: await servedBy(space, service, `/${name}`) };
        });
        onRun(`${label}: ${sayRun(run)}`);
        return run;
      } catch (error) {
        // La máquina no les dio turno, o un nodo se fue a mitad: esa medida no vale, y se toma otra.
        if (!(error instanceof LabError) || !error.canHeal) throw error;
        onRun(`${label}: se repite. ${error.message}`);
        spoiled += 1;
        if (spoiled > mostSpoiled) throw tooBusy(error);
        await settled();
      }
    }
  };
  const byProbe = (run: { rate: number; requests: number }) => async (url: string) => {
    const result = await probeRun(space, { url, ...run });
    demandOnTime('la sonda', result.lateness?.p90 ?? 0, margin.milliseconds);
    return readingOfProbe(result);
  };
  const byFortio = (run: { rate: number; requests: number }, connections: number) => async (url: string, name: string) => {
    const log = await fortioRun(space, name, { image, url, connections, ...run });
    // Con una sola conexión sale tarde por fuerza: es lo que se quiere enseñar.
    if (connections > 1) demandOnTime('fortio', latenessOfFortio(log, { rate: run.rate, connections }), margin.milliseconds);
    return readingOfFortio(log);
  };

  const faults: ContrastRecording['faults'][number][] = [];
  for (let round = 1; round <= rounds; round++) {
    const probe = () => measure('contraste', `fallos ${round}, sonda `, byProbe(faultRun));
    const tool = () => measure('contraste', `fallos ${round}, fortio`, byFortio(faultRun, enoughConnections.faults));
    // Cada ronda al revés que la anterior: lo que la máquina empeore o mejore con el tiempo toca a las dos.
    if (round % 2 === 1) faults.push({ probe: await probe(), tool: await tool() });
    else {
      const first = await tool();
      faults.push({ probe: await probe(), tool: first });
    }
  }
  const pause = {
    probe: await measure('pausa', 'parada, sonda', byProbe(pauseRun)),
    open: await measure('pausa', `parada, fortio con ${enoughConnections.pause} conexiones`, byFortio(pauseRun, enoughConnections.pause)),
    closed: await measure('pausa', 'parada, fortio con 1 conexión', byFortio(pauseRun, 1)),
  };
  return { faults, pause, repeated: spoiled };
}

/**
 * Que sus Pods estén listos no es que se llegue a ellos: el kube-proxy del nodo de la sonda tarda lo suyo en enterarse, y
 * las peticiones de ese rato nadie las sirve. Se pregunta hasta que llegan todas.
 */
async function reachable(space: Space, service: string): Promise<void> {
  let attempt = 0;
  const isServed = satisfies<{ asked: number; served: number }>('peticiones servidas', 'todas', ({ asked, served }) => asked === served);
  await space.wait(async () => {
    const path = `/llegada-${++attempt}`;
    const { requests } = readingOfProbe(await probeRun(space, { url: `http://${await addressOf(space, service)}${path}`, rate: 20, requests: 20 }));
    return { asked: requests, served: (await servedBy(space, service, path)).requests };
  }, isServed);
}

const tooBusy = (cause: LabError) =>
  new LabError(`Han salido mal demasiadas medidas: la máquina está ocupada. ${cause.message}`, {
    code: 'ENVIRONMENT',
    fix: 'uptime   (y con la máquina libre, repite la orden)',
    cause,
  });

/** La dirección del Service: fortio resuelve el nombre una vez y la sonda en cada petición, y aquí no se compara el DNS. */
async function addressOf({ cluster }: Space, service: string): Promise<string> {
  return (await cluster.get(Service, service))?.spec?.clusterIP ?? service;
}

/** Lo que contaron los Pods de ese servicio, uno a uno. */
async function servedBy({ cluster }: Space, service: string, path: string): Promise<Served> {
  const served = { requests: 0, errors: 0 };
  for (const pod of await cluster.pods(`app=${service}`)) {
    const { body } = await cluster.proxyGet(pod.metadata.name, 8080, '/cuentas');
    const counts = (JSON.parse(body) as Record<string, Served>)[path];
    served.requests += counts?.requests ?? 0;
    served.errors += counts?.errors ?? 0;
  }
  return served;
}

const sayRun = ({ reading: { requests, errors, p50, p90, p99 }, served }: Run): string =>
  `${requests} peticiones (${served.requests} servidas), ${errors} errores (${served.errors} dados), p50 ${Math.round(p50)} p90 ${Math.round(p90)} p99 ${Math.round(p99)} ms`;
