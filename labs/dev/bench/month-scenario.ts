import { createHash } from 'node:crypto';
import { createMaqueta } from '../../../src/maqueta/maqueta.ts';
import type { KubeObject } from '../../../src/maqueta/object.ts';
import type { Pod, StatefulSet } from '../../../src/maqueta/schema/types.generated.ts';
import { applyManifests } from './apply-manifests.ts';

const day = 24 * 3600 * 1000;
/** Lo que se espera al final, ya sin matar a nadie. */
const recovery = 2 * 60 * 1000;
/** Una muerte cada dos horas y media de media: unas 290 en un mes. */
const meanBetweenDeaths = 2.5 * 3600 * 1000;

export interface MonthOptions {
  /** Carpeta del proyecto. */
  root: string;
  seed: number;
  days: number;
  /**
   * `nginx`: un servidor del que se sabe que no cambia solo, y sus sondas no se repiten en balde.
   * `guion`: la aplicación del laboratorio 04; es código cualquiera, y hay que ejecutarlo en cada sonda.
   */
  app: 'nginx' | 'guion';
  withFingerprint: boolean;
}

export interface MonthResult {
  /** Milisegundos de reloj de pared, sin contar el arranque de Node. */
  took: number;
  deaths: number;
  ready: number;
  /** Huella de todos los cambios, en orden. Vacía si no se pidió. */
  fingerprint: string;
}

/** Un StatefulSet de 3 con su disco y una sonda por segundo, matando un Pod al azar cada poco. */
export function runMonth({ root, seed, days, app, withFingerprint }: MonthOptions): MonthResult {
  const hash = createHash('sha256');
  const start = performance.now();
  const { clock, world } = createMaqueta({ seed });
  const end = clock.now() + days * day;
  if (withFingerprint) world.store.onAnyChange((key, event) => hash.update(`${clock.now()} ${key} ${JSON.stringify(event)}\n`));
  applyManifests(world, root, ['04-mundo-real/app.yaml', '04-mundo-real/servicio-datos.yaml', '04-mundo-real/statefulset.yaml'], (object) =>
    object.kind === 'StatefulSet' ? adapt(object as KubeObject & StatefulSet, app) : object,
  );
  const random = world.random.fork('muertes');
  const pods = world.store.collection<Pod>('pods');
  let deaths = 0;
  const kill = () => {
    const victims = [...pods.list('default')].filter((pod) => !pod.metadata.deletionTimestamp);
    if (victims.length > 0) {
      deaths += 1;
      // La mitad se despiden y la otra mitad, como si les cortaran la luz.
      world.registry.delete('pods', 'default', random.pick(victims).metadata.name ?? '', random.next() < 0.5 ? {} : { gracePeriodSeconds: 0 });
    }
    plan();
  };
  const plan = () => {
    const wait = random.exponential(meanBetweenDeaths);
    if (clock.now() + wait < end) clock.after(wait, kill);
  };
  plan();
  clock.advance(days * day);
  // La última víctima puede estar volviendo.
  clock.advance(recovery);
  const ready = world.store.collection<StatefulSet>('apps/statefulsets').get('default', 'datos')?.status?.readyReplicas ?? 0;
  return { took: performance.now() - start, deaths, ready, fingerprint: withFingerprint ? hash.digest('hex') : '' };
}

/** El StatefulSet del laboratorio 04, con tres réplicas y el programa pedido. */
function adapt(object: KubeObject & StatefulSet, app: MonthOptions['app']): KubeObject & StatefulSet {
  const { spec } = object;
  if (!spec?.template.spec) return object;
  if (app === 'guion') return { ...object, spec: { ...spec, replicas: 3 } };
  const containers = spec.template.spec.containers.map(({ command: _script, readinessProbe, ...container }) => ({
    ...container,
    image: 'nginx:1.30-alpine',
    readinessProbe: { ...readinessProbe, httpGet: { path: '/', port: 80 } },
  }));
  return { ...object, spec: { ...spec, replicas: 3, template: { ...spec.template, spec: { ...spec.template.spec, containers } } } };
}
