import { setTimeout as sleep } from 'node:timers/promises';
import type { OwnCache } from '../taller/own-cache.ts';
import { tallerObstacle, whyIn, withOwnTaller } from '../taller/own-taller.ts';
import { runTaller, stateOf } from '../taller/run-taller.ts';
import type { Measure, Missing, Reading } from './measure.ts';
import { summarize } from './statistics.ts';
import { treeMemory } from './tree-memory.ts';

const id = 'arranque';
const title = '`npm run taller` con la caché llena';
/** Lo que tarda en callarse un clúster recién nacido: metrics-server arranca después de dar el taller por levantado. */
const settle = 20_000;

interface Life {
  ready: number;
  addons: number;
  memory: number;
  stop: number;
}

/** Un taller entero, de la orden a que no quede nada, visto desde fuera: lo que tarda Node en arrancar también cuenta. */
export const tallerStart: Measure = {
  id,
  title: 'arranque del taller, su memoria en reposo y lo que tarda en parar',
  async run({ root, repetitions, nodeStart, report }) {
    const reason = await tallerObstacle(root, ['cluster']);
    if (reason !== undefined) return [{ id, title, reason }];
    const lives: Life[] = [];
    for (let turn = 0; turn < repetitions; turn++) {
      report(`${title}, ${turn + 1} de ${repetitions}`);
      const life = await withOwnTaller(liveOnce);
      if ('reason' in life) return [life];
      lives.push(life);
    }
    const of = (what: keyof Life) => summarize(lives.map((life) => life[what]));
    const ready = of('ready');
    const untilReady = { title: 'hasta Ready', median: ready.median };
    const readings: Reading[] = [
      {
        id: 'taller-ready',
        title: '3 nodos reales Ready, desde la orden',
        unit: 'ms',
        samples: ready,
        goal: 5000,
        against: { title: 'node -e 0', median: nodeStart },
      },
      { id: 'taller-dns', title: 'con DNS y almacenamiento', unit: 'ms', samples: of('addons'), goal: 9000, against: untilReady },
      { id: 'taller-memoria', title: 'memoria del taller en reposo (PSS)', unit: 'MB', samples: of('memory') },
      { id: 'taller-parar', title: '`npm run taller parar`', unit: 'ms', samples: of('stop'), against: untilReady },
    ];
    return readings;
  },
};

async function liveOnce(own: OwnCache): Promise<Life | Missing> {
  const start = performance.now();
  let ready = Number.NaN;
  const up = await runTaller(own, [], {
    onText(text) {
      if (Number.isNaN(ready) && text.includes('✔ nodos Ready')) ready = performance.now() - start;
    },
  });
  if (up.code !== 0) return { id, title, reason: `salida ${up.code}: ${whyIn(up.out)}` };
  await sleep(settle);
  const memory = treeMemory(stateOf(own.cacheDir).pid);
  const stop = await runTaller(own, ['parar']);
  if (stop.code !== 0) return { id, title, reason: `al parar, salida ${stop.code}: ${whyIn(stop.out)}` };
  return { ready, addons: up.seconds * 1000, memory, stop: stop.seconds * 1000 };
}
