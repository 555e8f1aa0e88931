import { expect, test } from 'vitest';
import { parseManifest } from './cluster/parse-manifest.ts';
import { exists, podCount, replicasReady } from './engine/checks.ts';
import { Deployment } from './engine/kinds.ts';
import { LabError } from './engine/lab-error.ts';
import { defineLab, type LabDefinition, type Step, step } from './lab.ts';
import type { ManifestSource } from './lab-cluster.ts';
import { runLab } from './run-lab.ts';
import { createFakeClock } from './testing/fake-clock.ts';
import { createFakeCluster } from './testing/fake-cluster.ts';
import { createMemoryOutput } from './testing/memory-output.ts';

const hints = ['¿?'];
const passes = step('pasa', 'Pasa', async ({ note }) => note('visto'), { points: 2, hints });
const waits = step(
  'espera',
  'Llegan tres réplicas',
  async ({ cluster, eventually }) => void (await eventually(() => cluster.get(Deployment, 'web'), replicasReady(3), { within: '2s' })),
  { points: 1, hints },
);
const breaks = step(
  'rompe',
  'No aparece ninguno',
  async ({ cluster, consistently }) => void (await consistently(() => cluster.pods('app=web'), podCount(0), { during: '2s' })),
  { points: 1, hints },
);

const labWith = (steps: Step[], more: Partial<LabDefinition> = {}): LabDefinition =>
  defineLab({
    id: '04',
    slug: 'prueba',
    title: 'Prueba',
    proves: 'Nada',
    needs: {},
    images: [],
    steps,
    challenge: { title: 'Reto', brief: '', given: ['dado.yaml'], steps, wrong: {} },
    ...more,
  });

const manifests: ManifestSource = {
  read: async (file) => parseManifest('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dado }\n', file),
  answers: async () => parseManifest('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n', 'web.yaml'),
};

function createWorld() {
  const clock = createFakeClock();
  const target = createFakeCluster(clock);
  const output = createMemoryOutput();
  const stop = new AbortController();
  const run = (lab: LabDefinition, mode: 'demo' | 'challenge' = 'demo') =>
    runLab({ lab, mode, target, output, signal: stop.signal, manifests, suffix: '7x2k' });
  return { clock, target, output, stop, run };
}

test('crea un espacio nuevo con su etiqueta, corre los pasos y lo cuenta', async () => {
  const { target, output, run } = createWorld();
  const outcome = await run(labWith([passes]));
  expect(target.done).toEqual(['createNamespace lab-04-7x2k {"bitacora.lab":"04"}']);
  expect(outcome).toMatchObject({ outcome: 'done', namespace: 'lab-04-7x2k', passed: 1, total: 1, points: 2, maxPoints: 2 });
  expect(output.events.map(({ kind }) => kind)).toEqual(['labStarted', 'stepStarted', 'stepNote', 'stepEnded', 'labEnded']);
});

test('la demostración se para en el primer paso que no pasa', async () => {
  const { run } = createWorld();
  const outcome = await run(labWith([waits, passes]));
  expect(outcome.steps.map(({ stepId, result }) => `${stepId} ${result}`)).toEqual(['espera notYet']);
  expect(outcome).toMatchObject({ outcome: 'notYet', passed: 0, total: 2, points: 0, maxPoints: 3 });
});

test('el reto corre todos los pasos y suma los puntos de los que pasan', async () => {
  const { target, run } = createWorld();
  const outcome = await run(labWith([waits, passes]), 'challenge');
  expect(target.done.slice(1)).toEqual(['apply dado.yaml (dryRun)', 'apply web.yaml (dryRun)', 'apply dado.yaml', 'apply web.yaml']);
  expect(outcome.steps.map(({ stepId, result }) => `${stepId} ${result}`)).toEqual(['espera notYet', 'pasa ok']);
  expect(outcome).toMatchObject({ outcome: 'notYet', passed: 1, points: 2 });
});

