import { allOf, endpointsAre, hasFields, isReady, otherUid, podCount, readyPods, satisfies } from '../engine/checks.ts';
import { Deployment, EndpointSlice, Service } from '../engine/kinds.ts';
import { noProbeErrors, probeErrorsAtLeast, probeRequestsAtLeast } from '../engine/probe-checks.ts';
import { errorCount, lastAnswerAfterMark, sinceMark } from '../engine/probe-reading.ts';
import { countByNode, humanDuration, nodeOf, readyPodAddresses } from '../engine/reading.ts';
import { alwaysTheSame, answeredBy, countAnswers, countRepeats, fairlyShared, sayShare } from '../engine/share-checks.ts';
import { defineLab, step } from '../lab.ts';
import { dnsSays, fullName, lookUp, namesIn, sorted, visit, whoAnswers } from './client.ts';
import { chainOf, reaches, servicesInRules } from './rules.ts';
import {
  addressOf,
  answeredWithout,
  askEveryNode,
  balancerIp,
  hasBalancerIp,
  hasNoBalancerIp,
  names,
  nodePortOf,
  noSlices,
  onlyPods,
  reachesWeb,
  shopPods,
  slicesOf,
  virtualIp,
} from './services.ts';
import { conditionsSeen, leftGracefully } from './slices.ts';

const web = 'app=web';
const image = 'node:24.21-alpine';

