import { allOf, exists, otherUid, readyPods, satisfies } from '../engine/checks.ts';
import { drained } from '../engine/drain-checks.ts';
import { Deployment, Node } from '../engine/kinds.ts';
import { asPredicted, worseThanPredicted } from '../engine/month-checks.ts';
import { predicted, sayMonth } from '../engine/month-reading.ts';
import { nodeReady } from '../engine/node-checks.ts';
import { gapAtLeast, milderThan, noProbeErrors, probeErrorsAtLeast } from '../engine/probe-checks.ts';
import { errorCount } from '../engine/probe-reading.ts';
import { humanDuration } from '../engine/reading.ts';
import { sayRepair } from '../engine/repair-reading.ts';
import { defineLab, step } from '../lab.ts';
import { nodesOf, onlyOn, spareNode } from './place.ts';
import { asking, calm, kill, listening, lowestAvailable, readyElsewhere, restarted, settled, shop, warmUp } from './service.ts';

const image = 'node:24.21-alpine';
const hour = 3_600_000;
/** Lo que se simula: un mes, con una avería al día de media y media hora de reparación. */
const month = { seed: 14, days: 30, placement: 'spread', failure: 'pod', mtbf: 24 * hour, mttr: hour / 2, confidence: 0.999 } as const;

export const lab = defineLab({
  id: '14',
  slug: 'sla',
  title: '¿Cuántos nueves?',
  proves: 'La disponibilidad se mide petición a petición, y cada suceso gasta un presupuesto que se puede calcular de antemano.',
  needs: { alone: true },
  images: [image],
  steps: [
    // #region actualizar
    step(
      'actualizar',
      'Al actualizar, sin readinessProbe se pregunta a quien no escucha; con ella aún se corta lo que está a medias; con preStop no se pierde nada',
      async (context) => {
        const { cluster, probe, eventually, expect, note } = context;
        await cluster.apply('app.yaml');
        for (const file of ['desnuda.yaml', 'sondeada.yaml', 'cuidada.yaml', 'sola.yaml']) await cluster.apply(file);
        for (const name of ['desnuda', 'sondeada', 'cuidada', 'sola']) await settled(context, name);
        // Sin sonda, «disponible» no dice si escucha: se le pregunta a cada Pod.
        await eventually(
          () => listening(cluster, 'app=desnuda'),
          satisfies('Pods de desnuda que contestan', '3', (count) => count === 3),
          { within: '60s' },
        );
        const bare = await probe('ni readinessProbe ni preStop', await asking(cluster, 'desnuda'));
        const ready = await probe('con readinessProbe, sin preStop', await asking(cluster, 'sondeada'));
        const careful = await probe('con readinessProbe y preStop', await asking(cluster, 'cuidada'));
        await warmUp(context, bare, ready, careful);
        for (const measure of [bare, ready, careful]) await measure.mark('kubectl rollout restart');
        for (const name of ['desnuda', 'sondeada', 'cuidada']) await cluster.patch(Deployment, name, restarted);
        for (const name of ['desnuda', 'sondeada', 'cuidada']) await settled(context, name);
        await calm(context, bare, ready, careful);
        const [worst, cut, whole] = [await bare.stop(), await ready.stop(), await careful.stop()];
        expect(worst, probeErrorsAtLeast(10, 'refused'));
        expect(cut, probeErrorsAtLeast(1, 'reset'));
        expect(whole, noProbeErrors());
        note(`desnuda: ${sayRepair(worst)}`);
        note(`sondeada: ${cut.errors.reset} cortadas a medias y ${errorCount(cut) - cut.errors.reset} que llegaron a quien ya no estaba`);
        note(`cuidada: ${sayRepair(whole)}`);
        await cluster.scale(Deployment, 'desnuda', 0);
        await cluster.scale(Deployment, 'sondeada', 0);
      },
      {
        points: 2,
        hints: [
          'Sin readinessProbe, ¿en qué momento da Kubernetes por listo a un contenedor?',
          '¿Quién se entera antes de que un Pod se va: el propio Pod, o los nodos que le mandan gente?',
        ],
      },
    ),
    // #endregion

    // #region muerte
    step(
      'muerte',
      'Si un Pod muere de golpe, con una réplica no hay servicio hasta que arranca otra; con tres se pierde menos y durante menos rato',
      async (context) => {
        const { cluster, probe, eventually, expect, note } = context;
        const [only] = await eventually(() => cluster.pods('app=sola'), readyPods(1), { within: '60s' });
        const [one] = await eventually(() => cluster.pods('app=cuidada'), readyPods(3), { within: '60s' });
        const single = await probe('una réplica', await asking(cluster, 'sola'));
        const triple = await probe('tres réplicas', await asking(cluster, 'cuidada'));
        await warmUp(context, single, triple);
        for (const measure of [single, triple]) await measure.mark('muere un Pod, sin despedirse');
        await kill(cluster, only);
        await kill(cluster, one);
        await eventually(() => cluster.pods('app=sola'), allOf(readyPods(1), otherUid(only)), { within: '90s' });
        await eventually(() => cluster.pods('app=cuidada'), allOf(readyPods(3), otherUid(one)), { within: '90s' });
        await calm(context, single, triple);
        const [alone, three] = [await single.stop(), await triple.stop()];
        expect(alone, gapAtLeast('2s'));
        expect(three, milderThan(alone));
        note(`una réplica: ${sayRepair(alone)}`);
        note(`tres réplicas: ${sayRepair(three)}`);
      },
      {
        points: 1,
        hints: [
          '¿Cuánto tarda en contestar el sustituto, como poco?',
          'Con tres réplicas, ¿a cuántas de cada tres peticiones les toca el muerto, y hasta cuándo?',
        ],
      },
    ),
    // #endregion

    // #region nodo
    step(
      'nodo',
      'Si se apaga un nodo, con una réplica no hay servicio hasta que se le da por perdido y arranca otra; repartidas en tres, falla una parte',
      async (context) => {
        const { cluster, probe, eventually, expect, note, now } = context;
        await eventually(() => cluster.pods('app=cuidada'), readyPods(3), { within: '60s' });
        const { metadata } = await eventually(() => spareNode(cluster, 'app=cuidada'), exists(), { within: '30s' });
        // La réplica sola, en el nodo que se va a perder.
        await onlyOn(cluster, metadata.name, async () => {
          const [pod] = await eventually(() => cluster.pods('app=sola'), readyPods(1), { within: '60s' });
          await cluster.delete(pod, { gracePeriod: '0s' });
          await eventually(() => cluster.pods('app=sola'), allOf(readyPods(1), otherUid(pod)), { within: '90s' });
        });
        const single = await probe('una réplica, en ese nodo', await asking(cluster, 'sola'));
        const triple = await probe('tres réplicas, una en ese nodo', await asking(cluster, 'cuidada'));
        await warmUp(context, single, triple);
        for (const measure of [single, triple]) await measure.mark(`se apaga ${metadata.name}`);
        const start = now();
        await cluster.powerOff(metadata.name);
        await eventually(() => cluster.pods('app=sola'), readyElsewhere(1, metadata.name), { within: '4m' });
        note(`${humanDuration(now() - start)} después de apagarlo hay otra réplica de sola, lista y en otro nodo`);
        await eventually(() => cluster.pods('app=cuidada'), readyElsewhere(3, metadata.name), { within: '2m' });
        await calm(context, single, triple);
        const [alone, three] = [await single.stop(), await triple.stop()];
        expect(alone, gapAtLeast('10s'));
        expect(three, allOf(probeErrorsAtLeast(10), milderThan(alone)));
        note(`una réplica: ${sayRepair(alone)}`);
        note(`tres réplicas: ${sayRepair(three)}`);
        await cluster.powerOn(metadata.name);
        await eventually(() => cluster.get(Node, metadata.name), nodeReady(), { within: '4m' });
      },
      {
        points: 2,
        needs: { nodes: 3, power: true },
        hints: ['¿Quién decide que un nodo mudo está perdido, y a los cuántos segundos?', 'Hasta entonces, ¿siguen sus Pods en el reparto?'],
      },
    ),
    // #endregion

    // #region drenar
    step(
      'drenar',
      'Al drenar un nodo con todas las réplicas, sin presupuesto se van a la vez y hay un hueco; con PodDisruptionBudget, de una en una y sin errores',
      async (context) => {
        const { cluster, probe, eventually, expect, note, now } = context;
        // Lo de antes se va: aquí se mira solo a dos.
        await cluster.scale(Deployment, 'cuidada', 0);
        await cluster.scale(Deployment, 'sola', 0);
        const { metadata } = await eventually(() => spareNode(cluster), exists(), { within: '60s' });
        await onlyOn(cluster, metadata.name, async () => {
          await cluster.apply('libre.yaml');
          await cluster.apply('protegida.yaml');
          await settled(context, 'libre');
          await settled(context, 'protegida');
        });
        const free = await probe('sin PodDisruptionBudget', await asking(cluster, 'libre'));
        const guarded = await probe('con PodDisruptionBudget', await asking(cluster, 'protegida'));
        await warmUp(context, free, guarded);
        for (const measure of [free, guarded]) await measure.mark(`kubectl drain ${metadata.name}`);
        const start = now();
        await cluster.cordon(metadata.name);
        const refused = new Set<string>();
        const drain = async () => {
          const left = await cluster.drain(metadata.name);
          for (const { refused: why } of left) if (why !== undefined) refused.add(why);
          return left;
        };
        await eventually(drain, drained(), { within: '3m' });
        note(`${metadata.name}, drenado en ${humanDuration(now() - start)}`);
        await settled(context, 'libre');
        await settled(context, 'protegida');
        await calm(context, free, guarded);
        const [hollow, whole] = [await free.stop(), await guarded.stop()];
        await cluster.uncordon(metadata.name);
        expect(hollow, gapAtLeast('2s'));
        expect(whole, noProbeErrors());
        const why = [...refused].find((text) => text.includes('needs'));
        expect(
          why,
          satisfies('por qué se frena el segundo desalojo', 'hace falta un Pod sano', (text) => text !== undefined),
        );
        note(`libre: ${sayRepair(hollow)}`);
        note(`protegida: ${sayRepair(whole)}`);
        note(`al segundo desalojo, 429: ${why}`);
      },
      {
        points: 2,
        needs: { nodes: 3 },
        hints: [
          '¿Espera alguien a que el sustituto esté listo antes de echar al siguiente?',
          '¿Quién contesta al desalojo con un 429, y qué hace kubectl entonces?',
        ],
      },
    ),
    // #endregion

    // #region mes
    step(
      'mes',
      'Un mes de averías da lo que predice MTBF/(MTBF+MTTR), sola, en serie, en paralelo y dos de tres; en un mismo nodo, mucho peor',
      async ({ month: simulate, expect, note }) => {
        note(`semilla ${month.seed}; una avería cada 24 h y media hora de reparación, de media: ${predicted(month.mtbf, month.mttr)} cada réplica`);
        const alone = await simulate({ ...month, replicas: 1, needed: 1 });
        note(`una: ${sayMonth(alone.measure, alone.contrast.service)}`);
        const series = await simulate({ ...month, replicas: 3, needed: 3 });
        note(`tres, y hacen falta las tres: ${sayMonth(series.measure, series.contrast.service)}`);
        const parallel = await simulate({ ...month, replicas: 2, needed: 1 });
        note(`dos, y basta una: ${sayMonth(parallel.measure, parallel.contrast.service)}`);
        const quorum = await simulate({ ...month, replicas: 3, needed: 2 });
        note(`tres, y hacen falta dos: ${sayMonth(quorum.measure, quorum.contrast.service)}`);
        for (const { contrast } of [alone, series, parallel, quorum]) expect(contrast.service, asPredicted());
        const apart = await simulate({ ...month, replicas: 3, needed: 1, failure: 'node', placement: 'perNode' });
        note(`se apagan nodos, tres réplicas en tres: ${sayMonth(apart.measure, apart.contrast.service)}`);
        const together = await simulate({ ...month, replicas: 3, needed: 1, failure: 'node', placement: 'together' });
        note(`se apagan nodos, las tres en uno: ${sayMonth(together.measure, together.contrast.service)}`);
        expect(apart.contrast.service, asPredicted());
        // Fallan juntas: la cuenta, que las supone independientes, no lo explica.
        expect(together.contrast.service, worseThanPredicted());
      },
      {
        points: 1,
        hints: ['Si hacen falta las tres, ¿es más o menos disponible que una sola?', '¿Qué supone la cuenta del paralelo que tres Pods en un nodo no cumplen?'],
      },
    ),
    // #endregion
  ],
  challenge: {
    title: 'Ni una petición',
    brief:
      'La tienda de retos/14/ pierde peticiones cada vez que se actualiza y se cae entera cuando se drena su nodo. Arréglala: réplicas en nodos distintos, que nadie pregunte a quien aún no escucha, que nadie se vaya con algo a medias, y un presupuesto que frene los drenajes sin bloquearlos. La aplicación no se toca.',
    // Drena nodos: dos a la vez se los quitarían el uno al otro.
    needs: { alone: true },
    given: ['app.yaml', 'tienda.yaml'],
    steps: [
      step(
        'actualizar',
        'Una actualización no pierde ni una petición',
        async (context) => {
          const { cluster, probe, eventually, expect } = context;
          const { spec } = await shop(context);
          // Sin sonda nadie sabe si ya escuchan; lo que se mide es la actualización, no el primer arranque.
          await eventually(
            () => listening(cluster, 'app=tienda'),
            satisfies('Pods de la tienda que contestan', 'todos', (count) => count === spec?.replicas),
            { within: '60s' },
          );
          const measure = await probe('actualizar la tienda', await asking(cluster, 'tienda'));
          await warmUp(context, measure);
          await cluster.patch(Deployment, 'tienda', restarted);
          await shop(context);
          await calm(context, measure);
          expect(await measure.stop(), noProbeErrors());
        },
        {
          points: 2,
          hints: ['¿Cuándo empieza a recibir gente un Pod nuevo, y cuándo puede atenderla?', '¿Qué pasa con las peticiones a medias del que se va?'],
        },
      ),
      step(
        'reparto',
        'Hay al menos dos réplicas y no están todas en el mismo nodo',
        async (context) => {
          const { cluster, eventually } = context;
          await shop(context);
          const apart = satisfies<string[]>('nodos con réplicas de la tienda', 'al menos 2', (nodes) => nodes.length >= 2);
          await eventually(async () => nodesOf(await cluster.pods('app=tienda')), apart, { within: '20s' });
        },
        {
          points: 1,
          needs: { nodes: 3 },
          hints: ['¿Qué le pide la tienda al planificador ahora mismo?', '¿Qué campo reparte los Pods según una etiqueta de los nodos?'],
        },
      ),
      step(
        'drenar',
        'Drenar dos nodos a la vez acaba, no pierde ni una petición y nunca deja menos de dos réplicas disponibles',
        async (context) => {
          const { cluster, probe, timeline, eventually, expect } = context;
          await shop(context);
          const nodes = nodesOf(await cluster.pods('app=tienda')).slice(0, 2);
          const history = await timeline({ ...Deployment, fields: 'metadata.name=tienda' });
          const measure = await probe('drenar con la tienda abierta', await asking(cluster, 'tienda'));
          await warmUp(context, measure);
          for (const node of nodes) await cluster.cordon(node);
          const drain = async () => (await Promise.all(nodes.map((node) => cluster.drain(node)))).flat();
          await eventually(drain, drained(), { within: '60s' });
          await shop(context);
          await calm(context, measure);
          for (const node of nodes) await cluster.uncordon(node);
          const result = await measure.stop();
          expect(
            lowestAvailable(history.seen()),
            satisfies<number>('réplicas disponibles, en el peor momento', 'al menos 2', (least) => least >= 2),
          );
          expect(result, noProbeErrors());
        },
        {
          points: 2,
          needs: { nodes: 3 },
          hints: ['¿Quién puede decir que no a un desalojo?', 'Si exiges todas las réplicas siempre, ¿cuál se puede ir?'],
        },
      ),
    ],
    wrong: {
      'sin-sonda': { fails: 'actualizar', why: 'Sin readinessProbe cada Pod nuevo recibe gente tres segundos antes de escuchar.' },
      'se-va-de-golpe': { fails: 'actualizar', why: 'Sin preStop el Pod que se va corta lo que tiene a medias, y aún le llegan peticiones.' },
      'todas-juntas': { fails: 'reparto', why: 'Tres réplicas obligadas a vivir en el mismo nodo son una sola avería.' },
      'sin-presupuesto': { fails: 'drenar', why: 'Dos drenajes a la vez se llevan dos de las tres réplicas: nadie los frena.' },
      'presupuesto-imposible': { fails: 'drenar', why: 'Exige las tres siempre, así que no se puede ir ninguna y el drenaje no acaba.' },
    },
  },
});