test('un fallo lleva el campo, los sucesos del objeto, su lectura y la orden para seguir mirando', async () => {
  const { target, run } = createWorld();
  for (let index = 0; index < 10; index++) {
    target.put({
      kind: 'Event',
      type: 'Warning',
      reason: 'FailedScheduling',
      message: `0/4 nodes are available: ${index} Insufficient memory.`,
      count: index + 1,
      lastTimestamp: `2026-11-20T09:00:1${index}Z`,
      involvedObject: { kind: 'Pod', name: 'web-abc' },
      metadata: { name: `e${index}`, namespace: 'lab-04-7x2k' },
    });
  }
  target.put({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'lab-04-7x2k', generation: 1 },
    status: { observedGeneration: 1, updatedReplicas: 3, readyReplicas: 1 },
  });
  const [failed] = (await run(labWith([waits]))).steps;
  expect(failed?.failure).toMatchObject({
    message: 'Pasaron 2,0 s y no se cumple: 3 réplicas listas. Lo último: status.readyReplicas: hay 1, se esperaba 3.',
    mismatch: { object: 'Deployment apps/v1 · lab-04-7x2k/web', path: 'status.readyReplicas', expected: '3', found: '1' },
    command: 'kubectl --context falso -n lab-04-7x2k describe deployment web',
    reading: 'Ningún nodo tiene libre lo que el Pod pide en requests.',
  });
  expect(failed?.failure?.events).toHaveLength(8);
  expect(failed?.failure?.events.at(-1)).toBe('09:00:19 Warning FailedScheduling (x10) web-abc: 0/4 nodes are available: 9 Insufficient memory.');
});

test('algo que no debía pasar se cuenta como roto', async () => {
  const { clock, target, run } = createWorld();
  clock.at(1000, () => target.put({ kind: 'Pod', metadata: { name: 'web-0', namespace: 'lab-04-7x2k', labels: { app: 'web' } } }));
  expect((await run(labWith([breaks]))).steps[0]).toMatchObject({ result: 'broken', took: 1000 });
});

test('un watch abierto antes de actuar ve lo que pasa después, con su instante', async () => {
  const { clock, target, output, run } = createWorld();
  clock.at(500, () => target.put({ kind: 'Pod', metadata: { name: 'web-0', namespace: 'lab-04-7x2k' } }));
  clock.at(900, () => target.remove('Pod', 'web-0'));
  const watching = step(
    'mira',
    'Mira',
    async ({ timeline, cluster, eventually, consistently, note }) => {
      const pods = await timeline({ apiVersion: 'v1', kind: 'Pod' });
      await eventually(() => cluster.pod('web-0'), exists(), { within: '5s' });
      await consistently(() => cluster.nodes(), podCount(0), { during: '2s' });
      note(pods.seen().map(({ at, type }) => `${at} ${type}`).join(', ')); // biome-ignore format: en una línea se lee mejor
    },
    { points: 1, hints },
  );
  await run(labWith([watching]));
  expect(output.of('stepNote').map(({ text }) => text)).toEqual(['500 added, 900 deleted']);
});

test('un paso que pide más nodos de los que hay se salta diciéndolo, y saltarlos todos no es hacerlo', async () => {
  const { target, run } = createWorld();
  target.put({ kind: 'Node', metadata: { name: 'n1' } });
  target.put({ kind: 'Node', metadata: { name: 'n2' }, spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] } });
  const needy = step('reparto', 'Reparto', async () => undefined, { points: 1, hints, needs: { nodes: 2 } });
  expect(await run(labWith([needy, passes]))).toMatchObject({ outcome: 'done', passed: 1, skipped: 1, points: 2, maxPoints: 3 });
  const alone = await run(labWith([needy]));
  expect(alone.outcome).toBe('notYet');
  expect(alone.steps[0]).toMatchObject({ result: 'skipped', needs: '2 nodos donde poner Pods; aquí hay 1' });
});

