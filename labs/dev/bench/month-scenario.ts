import { createHash } from 'node:crypto';
import { createMaqueta } from '../../../src/maqueta/maqueta.ts';
import type { Pod, StatefulSet } from '../../../src/maqueta/schema/types.generated.ts';
import { applyManifests } from './apply-manifests.ts';

const day = 24 * 3600 * 1000;
const length = 30 * day;
/** Lo que se espera al final, ya sin matar a nadie. */
const recovery = 2 * 60 * 1000;
/** Una muerte cada dos horas y media de media: unas 290 en el mes. */
const meanBetweenDeaths = 2.5 * 3600 * 1000;

export interface MonthResult {
  /** Milisegundos de reloj de pared, sin contar el arranque de Node. */
  took: number;
  deaths: number;
  ready: number;
  /** Huella de todos los cambios, en orden. Vacía si no se pidió. */
  fingerprint: string;
}

/** Un StatefulSet de 3 durante 30 días virtuales, matando un Pod al azar cada poco. */
export function runMonth(root: string, seed: number, withFingerprint: boolean): MonthResult {
  const hash = createHash('sha256');
  const start = performance.now();
  const { clock, world } = createMaqueta({ seed });
  const end = clock.now() + length;
  if (withFingerprint) world.store.onAnyChange((key, event) => hash.update(`${clock.now()} ${key} ${JSON.stringify(event)}\n`));
  applyManifests(world, root, ['04-mundo-real/app.yaml', '04-mundo-real/servicio-datos.yaml', '04-mundo-real/statefulset.yaml'], (object) =>
    object.kind === 'StatefulSet' ? { ...object, spec: { ...(object as StatefulSet).spec, replicas: 3 } } : object,
  );
  const random = world.random.fork('muertes');
  const pods = world.store.collection<Pod>('pods');
  let deaths = 0;
  const kill = () => {
    const victims = [...pods.list('default')].filter((pod) => !pod.metadata.deletionTimestamp);
    const victim = victims.length > 0 ? random.pick(victims) : undefined;
    if (victim) {
      deaths += 1;
      // La mitad se despiden y la otra mitad, como si les cortaran la luz.
      world.registry.delete('pods', 'default', victim.metadata.name ?? '', random.next() < 0.5 ? {} : { gracePeriodSeconds: 0 });
    }
    plan();
  };
  const plan = () => {
    const wait = random.exponential(meanBetweenDeaths);
    if (clock.now() + wait < end) clock.after(wait, kill);
  };
  plan();
  clock.advance(length);
  // La última víctima puede estar volviendo.
  clock.advance(recovery);
  const ready = world.store.collection<StatefulSet>('apps/statefulsets').get('default', 'datos')?.status?.readyReplicas ?? 0;
  return { took: performance.now() - start, deaths, ready, fingerprint: withFingerprint ? hash.digest('hex') : '' };
}
