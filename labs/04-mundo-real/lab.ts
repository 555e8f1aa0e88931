import {
  absent,
  allOf,
  endpointsAre,
  eventMatches,
  exists,
  hasFields,
  isReady,
  otherUid,
  podCount,
  readyPods,
  replicasReady,
  sameUid,
  satisfies,
} from '../engine/checks.ts';
import { Deployment, EndpointSlice, PersistentVolumeClaim, StatefulSet } from '../engine/kinds.ts';
import { allReady, allRun, declaresResources, evenlySpread } from '../engine/pod-checks.ts';
import { controllerOf, countByNode, humanDuration, newcomer, nodeOf, openNodes, readyPodAddresses, reloadsIn, shortUid } from '../engine/reading.ts';
import { lastReloadsFine, noReloadErrors, onlyNewVersion, reloadsAfter } from '../engine/reload-checks.ts';
import { neverFewerReady } from '../engine/timeline-checks.ts';
import { defineLab, step } from '../lab.ts';

const web = 'app=web';
const webSlices = 'kubernetes.io/service-name=web';
const newImage = 'node:24.21-alpine';

export const lab = defineLab({
  id: '04',
  slug: 'mundo-real',
  title: 'Preparar nuestra app para el mundo real',
  proves: 'Un Pod muerto no vuelve; nace otro, y quien lo crea decide su nombre, su nodo y su disco.',
  needs: { storageClass: true },
  images: ['node:22.23-alpine', newImage],
  steps: [
    // #region suelto
    step(
      'suelto',
      'Un Pod suelto que se borra no vuelve',
      async ({ cluster, eventually, consistently, note }) => {
        await cluster.apply('app.yaml');
        await cluster.apply('pod-suelto.yaml');
        const pod = await eventually(() => cluster.pod('suelto'), isReady(), { within: '3m' });
        await cluster.delete(pod, { gracePeriod: '1s' });
        await eventually(() => cluster.pod('suelto'), absent(), { within: '60s' });
        await consistently(() => cluster.pods('app=suelto'), podCount(0), { during: '10s' });
        note(`suelto (uid ${shortUid(pod)}) se fue; diez segundos después nadie ha creado otro`);
      },
      { points: 1, hints: ['¿Quién tendría que enterarse de que ese Pod falta?', '¿Qué dice su metadata.ownerReferences?'] },
    ),
    // #endregion

    // #region reinicio
    step(
      'reinicio',
      'Si muere el proceso, el kubelet reinicia el contenedor dentro del mismo Pod',
      async ({ cluster, eventually, expect, note, now }) => {
        await cluster.apply('pod-suelto.yaml');
        const before = await eventually(() => cluster.pod('suelto'), isReady(), { within: '60s' });
        const start = now();
        await cluster.proxyGet('suelto', 8080, '/muere');
        const restarted = hasFields({ status: { containerStatuses: [{ restartCount: 1 }] } });
        const after = await eventually(() => cluster.pod('suelto'), allOf(restarted, isReady()), { within: '60s' });
        expect(after, sameUid(before));
        note(`mismo Pod (uid ${shortUid(after)}), reinicios 0 → 1, listo otra vez en ${humanDuration(now() - start)}`);
      },
      { points: 1, hints: ['Que muera el proceso y que se borre el Pod, ¿son la misma muerte?', '¿Qué vale restartPolicy si no lo escribes?'] },
    ),
    // #endregion

    // #region replicaset
    step(
      'replicaset',
      'Un ReplicaSet repone su Pod con otro nombre y otro UID',
      async ({ cluster, eventually, note, now }) => {
        await cluster.apply('replicaset.yaml');
        const before = await eventually(() => cluster.pods('app=copias'), readyPods(2), { within: '60s' });
        const [victim] = before;
        const start = now();
        await cluster.delete(victim);
        const after = await eventually(() => cluster.pods('app=copias'), allOf(readyPods(2), otherUid(victim)), { within: '60s' });
        const born = newcomer(after, before);
        note(`${victim.metadata.name} (uid ${shortUid(victim)}) → ${born.metadata.name} (uid ${shortUid(born)}), en ${humanDuration(now() - start)}`);
      },
      { points: 1, hints: ['¿De dónde sale el final del nombre?', '¿Le importa al ReplicaSet cuál de los dos falta?'] },
    ),
    // #endregion

    // #region deployment
    step(
      'deployment',
      'Un Deployment no repone Pods: lo hace el ReplicaSet de su versión',
      async ({ cluster, eventually, expect, note, now }) => {
        await cluster.apply('deployment.yaml');
        await cluster.apply('servicio.yaml');
        await eventually(() => cluster.get(Deployment, 'web'), replicasReady(4), { within: '90s' });
        const before = await eventually(() => cluster.pods(web), readyPods(4), { within: '30s' });
        const [victim] = before;
        const start = now();
        await cluster.delete(victim);
        const after = await eventually(() => cluster.pods(web), allOf(readyPods(4), otherUid(victim)), { within: '60s' });
        const born = newcomer(after, before);
        expect(
          controllerOf(born)?.kind,
          satisfies('dueño del Pod nuevo', 'ReplicaSet', (kind) => kind === 'ReplicaSet'),
        );
        expect(
          controllerOf(born)?.uid,
          satisfies('ReplicaSet', 'el mismo de antes', (uid) => uid === controllerOf(victim)?.uid),
        );
        note(`${victim.metadata.name} → ${born.metadata.name}, en ${humanDuration(now() - start)}`);
        note(`los dos son de ${controllerOf(born)?.kind} ${controllerOf(born)?.name}; el tramo central del nombre no ha cambiado`);
      },
      { points: 1, hints: ['¿Quién es el dueño del Pod? ¿Y el dueño de su dueño?', '¿Qué parte del nombre comparten todas las réplicas?'] },
    ),
    // #endregion

    // #region statefulset
    step(
      'statefulset',
      'Un StatefulSet repone su Pod con el mismo nombre y el mismo disco, pero es otro Pod',
      async ({ cluster, eventually, expect, note, now }) => {
        await cluster.apply('servicio-datos.yaml');
        await cluster.apply('statefulset.yaml');
        await eventually(() => cluster.get(StatefulSet, 'datos'), replicasReady(2), { within: '2m' });
        const claim = await cluster.get(PersistentVolumeClaim, 'disco-datos-1');
        const before = await eventually(() => cluster.pod('datos-1'), isReady(), { within: '10s' });
        const start = now();
        await cluster.delete(before);
        const after = await eventually(() => cluster.pod('datos-1'), allOf(isReady(), otherUid(before)), { within: '60s' });
        expect(await cluster.get(PersistentVolumeClaim, 'disco-datos-1'), sameUid(claim));
        note(`datos-1 (uid ${shortUid(before)}) → datos-1 (uid ${shortUid(after)}), en ${humanDuration(now() - start)}`);
        note(`disco-datos-1 es el mismo PVC, con el mismo volumen`);
      },
      { points: 1, hints: ['Si el nombre no cambia, ¿cómo sabes que es otro Pod?', '¿Puede nacer el nuevo datos-1 antes de que acabe el viejo?'] },
    ),
    // #endregion

    // #region daemonset
    step(
      'daemonset',
      'Un DaemonSet pone un Pod en cada nodo que lo admite y repone el que falta en ese mismo nodo',
      async ({ cluster, eventually, expect, note, now }) => {
        await cluster.apply('daemonset.yaml');
        const nodes = openNodes(await cluster.nodes());
        const before = await eventually(() => cluster.pods('app=agente'), readyPods(nodes.length), { within: '60s' });
        const names = nodes
          .map((node) => node.metadata.name)
          .sort()
          .join(', ');
        expect(
          [...countByNode(before).keys()].join(', '),
          satisfies('nodos con agente', names, (found) => found === names),
        );
        const [victim] = before;
        const start = now();
        await cluster.delete(victim);
        const after = await eventually(() => cluster.pods('app=agente'), allOf(readyPods(nodes.length), otherUid(victim)), { within: '60s' });
        const born = newcomer(after, before);
        expect(
          nodeOf(born),
          satisfies('nodo del Pod nuevo', nodeOf(victim), (node) => node === nodeOf(victim)),
        );
        note(`${nodes.length} de ${(await cluster.nodes()).length} nodos lo admiten: ${names}`);
        note(`${victim.metadata.name} → ${born.metadata.name}, otra vez en ${nodeOf(born)}, en ${humanDuration(now() - start)}`);
      },
      { points: 1, hints: ['¿Cuántas réplicas pide el manifiesto?', '¿Qué nodos llevan un taint que este Pod no tolera?'] },
    ),
    // #endregion

    // #region reparto
    step(
      'reparto',
      'Cuatro réplicas se reparten: ningún nodo lleva dos más que otro',
      async ({ cluster, eventually, note }) => {
        const nodes = openNodes(await cluster.nodes());
        const pods = await eventually(() => cluster.pods(web), allOf(readyPods(4), evenlySpread(nodes.length)), { within: '30s' });
        note([...countByNode(pods)].map(([node, pods]) => `${node}: ${pods}`).join('; '));
      },
      {
        points: 1,
        needs: { nodes: 2 },
        hints: [
          'Cuatro entre tres no sale exacto: ¿cuál es la diferencia mínima posible?',
          '¿Qué pasa con la cuarta réplica si maxSkew es 1 y hay tres nodos?',
        ],
      },
    ),
    // #endregion

    // #region recursos
    step(
      'recursos',
      'Un Pod que pide más de lo que tiene cualquier nodo se queda Pending y el planificador dice por qué',
      async ({ cluster, eventually, consistently, note }) => {
        await cluster.apply('gigante.yaml');
        const giant = await eventually(() => cluster.pod('gigante'), exists(), { within: '10s' });
        const events = await eventually(() => cluster.events(giant), eventMatches('FailedScheduling', 'Insufficient memory'), { within: '30s' });
        await consistently(() => cluster.pod('gigante'), hasFields({ status: { phase: 'Pending' } }), { during: '5s' });
        const [web0] = await cluster.pods(web);
        note(String(events.findLast((event) => event.reason === 'FailedScheduling')?.message));
        note(`las réplicas de web, con petición y límite distintos, son de clase ${web0?.status?.qosClass}`);
      },
      { points: 1, hints: ['¿Mira el planificador lo que gastan los Pods o lo que piden?', '¿Cuántos nodos suma el mensaje? ¿Coincide con los que hay?'] },
    ),
    // #endregion

    // #region endpoints
    step(
      'endpoints',
      'El Service reparte solo entre los Pods listos: sus endpoints los siguen',
      async ({ cluster, eventually, consistently, note }) => {
        const slices = () => cluster.list(EndpointSlice, webSlices);
        const follow = async (replicas: number) => {
          await cluster.scale(Deployment, 'web', replicas);
          const pods = await eventually(() => cluster.pods(web), allOf(podCount(replicas), readyPods(replicas)), { within: '90s' });
          await eventually(slices, endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        };
        await follow(2);
        note('con 2 réplicas, 2 direcciones: las de los dos Pods');
        const two = readyPodAddresses(await cluster.pods(web));
        await cluster.scale(Deployment, 'web', 4);
        await eventually(() => cluster.pods(web), podCount(4), { within: '30s' });
        // Los dos nuevos ya existen, pero su proceso aún no escucha: no pueden estar en la lista.
        await consistently(slices, endpointsAre(two), { during: '1s' });
        note('con 2 listos y 2 arrancando, las mismas 2 direcciones');
        await follow(4);
        note('con los 4 listos, 4 direcciones');
      },
      { points: 1, hints: ['¿Quién escribe los EndpointSlices?', '¿Entra un Pod en la lista al arrancar o al estar listo?'] },
    ),
    // #endregion

    // #region imagen
    step(
      'imagen',
      'Cambiar la imagen no cuesta ni un error a quien recarga',
      async ({ cluster, timeline, eventually, expect, note, now }) => {
        await cluster.apply('cliente.yaml');
        await eventually(() => cluster.pod('cliente'), isReady(), { within: '2m' });
        const reloads = async () => reloadsIn(await cluster.logs('cliente'));
        await eventually(
          reloads,
          satisfies('recargas antes del cambio', 'al menos 20', (seen) => seen.length >= 20),
          { within: '60s' },
        );
        const before = await cluster.pods(web);
        const old = new Set(before.map((pod) => pod.metadata.name));
        const pods = await timeline({ apiVersion: 'v1', kind: 'Pod', labels: web });
        const start = now();
        await cluster.setImage(Deployment, 'web', 'app', newImage);
        const after = await eventually(() => cluster.pods(web), allOf(podCount(4), readyPods(4), allRun(newImage)), { within: '4m' });
        const took = now() - start;
        const changed = (await reloads()).length;
        await eventually(
          reloads,
          satisfies('recargas', `al menos ${changed + 20}`, (seen) => seen.length >= changed + 20),
          { within: '60s' },
        );
        const seen = await reloads();
        expect(seen, noReloadErrors());
        expect(pods.seen(), neverFewerReady(4, before));
        expect(seen.slice(changed), onlyNewVersion(seen[0]?.version));
        expect(
          after.filter((pod) => old.has(pod.metadata.name)).length,
          satisfies('Pods de antes', '0', (left) => left === 0),
        );
        const created = pods.seen().filter((event) => event.type === 'added' && !old.has(event.object.metadata.name)).length;
        note(`${created} Pods nuevos, de uno en uno, en ${humanDuration(took)}`);
        note(`${seen.length} recargas, 0 errores; antes contestaba ${seen[0]?.version}, ahora ${seen.at(-1)?.version}`);
        note(`contestaron ${new Set(seen.map((reload) => reload.pod)).size} Pods distintos`);
      },
      { points: 2, hints: ['¿Cuándo entra en el Service el Pod nuevo y cuándo sale el viejo?', '¿Qué hace el viejo durante los cinco segundos de preStop?'] },
    ),
    // #endregion
  ],
  challenge: {
    title: 'Una tienda que no cierra',
    brief:
      'En retos/04/ hay un Pod suelto y un Service que no lleva a ninguna parte. Conviértelos en un Deployment «web» con al menos tres réplicas repartidas, recursos declarados y un Service que las encuentre; después cambiaremos la imagen y no puede fallar ni una recarga.',
    given: ['app.yaml', 'cliente.yaml'],
    steps: [
      step(
        'replicas',
        'El Deployment web tiene al menos tres réplicas listas',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(Deployment, 'web'), exists());
          await eventually(() => cluster.get(Deployment, 'web'), replicasReady(3), { within: '90s' });
        },
        { points: 1, hints: ['¿Quién vuelve a crear un Pod que se borra?', '¿Casan las etiquetas de la plantilla con el selector?'] },
      ),
      step(
        'reparto',
        'Las réplicas se reparten: ningún nodo lleva dos más que otro',
        async ({ cluster, eventually }) => {
          const nodes = openNodes(await cluster.nodes());
          await eventually(() => cluster.pods(web), allOf(allReady(3), evenlySpread(nodes.length)), { within: '30s' });
        },
        { points: 1, needs: { nodes: 2 }, hints: ['Si se apaga un nodo, ¿cuántas réplicas quedan?', '¿Qué hace topologySpreadConstraints con maxSkew: 1?'] },
      ),
      step(
        'recursos',
        'Cada contenedor pide CPU y memoria, y limita la memoria',
        async ({ cluster, expect }) => {
          expect(await cluster.get(Deployment, 'web'), declaresResources());
        },
        { points: 1, hints: ['¿Qué suma el planificador para saber si un Pod cabe?', '¿Quién paga si un contenedor sin límite se come la memoria del nodo?'] },
      ),
      step(
        'servicio',
        'El Service lleva a todas las réplicas listas y a ninguna más',
        async ({ cluster, eventually }) => {
          const pods = await eventually(() => cluster.pods(web), allReady(3), { within: '30s' });
          await eventually(() => cluster.list(EndpointSlice, webSlices), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        },
        { points: 1, hints: ['¿A qué etiquetas busca el selector del Service?', '¿En qué puerto escucha de verdad la aplicación?'] },
      ),
      step(
        'imagen',
        'Cambiar la imagen no cuesta ni un error a quien recarga',
        async ({ cluster, eventually, expect }) => {
          expect(await cluster.get(Deployment, 'web'), exists());
          await eventually(() => cluster.get(Deployment, 'web'), replicasReady(3), { within: '30s' });
          await eventually(() => cluster.pod('cliente'), isReady(), { within: '2m' });
          const reloads = async () => reloadsIn(await cluster.logs('cliente'));
          const before = await eventually(reloads, lastReloadsFine(10), { within: '60s' });
          await cluster.setImage(Deployment, 'web', 'app', newImage);
          await eventually(() => cluster.pods(web), allOf(allReady(3), allRun(newImage)), { within: '4m' });
          const changed = (await reloads()).length;
          await eventually(
            reloads,
            satisfies('recargas', `al menos ${changed + 20}`, (seen) => seen.length >= changed + 20),
            { within: '60s' },
          );
          expect(reloadsAfter(before, await reloads()), noReloadErrors());
        },
        {
          points: 2,
          hints: ['¿Cuándo cree Kubernetes que tu Pod está listo si no se lo dices?', '¿Qué pasa con las peticiones que llegan mientras el proceso arranca?'],
        },
      ),
    ],
    wrong: {
      'sin-sonda': { fails: 'imagen', why: 'Sin readinessProbe el Pod cuenta como listo en cuanto arranca, tres segundos antes de escuchar.' },
      'todo-en-uno': { fails: 'reparto', why: 'La afinidad consigo mismo junta todas las réplicas en un nodo.' },
      'sin-recursos': { fails: 'recursos', why: 'Sin peticiones el planificador cree que no ocupa nada.' },
      'selector-ajeno': { fails: 'servicio', why: 'El selector no casa con las etiquetas de los Pods, y crearlo así no da error.' },
    },
  },
});