test('un paso que apaga un nodo se salta, diciéndolo, donde no se sabe apagar', async () => {
  const { target, run } = createWorld();
  const outage = step('apagon', 'Apagón', ({ cluster }) => cluster.powerOff('n1'), { points: 1, hints, needs: { power: true } });
  const without = await run(labWith([outage, passes]));
  expect(without.steps[0]).toMatchObject({ result: 'skipped', needs: 'apagar la máquina de un nodo; en clúster falso no sé hacerlo' });
  expect(target.done).not.toContain('powerOff n1');
  target.put({ kind: 'Node', metadata: { name: 'n1' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  Object.assign(target, { hasPower: true });
  expect((await run(labWith([outage, passes]))).steps[0]).toMatchObject({ result: 'ok' });
  expect(target.done).toContain('powerOn n1');
});

test('un paso que necesita quien dé dirección a los LoadBalancer se salta si no hay nadie', async () => {
  const { target, run } = createWorld();
  const balanced = step('puerta', 'Puerta', async () => {}, { points: 1, hints, needs: { loadBalancer: true } });
  const without = await run(labWith([balanced, passes]));
  expect(without.steps[0]).toMatchObject({ result: 'skipped', needs: 'quien dé dirección a los LoadBalancer; en clúster falso no hay nadie' });
  target.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'controller', namespace: 'metallb-system' } });
  expect((await run(labWith([balanced, passes]))).steps[0]).toMatchObject({ result: 'ok' });
});

test('un paso que lee las reglas de un nodo se salta, diciéndolo, donde no se puede entrar en él', async () => {
  const { target, run } = createWorld();
  const read: string[] = [];
  const rules = step('reglas', 'Reglas', async ({ cluster }) => void read.push(await cluster.proxyRules('n1')), {
    points: 1,
    hints,
    needs: { proxyRules: true },
  });
  const without = await run(labWith([rules, passes]));
  expect(without.steps[0]).toMatchObject({ result: 'skipped', needs: 'leer las reglas de kube-proxy dentro de un nodo; en clúster falso no sé hacerlo' });
  Object.assign(target, { proxyRules: async (node: string) => `reglas de ${node}` });
  expect((await run(labWith([rules, passes]))).steps[0]).toMatchObject({ result: 'ok' });
  expect(read).toEqual(['reglas de n1']);
});

test('si al destino le falta lo que el laboratorio necesita, no se crea nada', async () => {
  const { target, run } = createWorld();
  await expect(run(labWith([passes], { needs: { storageClass: true } }))).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'Este laboratorio necesita una StorageClass por defecto y clúster falso no la tiene.',
  });
  target.put({ kind: 'StorageClass', metadata: { name: 's', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } } });
  await expect(run(labWith([passes], { needs: { storageClass: true, nodes: 1 } }))).rejects.toMatchObject({ code: 'ENVIRONMENT' });
  expect(target.done).toEqual([]);
});

test('la clase de un solo nodo de minikube, con varios, se explica y no se sigue', async () => {
  const { target, run } = createWorld();
  Object.assign(target, { id: 'minikube', title: 'minikube', kubectlArguments: ['--context', 'minikube'] });
  target.put({
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'k8s.io/minikube-hostpath',
  });
  target.put({ kind: 'Node', metadata: { name: 'minikube' } });
  expect((await run(labWith([passes], { needs: { storageClass: true } }))).outcome).toBe('done');
  target.done.length = 0;
  target.put({ kind: 'Node', metadata: { name: 'minikube-m02' } });
  await expect(run(labWith([passes], { needs: { storageClass: true } }))).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message:
      'La StorageClass por defecto de minikube, standard, guarda cada volumen en la carpeta de un nodo y no dice de cuál; con 2 nodos, un Pod que cambie de nodo perdería de vista sus datos.',
    fix: 'minikube addons enable storage-provisioner-rancher',
    instead: 'npm run -s lab 04 maqueta',
  });
  expect(target.done).toEqual([]);
  expect((await run(labWith([passes]))).outcome).toBe('done');
});

