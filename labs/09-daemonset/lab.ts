import { absent, allOf, eventMatches, exists, hasFields, isReady, not, otherUid, podCount, readyPods, sameUid, satisfies } from '../engine/checks.ts';
import { drained } from '../engine/drain-checks.ts';
import { DaemonSet, Node, Pod } from '../engine/kinds.ts';
import { nodeReady } from '../engine/node-checks.ts';
import { isLeaving, onePerNode } from '../engine/pod-checks.ts';
import { firstOnWorker, humanDuration, nodeOf, shortUid } from '../engine/reading.ts';
import { beatsOf, gapFirst, relayed, surgeFirst, tellRelay } from '../engine/relay-checks.ts';
import { neverFewerReady } from '../engine/timeline-checks.ts';
import { defineLab, step } from '../lab.ts';
import { measure, sayToleration, scribble, type Toleration, tellsAbout, tolerationsOf, version } from './agent.ts';
import { covers, onNode, openNames, sameNames, watched } from './nodes.ts';

const image = 'node:24.21-alpine';
const all = 'app=agente';
const works = { key: 'bitacora.lab/obras', value: 'si' };
const disk = 'bitacora.lab/disco';

export const lab = defineLab({
  id: '09',
  slug: 'daemonset',
  title: 'Uno por nodo',
  proves: 'Un DaemonSet sigue a los nodos, no a un número: donde hay un nodo que lo admite hay un Pod, y ni un drenaje ni un apagón se lo llevan.',
  needs: { alone: true },
  images: [image],
  steps: [
    // #region uno
    step(
      'uno',
      'Sin decir cuántos, hay un Pod en cada nodo: nace atado al suyo y lo coloca el planificador de siempre',
      async ({ cluster, eventually, expect, note }) => {
        await cluster.apply('app.yaml');
        await cluster.apply('agente.yaml');
        const names = await openNames(cluster);
        const [pod] = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '4m' });
        await eventually(() => cluster.get(DaemonSet, 'agente'), covers(names.length), { within: '30s' });
        note(`${names.length} nodos lo admiten y hay ${names.length} Pods: ${names.join(', ')}`);
        const here = [{ matchFields: [{ key: 'metadata.name', operator: 'In', values: [nodeOf(pod)] }] }];
        expect(pod, hasFields({ spec: { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: here } } } } }));
        await eventually(() => cluster.events(pod), eventMatches('Scheduled', nodeOf(pod)), { within: '30s' });
        note(`${pod.metadata.name} nació con la afinidad «metadata.name In [${nodeOf(pod)}]», y ${pod.spec?.schedulerName} lo puso ahí`);
      },
      { points: 1, hints: ['¿Cuántas réplicas pide el manifiesto?', 'Si el nodo ya está decidido, ¿qué le queda por hacer al planificador?'] },
    ),
    // #endregion

    // #region lectura
    step(
      'lectura',
      'Cada agente lee su nodo y ningún otro, y no puede escribir en él',
      async ({ cluster, eventually, expect, note }) => {
        const agents = await eventually(() => cluster.pods(all), readyPods(1), { within: '30s' });
        for (const agent of agents) {
          const node = await eventually(() => cluster.get(Node, nodeOf(agent)), exists(), { within: '10s' });
          await eventually(() => measure(cluster, agent), tellsAbout(node, agents), { within: '60s' });
        }
        note(`${agents.length} agentes: cada uno dice la misma memoria que anuncia el kubelet de su nodo, byte a byte`);
        note('en el disco de cada nodo están los registros de su agente, y no los de los demás');
        for (const agent of agents) {
          const attempt = await scribble(cluster, agent);
          expect(
            attempt.error,
            satisfies(`escribir en ${nodeOf(agent)}`, 'EROFS', (error) => error === 'EROFS'),
          );
        }
        note(`al intentar escribir, los ${agents.length} reciben EROFS: sistema de archivos de solo lectura`);
      },
      { points: 2, hints: ['¿De qué disco son los archivos que ve el agente en /nodo?', '¿Qué vale readOnly si no lo escribes?'] },
    ),
    // #endregion

    // #region selector
    step(
      'selector',
      'Con nodeSelector sigue a una etiqueta: al ponerla a un nodo nace un Pod, y al quitarla se va',
      async ({ cluster, eventually, consistently, note, now }) => {
        await cluster.apply('rapido.yaml');
        await eventually(() => cluster.get(DaemonSet, 'rapido'), covers(0), { within: '30s' });
        await consistently(() => cluster.pods('app=rapido'), podCount(0), { during: '5s' });
        note('ningún nodo lleva la etiqueta: 0 Pods deseados y ninguna queja');
        const [node = ''] = await openNames(cluster);
        let start = now();
        await cluster.label(node, disk, 'rapido');
        await eventually(() => cluster.pods('app=rapido'), allOf(readyPods(1), onePerNode([node])), { within: '90s' });
        note(`etiquetado ${node}, su Pod está listo en ${humanDuration(now() - start)}`);
        start = now();
        await cluster.unlabel(node, disk);
        await eventually(() => cluster.pods('app=rapido'), podCount(0), { within: '60s' });
        note(`sin la etiqueta, el Pod se va en ${humanDuration(now() - start)}`);
      },
      {
        points: 1,
        hints: [
          '¿Quién mira las etiquetas de un nodo después de que el Pod ya esté colocado?',
          '¿Qué haría un Deployment con el mismo nodeSelector al perder la etiqueta?',
        ],
      },
    ),
    // #endregion

    // #region taint
    step(
      'taint',
      'Un taint NoSchedule deja al que está y no al que viene; con NoExecute se va también el que está, salvo que lo tolere',
      async ({ cluster, eventually, consistently, expect, note }) => {
        const names = await openNames(cluster);
        await cluster.apply('tolerante.yaml');
        await eventually(() => cluster.pods('app=tolerante'), onePerNode(names), { within: '90s' });
        const agents = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '60s' });
        const agent = await eventually(async () => firstOnWorker(agents, await cluster.nodes()), exists(), { within: '10s' });
        const node = nodeOf(agent);
        const tolerant = await eventually(() => onNode(cluster, 'app=tolerante', node), isReady(), { within: '10s' });

        const noSchedule = { ...works, effect: 'NoSchedule' };
        await cluster.taint(node, noSchedule);
        await consistently(() => onNode(cluster, all, node), sameUid(agent), { during: '5s' });
        note(`${node} en obras con NoSchedule: cinco segundos después, el agente sigue`);
        await cluster.delete(agent);
        await eventually(() => cluster.pod(agent.metadata.name), absent(), { within: '60s' });
        await eventually(() => cluster.get(DaemonSet, 'agente'), covers(names.length - 1), { within: '60s' });
        await consistently(() => cluster.pods(all), podCount(names.length - 1), { during: '5s' });
        note(`borrado a mano, nadie lo repone: el DaemonSet quiere ${names.length - 1}`);
        await cluster.untaint(node, noSchedule);
        const again = await eventually(() => onNode(cluster, all, node), allOf(isReady(), otherUid(agent)), { within: '90s' });

        const noExecute = { ...works, effect: 'NoExecute' };
        await cluster.taint(node, noExecute);
        await eventually(() => cluster.pod(again.metadata.name), absent(), { within: '60s' });
        await eventually(() => cluster.get(DaemonSet, 'agente'), covers(names.length - 1), { within: '60s' });
        note('con NoExecute se va el que estaba, sin que nadie lo borre a mano');
        expect(await onNode(cluster, 'app=tolerante', node), allOf(isReady(), sameUid(tolerant)));
        note(`el que lleva la tolerancia ha pasado por los dos sin enterarse (uid ${shortUid(tolerant)})`);
        await cluster.untaint(node, noExecute);
        await eventually(() => cluster.pods(all), onePerNode(names), { within: '90s' });
        note(`acabadas las obras, hay otra vez ${names.length}`);
        await cluster.delete(await eventually(() => cluster.get(DaemonSet, 'tolerante'), exists(), { within: '10s' }));
      },
      {
        points: 2,
        needs: { nodes: 2 },
        hints: ['¿Qué efecto echa a quien ya está dentro?', '¿Qué diferencia hay entre «no debería estar aquí» y «que se vaya»?'],
      },
    ),
    // #endregion

    // #region drenaje
    step(
      'drenaje',
      'Drenar un nodo deja al agente donde está: echarlo no sirve de nada, porque vuelve a nacer en el nodo acordonado',
      async ({ cluster, eventually, consistently, expect, note, now }) => {
        const names = await openNames(cluster);
        await cluster.apply('testigo.yaml');
        const testigos = await eventually(() => cluster.pods('app=testigo'), readyPods(2), { within: '90s' });
        const evicted = await eventually(async () => firstOnWorker(testigos, await cluster.nodes()), exists(), { within: '10s' });
        const node = nodeOf(evicted);
        const agent = await eventually(() => onNode(cluster, all, node), isReady(), { within: '30s' });

        await cluster.cordon(node);
        await eventually(() => cluster.drain(node), drained(), { within: '60s' });
        await eventually(() => cluster.pods('app=testigo'), allOf(podCount(2), readyPods(2), otherUid(evicted)), { within: '90s' });
        const elsewhere = (await cluster.pods('app=testigo')).filter((pod) => nodeOf(pod) === node);
        expect(elsewhere, podCount(0));
        await consistently(() => onNode(cluster, all, node), allOf(isReady(), sameUid(agent)), { during: '3s' });
        note(`${node}, acordonado y drenado: el Pod del Deployment ya corre en otro sitio; el agente es el mismo (uid ${shortUid(agent)})`);

        // Lo que haría kubectl drain si no se negara.
        const start = now();
        await cluster.evict(agent);
        const born = await eventually(() => onNode(cluster, all, node), allOf(isReady(), otherUid(agent)), { within: '90s' });
        expect(await cluster.get(Node, node), hasFields({ spec: { unschedulable: true } }));
        note(
          `desalojado también, ${humanDuration(now() - start)} después hay otro listo (uid ${shortUid(agent)} → uid ${shortUid(born)}), en ${nodeOf(born)}, que sigue acordonado`,
        );
        expect(
          tolerationsOf(born).filter(({ key }) => key === 'node.kubernetes.io/unschedulable'),
          satisfies<Toleration[]>(
            'tolerancias de unschedulable',
            '1, NoSchedule',
            ([one]) => one?.effect === 'NoSchedule' && one.tolerationSeconds === undefined,
          ),
        );
        note('el cordón es un taint, node.kubernetes.io/unschedulable:NoSchedule, y todo Pod de DaemonSet lo tolera');
        await cluster.uncordon(node);
        await eventually(() => openNames(cluster), sameNames(names), { within: '30s' });
      },
      {
        points: 2,
        needs: { nodes: 2 },
        hints: ['¿Qué hace el controlador cuando ve que a un nodo le falta su Pod?', 'Si kubectl drain echara a los de un DaemonSet, ¿cuándo acabaría?'],
      },
    ),
    // #endregion

    // #region hueco
    step(
      'hueco',
      'Con maxUnavailable, en cada nodo el viejo acaba antes de que nazca el nuevo, y de nodo en nodo',
      async ({ cluster, timeline, eventually, expect, note }) => {
        const names = await openNames(cluster);
        const before = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '60s' });
        const pods = await timeline({ ...Pod, labels: all });
        await cluster.patch(DaemonSet, 'agente', version('2'));
        await eventually(async () => beatsOf(pods.seen(), before), relayed(names, gapFirst), { within: '4m' });
        expect(pods.seen(), neverFewerReady(names.length - 1, before));
        for (const name of names) note(tellRelay(beatsOf(pods.seen(), before), name));
        note(`nunca faltó más de 1 de ${names.length}`);
      },
      { points: 2, hints: ['¿Qué vale maxUnavailable si no lo escribes?', 'Mientras no hay nadie en un nodo, ¿quién lee lo que pasa en él?'] },
    ),
    // #endregion

    // #region relevo
    step(
      'relevo',
      'Con maxSurge nace antes el nuevo: el viejo no se va hasta que está listo, y ningún nodo se queda sin agente',
      async ({ cluster, timeline, eventually, expect, note }) => {
        const names = await openNames(cluster);
        await cluster.patch(DaemonSet, 'agente', { spec: { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } });
        const before = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '60s' });
        const pods = await timeline({ ...Pod, labels: all });
        await cluster.patch(DaemonSet, 'agente', version('3'));
        await eventually(async () => beatsOf(pods.seen(), before), relayed(names, surgeFirst), { within: '4m' });
        expect(pods.seen(), neverFewerReady(names.length, before));
        for (const name of names) note(tellRelay(beatsOf(pods.seen(), before), name));
        note(`nunca hubo menos de ${names.length} listos; a ratos, ${names.length + 1}`);
      },
      { points: 2, hints: ['¿Cuántos Pods caben en un nodo mientras dura el relevo?', '¿Qué pasaría si los dos quisieran el mismo puerto del nodo?'] },
    ),
    // #endregion

    // #region apagado
    step(
      'apagado',
      'Si se apaga un nodo, al Deployment le echan su Pod y al DaemonSet no: sigue ahí, sin sustituto, y es el mismo cuando el nodo vuelve',
      async ({ cluster, eventually, consistently, note, now }) => {
        const names = await openNames(cluster);
        const testigos = await eventually(() => cluster.pods('app=testigo'), readyPods(2), { within: '90s' });
        const lost = await eventually(async () => firstOnWorker(testigos, await cluster.nodes()), exists(), { within: '10s' });
        const node = nodeOf(lost);
        // Sin nadie a medio irse: quien se quede sin luz a mitad de una despedida ahí se queda.
        const agents = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '60s' });
        const agent = await eventually(async () => agents.find((pod) => nodeOf(pod) === node), exists(), { within: '10s' });
        const start = now();
        await cluster.powerOff(node);
        await eventually(() => cluster.pod(lost.metadata.name), isLeaving(), { within: '4m' });
        note(`${node}, apagado; ${humanDuration(now() - start)} después el Pod del Deployment está Terminating`);
        await eventually(() => cluster.pods('app=testigo'), readyPods(2), { within: '90s' });
        note('y ya hay otro en su lugar, en otro nodo');
        const stays = allOf(podCount(names.length), sameUid(agent));
        await consistently(() => cluster.pods(all), stays, { during: '10s' });
        const silent = await eventually(
          () => cluster.pod(agent.metadata.name),
          allOf(hasFields({ status: { phase: 'Running' } }), not(isLeaving()), not(isReady())),
          {
            within: '30s',
          },
        );
        await eventually(() => cluster.get(DaemonSet, 'agente'), hasFields({ status: { numberReady: names.length - 1 } }), { within: '30s' });
        note(`${silent.metadata.name} sigue en ${node}: dice Running, no está listo y nadie lo ha borrado; listos, ${names.length - 1}`);
        note(
          tolerationsOf(silent)
            .filter(({ effect }) => effect === 'NoExecute')
            .map(sayToleration)
            .join('; '),
        );
        await cluster.powerOn(node);
        const back = await eventually(() => cluster.pod(agent.metadata.name), allOf(isReady(), sameUid(agent)), { within: '4m' });
        note(`encendido ${node}, vuelve el mismo (uid ${shortUid(back)}): otro contenedor, el mismo Pod`);
        await eventually(() => openNames(cluster), sameNames(names), { within: '60s' });
      },
      {
        points: 3,
        needs: { nodes: 2, power: true },
        hints: ['Si crearas otro agente para ese nodo, ¿dónde lo pondrías?', '¿Cuánto tolera un Pod de DaemonSet que su nodo no conteste?'],
      },
    ),
    // #endregion

    // #region nuevo
    step(
      'nuevo',
      'A un nodo que se une al clúster le nace su agente sin que nadie lo pida, y el del que se retira desaparece',
      async ({ cluster, eventually, expect, note, now }) => {
        const names = await openNames(cluster);
        const agents = await eventually(() => cluster.pods(all), allOf(readyPods(names.length), onePerNode(names)), { within: '90s' });
        const agent = await eventually(async () => firstOnWorker(agents, await cluster.nodes()), exists(), { within: '10s' });
        const name = nodeOf(agent);
        const old = await eventually(() => cluster.get(Node, name), exists(), { within: '10s' });
        await cluster.powerOff(name);
        let start = now();
        await cluster.delete(old);
        await eventually(() => cluster.pod(agent.metadata.name), absent(), { within: '4m' });
        await eventually(() => cluster.get(DaemonSet, 'agente'), covers(names.length - 1), { within: '60s' });
        note(`apagado ${name} y borrado su Node: ${humanDuration(now() - start)} después desaparece su Pod y el DaemonSet quiere ${names.length - 1}`);

        start = now();
        await cluster.powerOn(name);
        const joined = await eventually(() => cluster.get(Node, name), allOf(nodeReady(), otherUid(old)), { within: '4m' });
        const born = await eventually(() => onNode(cluster, all, name), allOf(isReady(), otherUid(agent)), { within: '3m' });
        expect(await cluster.pods(all), podCount(names.length));
        note(
          `encendido, su kubelet se registra como un nodo nuevo (uid ${shortUid(old)} → uid ${shortUid(joined)}) y le nace ${born.metadata.name}, listo ${humanDuration(now() - start)} después de encenderlo`,
        );
        await eventually(() => measure(cluster, born), tellsAbout(joined, [born]), { within: '60s' });
        await eventually(() => openNames(cluster), sameNames(names), { within: '60s' });
      },
      {
        points: 2,
        needs: { nodes: 2, power: true },
        hints: ['¿Qué mira el controlador además de sus Pods?', '¿Quién borra un Pod cuyo nodo ya no existe?'],
      },
    ),
    // #endregion
  ],
  challenge: {
    title: 'Un vigía en cada puesto',
    brief:
      'En retos/09/ hay un vigía a medias: dos réplicas para todos los nodos que haya, con permiso para escribir en ellos. Conviértelo en un DaemonSet «vigia» que llegue a todos, aguante las obras (el taint bitacora.lab/obras), mire el nodo sin poder tocarlo y, al cambiar de versión, no deje a ninguno sin vigilar.',
    needs: { alone: true },
    given: ['app.yaml'],
    steps: [
      step(
        'todos',
        'Hay un vigía listo en cada nodo, y ninguno más',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(DaemonSet, 'vigia'), exists());
          const names = await openNames(cluster);
          await eventually(() => cluster.get(DaemonSet, 'vigia'), hasFields({ status: { desiredNumberScheduled: names.length } }), { within: '15s' });
          await eventually(() => cluster.pods('app=vigia'), onePerNode(names), { within: '2m' });
        },
        { points: 1, hints: ['¿Qué objeto cuenta nodos en vez de réplicas?', '¿Lleva cada nodo la etiqueta que pides?'] },
      ),
      step(
        'obras',
        'Un nodo en obras, con el taint que echa a los demás, conserva el suyo',
        async ({ cluster, eventually, consistently, expect }) => {
          const names = await watched(cluster, expect);
          const guards = await eventually(() => cluster.pods('app=vigia'), allOf(readyPods(1), onePerNode(names)), { within: '60s' });
          const guard = await eventually(async () => firstOnWorker(guards, await cluster.nodes()), exists(), { within: '10s' });
          const taint = { ...works, effect: 'NoExecute' };
          await cluster.taint(nodeOf(guard), taint);
          try {
            await consistently(() => onNode(cluster, 'app=vigia', nodeOf(guard)), allOf(isReady(), sameUid(guard)), { during: '10s' });
          } finally {
            await cluster.untaint(nodeOf(guard), taint);
          }
        },
        { points: 1, needs: { nodes: 2 }, hints: ['¿Qué efecto tiene el taint, y cuál toleras?', '¿Qué tolera una tolerancia que no dice effect?'] },
      ),
      step(
        'lectura',
        'Cada vigía lee su nodo y no puede escribir en él',
        async ({ cluster, eventually, expect }) => {
          const names = await watched(cluster, expect);
          const guards = await eventually(() => cluster.pods('app=vigia'), allOf(readyPods(1), onePerNode(names)), { within: '60s' });
          for (const guard of guards) {
            const node = await eventually(() => cluster.get(Node, nodeOf(guard)), exists(), { within: '10s' });
            await eventually(() => measure(cluster, guard), tellsAbout(node, guards), { within: '30s' });
            const { escrito, error } = await scribble(cluster, guard);
            expect(
              escrito ? 'ha podido' : (error ?? 'sin motivo'),
              satisfies(`escribir en ${nodeOf(guard)}`, 'EROFS', (found) => found === 'EROFS'),
            );
          }
        },
        { points: 1, hints: ['¿Qué volúmenes vienen del nodo?', '¿Qué vale readOnly en un volumeMount si no lo escribes?'] },
      ),
      step(
        'relevo',
        'Al cambiar de versión, en cada nodo el nuevo está listo antes de que el viejo se vaya',
        async ({ cluster, timeline, eventually, expect }) => {
          const names = await watched(cluster, expect);
          const before = await eventually(() => cluster.pods('app=vigia'), allOf(readyPods(1), onePerNode(names)), { within: '60s' });
          const pods = await timeline({ ...Pod, labels: 'app=vigia' });
          await cluster.patch(DaemonSet, 'vigia', version('2'));
          await eventually(async () => beatsOf(pods.seen(), before), relayed(names, surgeFirst), { within: '3m' });
          expect(pods.seen(), neverFewerReady(names.length, before));
        },
        { points: 1, hints: ['¿Qué valen maxUnavailable y maxSurge si no los escribes?', '¿Pueden ser los dos distintos de cero?'] },
      ),
    ],
    wrong: {
      'etiqueta-que-nadie-lleva': {
        fails: 'todos',
        why: 'node-role.kubernetes.io/worker no la pone nadie por su cuenta: sin nodos que casen, un DaemonSet pide cero Pods y no se queja.',
      },
      'solo-al-llegar': {
        fails: 'obras',
        why: 'Una tolerancia con effect: NoSchedule no vale para NoExecute: el Pod se va en cuanto empiezan las obras.',
      },
      'con-lapiz': { fails: 'lectura', why: 'Sin readOnly: true, lo que se monta del nodo se puede escribir, y el proceso es root.' },
      'con-hueco': { fails: 'relevo', why: 'La estrategia por defecto, maxUnavailable: 1, quita el viejo antes de poner el nuevo.' },
    },
  },
});
