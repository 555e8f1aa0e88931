import {
  absent,
  allOf,
  eventMatches,
  exists,
  hasFields,
  isReady,
  not,
  otherUid,
  podCount,
  readyPods,
  replicasReady,
  sameUid,
  satisfies,
} from '../engine/checks.ts';
import { Node, PersistentVolumeClaim, Pod, StatefulSet } from '../engine/kinds.ts';
import { namesAre, sameObjects } from '../engine/list-checks.ts';
import { allBefore, milestonesOf, spanOf, tellStory, unfolds } from '../engine/milestone-checks.ts';
import { nodeReady } from '../engine/node-checks.ts';
import { isLeaving } from '../engine/pod-checks.ts';
import { firstOnWorker, humanDuration, nodeOf, shortUid } from '../engine/reading.ts';
import { defineLab, step } from '../lab.ts';
import { noneLeavesWithItsPod } from './leaving-claims.ts';
import { jot, notebook, remembers, serves, version, visit } from './notebook.ts';

const image = 'node:24.21-alpine';
const all = 'app=libreta';
const secret = 'la llave está bajo la maceta';
const outOfService = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' };

export const lab = defineLab({
  id: '07',
  slug: 'statefulset',
  title: 'Un nombre, un orden y un disco',
  proves: 'Un StatefulSet da a cada Pod nombre, turno y disco propios; ni copia los datos ni sustituye a quien no sabe si ha muerto.',
  needs: { storageClass: true, alone: true },
  images: [image],
  steps: [
    // #region orden
    step(
      'orden',
      'Los Pods nacen de uno en uno, cada uno cuando el anterior está listo, y se van en el orden contrario',
      async ({ cluster, timeline, eventually, note }) => {
        await cluster.apply('app.yaml');
        await cluster.apply('servicio.yaml');
        // Un solo watch, abierto antes de que exista el primero: el orden se juzga por orden de llegada.
        const pods = await timeline({ ...Pod, labels: all });
        const seen = async () => pods.seen();
        await cluster.apply('libreta.yaml');
        const growth = ['libreta-0 nace', 'libreta-0 listo', 'libreta-1 nace', 'libreta-1 listo', 'libreta-2 nace', 'libreta-2 listo'];
        await eventually(seen, unfolds(...growth), { within: '4m' });
        note(tellStory(milestonesOf(pods.seen())));
        await cluster.scale(StatefulSet, 'libreta', 1);
        const retreat = ['libreta-2 se va', 'libreta-2 desaparece', 'libreta-1 se va', 'libreta-1 desaparece'];
        await eventually(seen, unfolds(...growth, ...retreat), { within: '90s' });
        note(tellStory(milestonesOf(pods.seen()).slice(growth.length)));
      },
      {
        points: 2,
        hints: ['¿Qué espera el controlador antes de crear libreta-1?', '¿Cuál de los tres se va primero al reducir, y a quién espera el siguiente?'],
      },
    ),
    // #endregion

    // #region discos
    step(
      'discos',
      'Al reducir, los PVC se quedan; al crecer otra vez, cada Pod abre el suyo con lo que había',
      async ({ cluster, eventually, expect, note }) => {
        await eventually(() => cluster.pods(all), podCount(1), { within: '30s' });
        const claims = await cluster.list(PersistentVolumeClaim, all);
        expect(claims, namesAre('disco-libreta-0', 'disco-libreta-1', 'disco-libreta-2'));
        await cluster.scale(StatefulSet, 'libreta', 3);
        await eventually(() => cluster.pods(all), allOf(podCount(3), readyPods(3)), { within: '3m' });
        expect(await cluster.list(PersistentVolumeClaim, all), sameObjects(claims));
        const { starts } = await notebook(cluster, 'libreta-2');
        expect(
          starts,
          satisfies('arranques en el disco de libreta-2', '2', (count) => count === 2),
        );
        note('con 1 réplica, 3 PVC; con 3 otra vez, los mismos 3');
        note(`en el disco de libreta-2 hay ${starts} arranques: el primero lo escribió el Pod que borró la reducción`);
      },
      { points: 1, hints: ['¿Cuántos PVC hay cuando solo queda un Pod?', '¿Quién escribió el primer arranque que lee el nuevo libreta-2?'] },
    ),
    // #endregion

    // #region identidad
    step(
      'identidad',
      'Un Pod borrado vuelve con otro UID, el mismo PVC y lo que había escrito',
      async ({ cluster, eventually, expect, note, now }) => {
        const before = await eventually(() => cluster.pod('libreta-1'), isReady(), { within: '30s' });
        const claim = await cluster.get(PersistentVolumeClaim, 'disco-libreta-1');
        const { starts } = await jot(cluster, 'libreta-1', secret);
        const start = now();
        await cluster.delete(before);
        const after = await eventually(() => cluster.pod('libreta-1'), allOf(isReady(), otherUid(before)), { within: '90s' });
        const took = now() - start;
        expect(await cluster.get(PersistentVolumeClaim, 'disco-libreta-1'), sameUid(claim));
        const read = await notebook(cluster, 'libreta-1');
        expect(read.notes, remembers(secret));
        expect(
          read.starts,
          satisfies('arranques en su disco', `${starts + 1}`, (count) => count === starts + 1),
        );
        note(
          `libreta-1 (uid ${shortUid(before)}, IP ${before.status?.podIP}) → libreta-1 (uid ${shortUid(after)}, IP ${after.status?.podIP}), en ${humanDuration(took)}`,
        );
        note(`disco-libreta-1 es el mismo PVC; releído de él: «${read.notes.join('; ')}»`);
      },
      { points: 2, hints: ['Nombre, UID, IP, PVC: ¿cuáles se repiten?', '¿Dónde estaba la nota mientras no había ningún libreta-1?'] },
    ),
    // #endregion

    // #region copias
    step(
      'copias',
      'Nadie copia los datos: lo apuntado en libreta-1 no llega a las demás',
      async ({ cluster, consistently, note }) => {
        const others = async () => [...(await notebook(cluster, 'libreta-0')).notes, ...(await notebook(cluster, 'libreta-2')).notes];
        await consistently(
          others,
          satisfies('notas en libreta-0 y libreta-2', 'ninguna', (notes) => notes.length === 0),
          { during: '10s' },
        );
        const { notes } = await notebook(cluster, 'libreta-1');
        note(`diez segundos después, libreta-1 tiene ${notes.length} nota; libreta-0 y libreta-2, ninguna`);
      },
      { points: 1, hints: ['¿Quién tendría que haber copiado la nota?', '¿Sabe el StatefulSet qué hay dentro de un disco?'] },
    ),
    // #endregion

    // #region dns
    step(
      'dns',
      'Otro Pod llega a cada réplica por su nombre, y el nombre sigue valiendo cuando la IP cambia',
      async ({ cluster, eventually, note, now }) => {
        await cluster.apply('vecina.yaml');
        await eventually(() => cluster.pod('vecina'), isReady(), { within: '2m' });
        const reach = async (pod: string) =>
          eventually(() => visit(cluster, 'vecina', `${pod}.libreta`), serves(pod, await cluster.pod(pod)), { within: '90s' });
        const [zero, one, two] = [await reach('libreta-0'), await reach('libreta-1'), await reach('libreta-2')];
        note(`${zero.name} → ${zero.addresses}; ${one.name} → ${one.addresses}; ${two.name} → ${two.addresses}`);
        const group = [...zero.addresses, ...one.addresses, ...two.addresses].sort().join(', ');
        await eventually(
          () => visit(cluster, 'vecina', 'libreta'),
          satisfies('direcciones de «libreta»', group, ({ addresses }) => addresses.join(', ') === group),
          { within: '90s' },
        );
        note(`«libreta», a secas, son las tres: ${group}`);
        const before = await eventually(() => cluster.pod('libreta-1'), isReady(), { within: '10s' });
        await cluster.delete(before);
        await eventually(() => cluster.pod('libreta-1'), allOf(isReady(), otherUid(before)), { within: '90s' });
        const start = now();
        const again = await reach('libreta-1');
        note(
          `borrado libreta-1, el mismo nombre lleva a su sucesor (${one.addresses} → ${again.addresses}), ${humanDuration(now() - start)} después de estar listo`,
        );
      },
      {
        points: 2,
        hints: [
          '¿Qué Service da nombre a los Pods, y por qué no tiene IP?',
          'Si el nombre no cambia y la IP sí, ¿cuánto tarda en enterarse quien ya había preguntado?',
        ],
      },
    ),
    // #endregion

    // #region canario
    step(
      'canario',
      'Con partición 2 solo cambia libreta-2, y uno anterior que muera vuelve con la versión de antes',
      async ({ cluster, timeline, eventually, consistently, expect, note }) => {
        const [zero, one] = [await cluster.pod('libreta-0'), await cluster.pod('libreta-1')];
        await cluster.patch(StatefulSet, 'libreta', { spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } });
        const pods = await timeline({ ...Pod, labels: all });
        await cluster.patch(StatefulSet, 'libreta', version('2'));
        await eventually(async () => pods.seen(), unfolds('libreta-2 se va', 'libreta-2 desaparece', 'libreta-2 nace', 'libreta-2 listo'), { within: '90s' });
        await consistently(() => cluster.pods(all), allOf(sameUid(zero), sameUid(one)), { during: '10s' });
        note(
          `libreta-2 contesta con la versión ${(await notebook(cluster, 'libreta-2')).version}; diez segundos después, las otras dos siguen siendo los mismos Pods`,
        );
        await cluster.delete(await eventually(() => cluster.pod('libreta-0'), isReady(), { within: '10s' }));
        await eventually(() => cluster.pod('libreta-0'), allOf(isReady(), otherUid(zero)), { within: '90s' });
        const reborn = await notebook(cluster, 'libreta-0');
        expect(
          reborn.version,
          satisfies('versión del libreta-0 repuesto', '1', (found) => found === '1'),
        );
        note(`libreta-0, borrado a mano, vuelve con la versión ${reborn.version}: la partición también manda al reponer`);
      },
      { points: 2, hints: ['¿A qué ordinales deja en paz una partición de 2?', 'Si muere un Pod que aún no tocaba, ¿con qué versión debe volver?'] },
    ),
    // #endregion

    // #region inversa
    step(
      'inversa',
      'Sin partición la actualización sigue hacia abajo, de uno en uno: libreta-1 y después libreta-0',
      async ({ cluster, timeline, eventually, note }) => {
        const pods = await timeline({ ...Pod, labels: all });
        await cluster.patch(StatefulSet, 'libreta', { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
        const turns = ['libreta-1 se va', 'libreta-1 desaparece', 'libreta-1 nace', 'libreta-1 listo'];
        const last = ['libreta-0 se va', 'libreta-0 desaparece', 'libreta-0 nace', 'libreta-0 listo'];
        await eventually(async () => pods.seen(), unfolds(...turns, ...last), { within: '3m' });
        await eventually(() => cluster.get(StatefulSet, 'libreta'), replicasReady(3), { within: '30s' });
        note(tellStory(milestonesOf(pods.seen())));
      },
      { points: 1, hints: ['¿Por qué ordinal empieza a actualizar y por cuál a crear?', '¿Cuántos faltan a la vez, como mucho?'] },
    ),
    // #endregion

    // #region rota
    step(
      'rota',
      'Una plantilla rota se para en el primer Pod, y devolver la buena no basta: el roto hay que borrarlo a mano',
      async ({ cluster, eventually, consistently, note }) => {
        const before = await eventually(() => cluster.pods(all), readyPods(3), { within: '30s' });
        const [zero, one] = [await cluster.pod('libreta-0'), await cluster.pod('libreta-1')];
        const old = await cluster.pod('libreta-2');
        await cluster.patch(StatefulSet, 'libreta', version('rota'));
        const crashing = hasFields({ status: { containerStatuses: [{ state: { waiting: { reason: 'CrashLoopBackOff' } } }] } });
        const broken = await eventually(() => cluster.pod('libreta-2'), allOf(crashing, otherUid(old)), { within: '2m' });
        await consistently(() => cluster.pods(all), allOf(sameUid(zero), sameUid(one)), { during: '10s' });
        note(`libreta-2 no arranca (CrashLoopBackOff) y la actualización no sigue: ${before.length - 1} de ${before.length} Pods, intactos`);
        await cluster.patch(StatefulSet, 'libreta', version('2'));
        // Aquí cualquiera esperaría que se arreglase solo.
        await consistently(() => cluster.pod('libreta-2'), allOf(sameUid(broken), not(isReady())), { during: '20s' });
        note('con la plantilla buena otra vez, veinte segundos después libreta-2 sigue siendo el roto');
        await cluster.delete(broken);
        await eventually(() => cluster.get(StatefulSet, 'libreta'), replicasReady(3), { within: '2m' });
        const after = await eventually(() => cluster.pods(all), allOf(readyPods(3), sameUid(zero), sameUid(one)), { within: '10s' });
        note(`borrado a mano, vuelve bueno: ${after.length} Pods listos, y los otros dos ni se han enterado`);
      },
      {
        points: 2,
        hints: [
          '¿A qué espera el controlador antes de tocar otro Pod?',
          '¿Puede llegar a estar listo un Pod con la plantilla rota? Entonces, ¿quién desbloquea la espera?',
        ],
      },
    ),
    // #endregion

    // #region paralelo
    step(
      'paralelo',
      'Con Parallel nadie espera a nadie: los tres nacen antes de que ninguno esté listo, y se van a la vez',
      async ({ cluster, timeline, eventually, note }) => {
        const names = ['prisas-0', 'prisas-1', 'prisas-2'];
        const pods = await timeline({ ...Pod, labels: 'app=prisas' });
        const seen = async () => pods.seen();
        await cluster.apply('prisas.yaml');
        await eventually(seen, allBefore(names, 'nace', 'listo'), { within: '30s' });
        await eventually(() => cluster.get(StatefulSet, 'prisas'), replicasReady(3), { within: '2m' });
        const [born, ready] = [spanOf(milestonesOf(pods.seen()), 'nace'), spanOf(milestonesOf(pods.seen()), 'listo')];
        note(
          `los tres nacen en ${humanDuration(born.last - born.first)}; el primero está listo ${humanDuration(ready.first - born.last)} después del último en nacer`,
        );
        await cluster.scale(StatefulSet, 'prisas', 0);
        await eventually(() => cluster.pods('app=prisas'), podCount(0), { within: '60s' });
        await eventually(seen, allBefore(names, 'se va', 'desaparece'), { within: '10s' });
        const [leaving, gone] = [spanOf(milestonesOf(pods.seen()), 'se va'), spanOf(milestonesOf(pods.seen()), 'desaparece')];
        note(
          `a los tres se les pide que se vayan en ${humanDuration(leaving.last - leaving.first)}; el último desaparece ${humanDuration(gone.last - leaving.last)} después`,
        );
      },
      {
        points: 1,
        hints: ['¿Qué aplicaciones necesitan que la anterior esté lista, y cuáles solo un nombre?', '¿Cambia Parallel el orden de una actualización?'],
      },
    ),
    // #endregion

    // #region borrado
    step(
      'borrado',
      'Borrar el StatefulSet se lleva los Pods y deja los PVC: quien lo recree encuentra los datos',
      async ({ cluster, eventually, consistently, expect, note }) => {
        const claims = await cluster.list(PersistentVolumeClaim, all);
        const set = await eventually(() => cluster.get(StatefulSet, 'libreta'), exists(), { within: '10s' });
        await cluster.delete(set);
        await eventually(() => cluster.pods(all), podCount(0), { within: '90s' });
        await consistently(() => cluster.list(PersistentVolumeClaim, all), sameObjects(claims), { during: '10s' });
        note(`0 Pods y, diez segundos después, los mismos ${claims.length} PVC: ${claims.map(({ metadata }) => metadata.name).join(', ')}`);
        await cluster.apply('libreta.yaml');
        await eventually(() => cluster.get(StatefulSet, 'libreta'), allOf(replicasReady(3), otherUid(set)), { within: '3m' });
        const { notes } = await notebook(cluster, 'libreta-1');
        expect(notes, remembers(secret));
        note(`recreado con otro UID, libreta-1 relee: «${notes.join('; ')}»`);
      },
      {
        points: 1,
        hints: [
          '¿De quién es dueño el StatefulSet, según los ownerReferences de un PVC?',
          '¿A quién le viene bien que los discos se queden, y a quién le sale caro?',
        ],
      },
    ),
    // #endregion

    // #region retencion
    step(
      'retencion',
      'Con la retención en Delete, el PVC se va con la réplica que sobra y con el StatefulSet',
      async ({ cluster, eventually, expect, note }) => {
        await cluster.apply('efimera.yaml');
        const set = await eventually(() => cluster.get(StatefulSet, 'efimera'), replicasReady(2), { within: '2m' });
        const owned = await eventually(() => cluster.get(PersistentVolumeClaim, 'disco-efimera-1'), exists(), { within: '10s' });
        const owner = owned.metadata.ownerReferences?.map(({ kind, name }) => `${kind} ${name}`).join(', ');
        expect(
          owner,
          satisfies('dueño de disco-efimera-1', 'StatefulSet efimera', (found) => found === 'StatefulSet efimera'),
        );
        await cluster.scale(StatefulSet, 'efimera', 1);
        await eventually(() => cluster.get(PersistentVolumeClaim, 'disco-efimera-1'), absent(), { within: '90s' });
        expect(await cluster.list(PersistentVolumeClaim, 'app=efimera'), namesAre('disco-efimera-0'));
        note(`dueño de cada PVC: ${owner}; al reducir a 1 desaparece disco-efimera-1 y queda disco-efimera-0`);
        await cluster.delete(set);
        await eventually(() => cluster.list(PersistentVolumeClaim, 'app=efimera'), namesAre(), { within: '90s' });
        note('al borrar el StatefulSet no queda ninguno');
      },
      { points: 1, hints: ['¿Quién borra el PVC: el StatefulSet o el recolector de basura?', '¿Qué vale cada campo si no escribes nada?'] },
    ),
    // #endregion

    // #region nodo
    step(
      'nodo',
      'Si se apaga su nodo, el Pod se queda Terminating y nadie lo sustituye hasta que alguien confirma la pérdida',
      async ({ cluster, timeline, eventually, consistently, expect, note, now }) => {
        await eventually(() => cluster.pods(all), allOf(podCount(3), readyPods(3)), { within: '2m' });
        // El de ordinal más bajo entre los que no comparten nodo con la API.
        const lost = await eventually(async () => firstOnWorker(await cluster.pods(all), await cluster.nodes()), exists(), { within: '10s' });
        const { name } = lost.metadata;
        const node = nodeOf(lost);
        await jot(cluster, name, 'antes del apagón');
        const pod = () => cluster.pod(name);
        const pods = await timeline({ ...Pod, fields: `metadata.name=${name}` });
        const start = now();
        await cluster.powerOff(node);
        await eventually(pod, isLeaving(), { within: '4m' });
        note(`${node}, apagado; ${humanDuration(now() - start)} después ${name} está Terminating`);
        await consistently(pod, allOf(isLeaving(), sameUid(lost)), { during: '45s' });
        note('45 s más tarde es el mismo Pod, con el mismo UID: nadie ha creado otro');

        await cluster.taint(node, outOfService);
        const reborn = await eventually(pod, allOf(exists(), otherUid(lost)), { within: '90s' });
        await eventually(async () => pods.seen(), unfolds(`${name} se va`, `${name} desaparece`, `${name} nace`), { within: '10s' });
        note(tellStory(milestonesOf(pods.seen())));
        const refused = await eventually(() => cluster.events(reborn), eventMatches('FailedScheduling', "didn't match PersistentVolume's node affinity"), {
          within: '30s',
        });
        await consistently(pod, allOf(sameUid(reborn), hasFields({ status: { phase: 'Pending' } })), { during: '10s' });
        note(`con el taint out-of-service nace otro ${name} (uid ${shortUid(lost)} → uid ${shortUid(reborn)}), y se queda Pending: su disco está en ${node}`);
        note(String(refused.findLast(({ reason }) => reason === 'FailedScheduling')?.message));

        await cluster.powerOn(node);
        await eventually(() => cluster.get(Node, node), nodeReady(), { within: '4m' });
        await cluster.untaint(node, outOfService);
        const back = await eventually(pod, allOf(isReady(), otherUid(lost)), { within: '3m' });
        const { notes } = await notebook(cluster, name);
        expect(notes, remembers('antes del apagón'));
        note(`encendido ${nodeOf(back)} y quitado el taint, ${name} relee: «${notes.at(-1)}»`);
      },
      {
        points: 3,
        needs: { nodes: 2, power: true },
        hints: ['Desde fuera, ¿se distingue un nodo apagado de uno con el cable cortado?', '¿Qué pasaría si naciera otro y el primero siguiera escribiendo?'],
      },
    ),
    // #endregion
  ],
  challenge: {
    title: 'Un marcador que no se olvida',
    brief:
      'En retos/07/ hay un marcador de tres réplicas que pierde los puntos cada vez que un Pod muere. Conviértelo en un StatefulSet «marcador» con nombres que resuelvan, orden, disco propio que sobreviva a reducir, y una partición que deje probar la versión nueva en una sola réplica.',
    given: ['app.yaml', 'vecina.yaml'],
    steps: [
      step(
        'orden',
        'Las tres réplicas nacen de una en una y se van en el orden contrario',
        async ({ cluster, timeline, eventually, expect }) => {
          expect(await cluster.get(StatefulSet, 'marcador'), exists());
          await eventually(() => cluster.get(StatefulSet, 'marcador'), replicasReady(3), { within: '2m' });
          const pods = await timeline({ ...Pod, labels: 'app=marcador' });
          await cluster.scale(StatefulSet, 'marcador', 0);
          const retreat = [2, 1, 0].flatMap((ordinal) => [`marcador-${ordinal} se va`, `marcador-${ordinal} desaparece`]);
          await eventually(async () => pods.seen(), unfolds(...retreat), { within: '90s' });
          // Si los discos se van con sus Pods, que acaben de irse: mientras, el StatefulSet no puede crear los nuevos, y cada
          // intento fallido espera el doble que el anterior.
          await eventually(() => cluster.list(PersistentVolumeClaim, 'app=marcador'), noneLeavesWithItsPod(), { within: '3m' });
          await cluster.scale(StatefulSet, 'marcador', 3);
          const growth = [0, 1, 2].flatMap((ordinal) => [`marcador-${ordinal} nace`, `marcador-${ordinal} listo`]);
          await eventually(async () => pods.seen(), unfolds(...retreat, ...growth), { within: '4m' });
        },
        { points: 1, hints: ['¿Qué tipo de objeto numera sus Pods?', '¿Qué dice tu podManagementPolicy, y qué vale si no lo escribes?'] },
      ),
      step(
        'nombres',
        'Otro Pod llega a cada réplica por su nombre',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(StatefulSet, 'marcador'), exists());
          await eventually(() => cluster.pod('vecina'), isReady(), { within: '2m' });
          const reach = async (pod: string) =>
            eventually(() => visit(cluster, 'vecina', `${pod}.marcador`), serves(pod, await cluster.pod(pod)), { within: '60s' });
          await reach('marcador-0');
          await reach('marcador-1');
          await reach('marcador-2');
        },
        { points: 1, hints: ['¿Qué Service da nombre a los Pods de un StatefulSet?', '¿Dice serviceName cómo se llama de verdad ese Service?'] },
      ),
      step(
        'memoria',
        'Una réplica borrada vuelve con los puntos que tenía',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(StatefulSet, 'marcador'), exists());
          const before = await eventually(() => cluster.pod('marcador-1'), isReady(), { within: '60s' });
          await jot(cluster, 'marcador-1', 'local 2 - visitante 1');
          await cluster.delete(before);
          await eventually(() => cluster.pod('marcador-1'), allOf(isReady(), otherUid(before)), { within: '90s' });
          expect((await notebook(cluster, 'marcador-1')).notes, remembers('local 2 - visitante 1'));
        },
        { points: 1, hints: ['¿Cuánto dura un emptyDir?', '¿Quién crea un PVC para cada réplica?'] },
      ),
      step(
        'reduccion',
        'Reducir a una réplica y volver a tres no pierde puntos',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(StatefulSet, 'marcador'), exists());
          await eventually(() => cluster.get(StatefulSet, 'marcador'), replicasReady(3), { within: '60s' });
          await jot(cluster, 'marcador-2', 'fin de la primera parte');
          await cluster.scale(StatefulSet, 'marcador', 1);
          await eventually(() => cluster.pods('app=marcador'), podCount(1), { within: '90s' });
          await cluster.scale(StatefulSet, 'marcador', 3);
          await eventually(() => cluster.get(StatefulSet, 'marcador'), replicasReady(3), { within: '2m' });
          expect((await notebook(cluster, 'marcador-2')).notes, remembers('fin de la primera parte'));
        },
        { points: 1, hints: ['Al reducir, ¿qué pasa con el PVC de quien se va?', '¿Qué dice whenScaled en tu manifiesto?'] },
      ),
      step(
        'canario',
        'La versión 2 llega a marcador-2 y a nadie más',
        async ({ cluster, eventually, consistently, expect }) => {
          expect(await cluster.get(StatefulSet, 'marcador'), exists());
          await eventually(() => cluster.get(StatefulSet, 'marcador'), replicasReady(3), { within: '60s' });
          const [zero, one, two] = [await cluster.pod('marcador-0'), await cluster.pod('marcador-1'), await cluster.pod('marcador-2')];
          await cluster.patch(StatefulSet, 'marcador', version('2'));
          await eventually(() => cluster.pod('marcador-2'), allOf(isReady(), otherUid(two)), { within: '90s' });
          await consistently(() => cluster.pods('app=marcador'), allOf(sameUid(zero), sameUid(one)), { during: '10s' });
        },
        { points: 1, hints: ['¿Hasta qué ordinal protege una partición?', '¿En qué campo de updateStrategy se escribe?'] },
      ),
    ],
    wrong: {
      'en-paralelo': { fails: 'orden', why: 'Con Parallel las tres nacen y se van a la vez: ninguna espera a que la anterior esté lista.' },
      'otro-servicio': {
        fails: 'nombres',
        why: 'serviceName nombra un Service que no existe: crearlo así no da error, y los Pods se quedan sin registro en el DNS.',
      },
      'en-el-contenedor': { fails: 'memoria', why: 'Un emptyDir dura lo que dura el Pod, también en un StatefulSet.' },
      'tira-los-discos': { fails: 'reduccion', why: 'Con whenScaled: Delete, reducir borra el PVC de quien se va, y con él sus puntos.' },
      'sin-particion': { fails: 'canario', why: 'Sin partición, la versión nueva llega a las tres réplicas, una detrás de otra.' },
    },
  },
});