test('en el taller un paso que pide más nodos, o una imagen que no tiene, no se saltan: se piden antes de empezar', async () => {
  const { target, run } = createWorld();
  Object.assign(target, { id: 'taller', title: 'taller', images: [{ name: 'node:24', from: '', bytes: 1 }] });
  target.put({ kind: 'Node', metadata: { name: 'n1' } });
  const needy = step('reparto', 'Reparto', async () => undefined, { points: 1, hints, needs: { nodes: 3 } });
  await expect(run(labWith([needy, passes]))).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'Este laboratorio necesita 3 nodos donde poner Pods y taller tiene 1.',
    fix: 'npm run taller nodos 3',
  });
  for (const name of ['n2', 'n3']) target.put({ kind: 'Node', metadata: { name }, spec: { unschedulable: true } });
  await expect(run(labWith([needy, passes]))).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'Este laboratorio necesita 3 nodos donde poner Pods y taller tiene 1: de sus 3, los demás los rechazan (taint o cordón).',
    fix: 'kubectl --context falso describe nodes',
  });
  await expect(run(labWith([passes], { images: ['node:24', 'redis:8', 'mariadb:11.8'] }))).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'Este laboratorio usa redis:8, mariadb:11.8 y taller no las tiene.',
    fix: 'npm run taller imagenes',
  });
  expect(target.done).toEqual([]);
});

test('si el destino desaparece a mitad, se corta ahí sin contarlo como un paso que no pasa ni encender nada en él', async () => {
  const { target, output, run } = createWorld();
  const lost = new LabError('El taller ha desaparecido.', { code: 'LOST', fix: 'npm run taller' });
  const dies = step(
    'muere',
    'Muere',
    async ({ cluster, eventually }) => {
      await cluster.powerOff('n1');
      await eventually(() => Promise.reject(lost), exists(), { within: '60s' });
    },
    { points: 1, hints },
  );
  target.put({ kind: 'Node', metadata: { name: 'n1' } });
  await expect(run(labWith([dies, passes]))).rejects.toBe(lost);
  expect(target.done).toEqual(['createNamespace lab-04-7x2k {"bitacora.lab":"04"}', 'powerOff n1']);
  expect(output.of('stepEnded')).toEqual([]);
});

test('si el servidor rechaza lo escrito por quien aprende, el espacio no se deja atrás', async () => {
  const { target, run } = createWorld();
  target.before = (action) => {
    if (action === 'apply web.yaml (dryRun)') throw new LabError('spec.replicass: no existe', { code: 'MANIFEST', where: 'web.yaml:5' });
  };
  await expect(run(labWith([passes]), 'challenge')).rejects.toMatchObject({ code: 'MANIFEST', where: 'web.yaml:5' });
  expect(target.done.at(-1)).toBe('delete Namespace lab-04-7x2k');
});

test('un YAML ilegible se dice antes de tocar el clúster', async () => {
  const { target, output, stop } = createWorld();
  const broken: ManifestSource = { ...manifests, answers: async () => parseManifest('a: [', 'web.yaml') };
  await expect(
    runLab({ lab: labWith([passes]), mode: 'challenge', target, output, signal: stop.signal, manifests: broken, suffix: '7x2k' }),
  ).rejects.toMatchObject({ code: 'MANIFEST' });
  expect(target.done).toEqual([]);
});

test('Ctrl-C corta el laboratorio y un fallo nuestro sale con su traza', async () => {
  const { clock, stop, run } = createWorld();
  clock.at(1000, () => stop.abort());
  await expect(run(labWith([waits]))).rejects.toMatchObject({ code: 'ABORTED' });
  const bug = new TypeError('x');
  await expect(createWorld().run(labWith([step('b', 'B', () => Promise.reject(bug), { points: 1, hints })]))).rejects.toBe(bug);
});