export const lab = defineLab({
  id: '05',
  slug: 'servicios',
  title: 'Services: quién reparte',
  proves: 'Un Service no es un proceso que equilibre: es una dirección que cada nodo traduce, al azar, a la de un Pod listo.',
  needs: {},
  images: [image],
  steps: [
    // #region clusterip
    step(
      'clusterip',
      'La IP de un Service no es de ningún Pod ni de ningún nodo, y detrás contestan los tres',
      async ({ cluster, eventually, expect, note }) => {
        await cluster.apply('app.yaml');
        await cluster.apply('cliente.yaml');
        await cluster.apply('web.yaml');
        await cluster.apply('servicio.yaml');
        await eventually(() => cluster.pod('cliente'), isReady(), { within: '3m' });
        const pods = await eventually(() => cluster.pods(web), readyPods(3), { within: '3m' });
        await eventually(() => cluster.list(EndpointSlice, slicesOf('web')), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        const ip = virtualIp(await cluster.get(Service, 'web'));
        const name = fullName(cluster, 'web');
        await eventually(() => lookUp(cluster, 'A', name), dnsSays(name, ip), { within: '90s' });
        const owned = [...pods.map((pod) => String(pod.status?.podIP)), ...(await cluster.nodes()).map(addressOf)];
        expect(
          owned,
          satisfies<string[]>('direcciones de Pods y nodos', `ninguna es ${ip}`, (all) => !all.includes(ip)),
        );
        await eventually(() => whoAnswers(cluster, 'cliente', 'http://web/', 30), answeredBy(names(pods)), { within: '30s' });
        note(`el nombre web lleva a ${ip}; los Pods están en ${readyPodAddresses(pods).join(', ')}`);
      },
      { points: 1, hints: ['¿En qué máquina está la interfaz con esa IP?', '¿A qué IP llega de verdad el paquete?'] },
    ),
    // #endregion

    // #region reparto
    step(
      'reparto',
      'El Service elige al azar en cada conexión: 1 500 respuestas caben en un tercio para cada Pod, y no van por turnos',
      async ({ cluster, expect, note }) => {
        const pods = names(await cluster.pods(web));
        const answers = await whoAnswers(cluster, 'cliente', 'http://web/', 1500);
        for (const [pod, count] of countAnswers(answers)) note(`${pod}: ${count} de ${answers.length}, ${sayShare(count, answers.length)}`);
        const repeats = countRepeats(answers);
        note(`el mismo que en la anterior: ${repeats} veces, ${sayShare(repeats, answers.length - 1)}; por turnos serían 0`);
        note('intervalos del 99 %; el paso exige que un tercio esté dentro de los del 99,99 %');
        expect(answers, fairlyShared(pods));
      },
      {
        points: 2,
        hints: ['Si saliera exactamente 500, 500 y 500, ¿sería más al azar o menos?', '¿Cuántas veces repetiría un reparto por turnos?'],
      },
    ),
    // #endregion

    // #region rodajas
    step(
      'rodajas',
      'El Pod que se va deja de estar listo en el EndpointSlice antes de irse, y sigue sirviendo hasta el final',
      async ({ cluster, timeline, eventually, note }) => {
        const slices = await timeline({ ...EndpointSlice, labels: slicesOf('web') });
        const [victim] = await eventually(() => cluster.pods(web), readyPods(3), { within: '30s' });
        await cluster.delete(victim);
        const seen = async () => conditionsSeen(slices.seen(), victim);
        await eventually(seen, leftGracefully(), { within: '60s' });
        note(`${victim.metadata.name}: ready + serving → ${(await seen()).join(' → ')}`);
        const pods = await eventually(() => cluster.pods(web), allOf(readyPods(3), podCount(3), otherUid(victim)), { within: '60s' });
        await eventually(() => cluster.list(EndpointSlice, slicesOf('web')), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
      },
      { points: 1, hints: ['¿Quién escribe esas condiciones: el kubelet, kube-proxy o un controlador?', '¿Para qué sirve saber que aún sirve?'] },
    ),
    // #endregion

    // #region listo
    step(
      'listo',
      'Un Pod que avisa de que no está listo sale del reparto antes de dar un solo error',
      async ({ cluster, probe, eventually, expect, note }) => {
        const pods = await eventually(() => cluster.pods(web), allOf(readyPods(3), podCount(3)), { within: '30s' });
        const [victim, ...others] = pods;
        const { name } = victim.metadata;
        const measure = await probe('con sonda de disponibilidad', { target: 'http://web' });
        await eventually(() => measure.read(), probeRequestsAtLeast(100), { within: '60s' });
        await measure.mark(`${name} avisa`);
        await cluster.proxyGet(name, 8080, '/avisa');
        await eventually(() => cluster.list(EndpointSlice, slicesOf('web')), endpointsAre(readyPodAddresses(others)), { within: '30s' });
        // Si siguiera en el reparto, cien seguidas sin tocarle serían un imposible: (2/3)^100.
        const quiet = satisfies<number>(`respuestas seguidas sin ${name}`, 'al menos 100', (answered) => answered >= 100);
        await eventually(answeredWithout(measure, name), quiet, { within: '60s' });
        const alone = await measure.read();
        await cluster.proxyGet(name, 8080, '/rompe');
        await eventually(() => measure.read(), probeRequestsAtLeast(alone.requests + 200), { within: '60s' });
        const result = await measure.stop();
        expect(result, noProbeErrors());
        note(`${name} contestó por última vez ${humanDuration(lastAnswerAfterMark(result, name))} después de avisar; roto, nadie le preguntó`);
        note(`${result.requests} peticiones, 0 errores`);
        await cluster.proxyGet(name, 8080, '/cura');
        await eventually(() => cluster.pods(web), readyPods(3), { within: '30s' });
        await eventually(() => cluster.list(EndpointSlice, slicesOf('web')), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
      },
      { points: 2, hints: ['¿Quién le pregunta al Pod, y cada cuánto?', '¿Cuántos tienen que enterarse antes de que deje de llegarle nadie?'] },
    ),
    // #endregion

    // #region sin-sonda
    step(
      'sin-sonda',
      'Sin readinessProbe el Pod roto sigue en el reparto, y quien pregunta se lleva el error',
      async ({ cluster, probe, eventually, consistently, expect, note }) => {
        await cluster.apply('ciega.yaml');
        await cluster.apply('servicio-ciego.yaml');
        const pods = await eventually(() => cluster.pods('app=ciega'), readyPods(3), { within: '3m' });
        const slices = () => cluster.list(EndpointSlice, slicesOf('ciega'));
        await eventually(slices, endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        await eventually(() => whoAnswers(cluster, 'cliente', 'http://ciega/', 30), answeredBy(names(pods)), { within: '60s' });
        const [victim] = pods;
        const { name } = victim.metadata;
        const measure = await probe('sin sonda de disponibilidad', { target: 'http://ciega' });
        await eventually(() => measure.read(), probeRequestsAtLeast(100), { within: '60s' });
        await measure.mark(`${name} avisa`);
        await cluster.proxyGet(name, 8080, '/avisa');
        await consistently(slices, endpointsAre(readyPodAddresses(pods)), { during: '5s' });
        await measure.mark(`${name} se rompe`);
        await cluster.proxyGet(name, 8080, '/rompe');
        await eventually(() => measure.read(), probeErrorsAtLeast(50, 'http5xx'), { within: '60s' });
        const result = await measure.stop();
        expect(await slices(), endpointsAre(readyPodAddresses(pods)));
        const { requests: asked, errors: failed } = sinceMark(result);
        note(`${errorCount(result)} errores en ${result.requests} peticiones; roto, ${failed} de ${asked}: ${sayShare(failed, asked)}`);
        note('el Pod sigue Ready y en el EndpointSlice: nadie le ha preguntado nada');
        await cluster.scale(Deployment, 'ciega', 0);
      },
      { points: 1, hints: ['Si no hay sonda, ¿cuándo da el kubelet por listo un contenedor?', '¿Qué parte de las peticiones falla si uno de tres está roto?'] },
    ),
    // #endregion

    // #region fiel
    step(
      'fiel',
      'Con sessionAffinity cada cliente vuelve a su Pod, y cambia de Pod solo si el suyo deja de estar listo',
      async ({ cluster, eventually, consistently, note }) => {
        await cluster.apply('fiel.yaml');
        await cluster.apply('otro-cliente.yaml');
        await eventually(() => cluster.pod('otro-cliente'), isReady(), { within: '60s' });
        const pods = await eventually(() => cluster.pods(web), readyPods(3), { within: '30s' });
        await eventually(() => cluster.list(EndpointSlice, slicesOf('fiel')), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        const ask = (from: string) => () => whoAnswers(cluster, from, 'http://fiel/', 20);
        const [mine = ''] = await eventually(ask('cliente'), allOf(alwaysTheSame(), onlyPods(pods)), { within: '30s' });
        await consistently(ask('cliente'), alwaysTheSame(), { during: '3s' });
        const [theirs = ''] = await eventually(ask('otro-cliente'), allOf(alwaysTheSame(), onlyPods(pods)), { within: '30s' });
        note(`cliente → ${mine}; otro-cliente → ${theirs}; cada uno siempre al suyo`);
        await cluster.proxyGet(mine, 8080, '/avisa');
        const [next = ''] = await eventually(ask('cliente'), allOf(alwaysTheSame(mine), onlyPods(pods)), { within: '60s' });
        note(`${mine} deja de estar listo: cliente → ${next}`);
        await cluster.proxyGet(mine, 8080, '/cura');
        await eventually(() => cluster.list(EndpointSlice, slicesOf('fiel')), endpointsAre(readyPodAddresses(pods)), { within: '30s' });
        await consistently(ask('cliente'), alwaysTheSame(mine), { during: '5s' });
        note(`${mine} vuelve a estar listo, y cliente se queda en ${next}`);
      },
      {
        points: 1,
        hints: ['¿Por qué reconoce a cada cliente: por una cookie o por su IP?', '¿Qué pasa con mil personas detrás de la misma salida a Internet?'],
      },
    ),
    // #endregion

    // #region nodeport
    step(
      'nodeport',
      'Un NodePort abre el mismo puerto en todos los nodos, también en los que no tienen ningún Pod',
      async ({ cluster, eventually, expect, note }) => {
        await cluster.apply('puerta.yaml');
        const port = nodePortOf(await cluster.get(Service, 'puerta'));
        expect(
          port,
          satisfies<number>('spec.ports[0].nodePort', 'entre 30000 y 32767', (number) => number >= 30_000 && number <= 32_767),
        );
        await cluster.scale(Deployment, 'web', 1);
        const [only] = await eventually(() => cluster.pods(web), allOf(readyPods(1), podCount(1)), { within: '90s' });
        await eventually(() => cluster.list(EndpointSlice, slicesOf('puerta')), endpointsAre(readyPodAddresses([only])), { within: '30s' });
        const nodes = await cluster.nodes();
        const everyNode = satisfies<string[]>(
          'quién contesta en cada nodo',
          only.metadata.name,
          (found) => found.length === nodes.length && found.every((line) => line.endsWith(`: ${only.metadata.name}`)),
        );
        const answers = await eventually(() => askEveryNode(cluster, port), everyNode, { within: '60s' });
        note(`el puerto ${port} contesta en ${answers.length} nodos; el Pod está solo en ${nodeOf(only)}`);
        for (const answer of answers) note(answer);
        await cluster.scale(Deployment, 'web', 3);
        await eventually(() => cluster.pods(web), allOf(readyPods(3), podCount(3)), { within: '90s' });
      },
      { points: 1, hints: ['¿Qué hace un nodo con una conexión que no puede atender él?', '¿Qué proceso escucha en ese puerto? Búscalo con ss.'] },
    ),
    // #endregion

    // #region loadbalancer
    step(
      'loadbalancer',
      'Un LoadBalancer es un NodePort más una dirección que otro le pone; sin ese otro, se queda sin ella y no da ningún error',
      async ({ cluster, eventually, consistently, note }) => {
        await cluster.apply('balanceado.yaml');
        await cluster.apply('pendiente.yaml');
        const pods = await eventually(() => cluster.pods(web), readyPods(3), { within: '60s' });
        const service = await eventually(() => cluster.get(Service, 'balanceado'), hasBalancerIp, { within: '60s' });
        await eventually(() => whoAnswers(cluster, 'cliente', `http://${balancerIp(service)}/`, 30), answeredBy(names(pods)), { within: '60s' });
        note(`balanceado: ${balancerIp(service)} por fuera, ${nodePortOf(service)} en cada nodo, ${virtualIp(service)} por dentro`);
        await consistently(() => cluster.get(Service, 'pendiente'), hasNoBalancerIp, { during: '10s' });
        const pending = await cluster.get(Service, 'pendiente');
        await eventually(() => whoAnswers(cluster, 'cliente', `http://${virtualIp(pending)}/`, 30), answeredBy(names(pods)), { within: '60s' });
        note(`pendiente: diez segundos después sigue sin dirección; por dentro, en ${virtualIp(pending)}, contesta`);
      },
      {
        points: 1,
        needs: { loadBalancer: true },
        hints: ['¿Qué pieza de Kubernetes sabe pedir una dirección a tu nube?', 'Si EXTERNAL-IP dice <pending>, ¿qué parte del Service funciona ya?'],
      },
    ),
    // #endregion

    // #region headless
    step(
      'headless',
      'Un Service sin IP no reparte: el DNS da la de cada Pod listo, y su puerto si tiene nombre',
      async ({ cluster, eventually, note, now }) => {
        await cluster.apply('sin-ip.yaml');
        const pods = await eventually(() => cluster.pods(web), allOf(readyPods(3), podCount(3)), { within: '60s' });
        const [own, all] = [fullName(cluster, 'sin-ip'), fullName(cluster, 'todos')];
        const every = sorted(readyPodAddresses(pods));
        await eventually(() => lookUp(cluster, 'A', own), dnsSays(own, every), { within: '90s' });
        const port = `_http._tcp.${own}`;
        const records = sorted(readyPodAddresses(pods).map((address) => `8080 ${address.replaceAll('.', '-')}.${own}`));
        await eventually(() => lookUp(cluster, 'SRV', port), dnsSays(port, records), { within: '90s' });
        note(`sin-ip: ${every}`);
        note(`SRV de _http._tcp: ${records.replaceAll(`.${own}`, '')}`);
        const [victim, ...others] = pods;
        const start = now();
        await cluster.proxyGet(victim.metadata.name, 8080, '/avisa');
        await eventually(() => cluster.list(EndpointSlice, slicesOf('sin-ip')), endpointsAre(readyPodAddresses(others)), { within: '30s' });
        const left = now() - start;
        await eventually(() => lookUp(cluster, 'A', own), dnsSays(own, sorted(readyPodAddresses(others))), { within: '90s' });
        note(`${victim.metadata.name} avisa: fuera del EndpointSlice en ${humanDuration(left)}; el DNS lo olvida a los ${humanDuration(now() - start)}`);
        await eventually(() => lookUp(cluster, 'A', all), dnsSays(all, every), { within: '90s' });
        note(`todos, con publishNotReadyAddresses: ${every}`);
        await cluster.proxyGet(victim.metadata.name, 8080, '/cura');
        await eventually(() => cluster.pods(web), readyPods(3), { within: '30s' });
      },
      { points: 1, hints: ['¿Quién elige a qué Pod se conecta el cliente?', '¿Cuánto tiempo puede recordar el DNS a un Pod que ya no está?'] },
    ),
    // #endregion

    // #region sin-selector
    step(
      'sin-selector',
      'Un Service sin selector lleva a donde diga tu EndpointSlice, y nadie lo corrige si deja de ser verdad',
      async ({ cluster, eventually, consistently, note }) => {
        await cluster.apply('externo.yaml');
        await cluster.apply('heredado.yaml');
        const pod = await eventually(() => cluster.pod('externo'), isReady(), { within: '60s' });
        const slices = () => cluster.list(EndpointSlice, slicesOf('heredado'));
        const ask = async () => namesIn(await visit(cluster, 'cliente', 'http://heredado/', 1));
        await consistently(slices, noSlices, { during: '5s' });
        await eventually(ask, alwaysTheSame(), { within: '60s' });
        note(`sin EndpointSlice: ${(await ask())[0]}`);
        await cluster.apply('heredado-a-mano.yaml');
        await cluster.patch(EndpointSlice, 'heredado-a-mano', { endpoints: [{ addresses: [pod.status?.podIP] }] });
        await eventually(ask, answeredBy(['externo']), { within: '60s' });
        note('con la dirección escrita a mano: contesta externo');
        await cluster.delete(pod, { gracePeriod: '1s' });
        await eventually(
          ask,
          satisfies('quién contesta', 'un error', ([who]) => who !== 'externo'),
          { within: '60s' },
        );
        await consistently(slices, endpointsAre([String(pod.status?.podIP)]), { during: '10s' });
        note(`borrado externo, la dirección sigue escrita: ${(await ask())[0]}`);
      },
      { points: 1, hints: ['¿Qué etiqueta une un EndpointSlice con su Service?', '¿Quién sabe si esa dirección sigue viva?'] },
    ),
    // #endregion

    // #region externalname
    step(
      'externalname',
      'Un ExternalName es solo otro nombre en el DNS: ni IP, ni reparto, ni cambia la cabecera Host',
      async ({ cluster, eventually, expect, note }) => {
        await cluster.apply('alias.yaml');
        const [own, target] = [fullName(cluster, 'alias'), fullName(cluster, 'web')];
        await cluster.patch(Service, 'alias', { spec: { externalName: target } });
        await eventually(() => lookUp(cluster, 'CNAME', own), dnsSays(own, target), { within: '90s' });
        const [answer] = await eventually(() => visit(cluster, 'cliente', 'http://alias/', 1), reachesWeb, { within: '90s' });
        expect(
          answer?.host,
          satisfies('cabecera Host', 'alias', (host) => host === 'alias'),
        );
        expect(await cluster.get(Service, 'alias'), hasFields({ spec: { type: 'ExternalName' } }));
        expect(
          (await cluster.get(Service, 'alias'))?.spec?.clusterIP,
          satisfies('spec.clusterIP', 'ninguna', (ip) => !ip),
        );
        expect(await cluster.list(EndpointSlice, slicesOf('alias')), noSlices);
        note(`alias es un CNAME de ${target.replace(cluster.namespace, '…')}, sin IP ni EndpointSlice`);
        note(`contesta ${answer?.pod}, y la cabecera Host que le llega es «${answer?.host}»`);
      },
      { points: 1, hints: ['¿Quién resuelve el segundo nombre: Kubernetes o el cliente?', '¿Qué diría un servidor con certificado para otro nombre?'] },
    ),
    // #endregion

    // #region reglas
    step(
      'reglas',
      'En cada nodo hay las mismas reglas, con los mismos Pods; de un headless y de un ExternalName no hay ninguna',
      async ({ cluster, eventually, expect, note }) => {
        const pods = await eventually(() => cluster.pods(web), allOf(readyPods(3), podCount(3)), { within: '60s' });
        const expected = sorted(readyPodAddresses(pods).map((address) => `${address}:8080`));
        const chain = `${cluster.namespace}/web/tcp/http`;
        for (const { metadata } of await cluster.nodes()) {
          const rules = await eventually(() => cluster.proxyRules(metadata.name), reaches(chain, expected), { within: '60s' });
          expect(
            servicesInRules(rules, cluster.namespace),
            satisfies<string[]>(
              'Services con reglas',
              'ni sin-ip, ni todos, ni alias',
              (found) => !found.some((name) => ['sin-ip', 'todos', 'alias'].includes(name)),
            ),
          );
          note(`${metadata.name}: ${chainOf(rules, chain)}`);
        }
        const [first] = await cluster.nodes();
        const services = servicesInRules(await cluster.proxyRules(first?.metadata.name ?? ''), cluster.namespace);
        note(`tienen reglas: ${services.join(', ')}; los Pods de web están en ${[...countByNode(pods).keys()].join(', ')}`);
      },
      {
        points: 1,
        needs: { proxyRules: true },
        hints: [
          '¿En qué nodos harían falta las reglas si nadie las usara en los demás?',
          '¿Qué proceso las escribe, y por qué no hace falta que esté vivo para que funcionen?',
        ],
      },
    ),
    // #endregion
  ],
  challenge: {
    title: 'Cinco puertas',
    brief:
      'La tienda está puesta y nadie llega bien a ella. En retos/05/ hay cinco Services a medias: «tienda» debe llevar a los Pods de la tienda y no a los de la trastienda; «puerta», abrirse en cada nodo; «caja», devolver a cada cliente a su Pod; «mostradores», dar la dirección y el puerto http de cada Pod; y «banco», ser otro nombre de kubernetes.default.',
    given: ['app.yaml', 'cliente.yaml', 'tienda.yaml'],
    steps: [
      step(
        'dentro',
        'tienda lleva a los tres Pods de la tienda, y nunca a la trastienda',
        async ({ cluster, eventually, consistently }) => {
          const pods = await shopPods(cluster, eventually);
          const slices = () => cluster.list(EndpointSlice, slicesOf('tienda'));
          await eventually(slices, endpointsAre(readyPodAddresses(pods)), { within: '15s' });
          // Un selector de más podría tardar en notarse.
          await consistently(slices, endpointsAre(readyPodAddresses(pods)), { during: '3s' });
          await eventually(() => whoAnswers(cluster, 'cliente', 'http://tienda/', 30), answeredBy(names(pods)), { within: '20s' });
        },
        { points: 1, hints: ['¿Qué etiquetas comparten los Pods de la tienda y el de la trastienda?', '¿Basta con una etiqueta en el selector?'] },
      ),
      step(
        'fuera',
        'puerta contesta en la IP de cada nodo',
        async ({ cluster, eventually, expect }) => {
          const pods = await shopPods(cluster, eventually);
          const port = nodePortOf(await cluster.get(Service, 'puerta'));
          expect(
            port,
            satisfies<number>('spec.ports[0].nodePort', 'un puerto de 30000 a 32767', (number) => number >= 30_000 && number <= 32_767),
          );
          const fromShop = satisfies<string[]>('quién contesta en cada nodo', 'un Pod de la tienda', (found) =>
            found.every((line) => names(pods).some((name) => line.endsWith(`: ${name}`))),
          );
          await eventually(() => askEveryNode(cluster, port), fromShop, { within: '20s' });
        },
        { points: 1, hints: ['¿Qué type abre un puerto en cada nodo?', '¿En qué puerto escucha de verdad la aplicación?'] },
      ),
      step(
        'fiel',
        'caja devuelve a cada cliente a su Pod',
        async ({ cluster, eventually, expect }) => {
          const pods = await shopPods(cluster, eventually);
          expect(await cluster.get(Service, 'caja'), hasFields({ spec: { sessionAffinity: 'ClientIP' } }));
          await eventually(() => whoAnswers(cluster, 'cliente', 'http://caja/', 20), allOf(alwaysTheSame(), onlyPods(pods)), { within: '20s' });
        },
        { points: 1, hints: ['¿Qué campo del Service recuerda a cada cliente?', '¿Por qué lo reconoce?'] },
      ),
      step(
        'uno-a-uno',
        'mostradores da en el DNS la dirección de cada Pod, y su puerto http',
        async ({ cluster, eventually }) => {
          const pods = await shopPods(cluster, eventually);
          const own = fullName(cluster, 'mostradores');
          const addresses = readyPodAddresses(pods);
          await eventually(() => lookUp(cluster, 'A', own), dnsSays(own, sorted(addresses)), { within: '60s' });
          const port = `_http._tcp.${own}`;
          const records = sorted(addresses.map((address) => `8080 ${address.replaceAll('.', '-')}.${own}`));
          await eventually(() => lookUp(cluster, 'SRV', port), dnsSays(port, records), { within: '60s' });
        },
        { points: 2, hints: ['¿Qué valor de clusterIP dice «no quiero ninguna»?', '¿De dónde sale el «_http» de un registro SRV?'] },
      ),
      step(
        'alias',
        'banco es otro nombre de kubernetes.default',
        async ({ cluster, eventually }) => {
          const own = fullName(cluster, 'banco');
          const target = 'kubernetes.default.svc.cluster.local';
          await eventually(() => lookUp(cluster, 'CNAME', own), dnsSays(own, target), { within: '60s' });
        },
        { points: 1, hints: ['¿Qué type no tiene IP ni endpoints, solo un nombre?', '¿Vale el nombre corto, o tiene que ser el completo?'] },
      ),
    ],
    wrong: {
      'selector-ancho': {
        fails: 'dentro',
        why: 'El selector solo mira app: tienda, y la trastienda también lo lleva: uno de cada cuatro clientes acaba en ella.',
      },
      'otro-puerto': { fails: 'fuera', why: 'targetPort es el puerto del Pod, no el del Service: en el 80 del Pod no escucha nadie.' },
      'puerto-sin-nombre': { fails: 'uno-a-uno', why: 'Las direcciones están, pero un puerto sin nombre no tiene registro SRV.' },
    },
  },
});
