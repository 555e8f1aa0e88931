// cspell:ignore todavia
import { describe, expect, it } from 'vitest';
import type { LabEvent } from '../engine/ports.ts';
import { memoryScreen } from '../testing/memory-screen.ts';
import { createRenderer } from './renderer.ts';

const lab = '07';
const started: LabEvent = {
  at: 0,
  kind: 'labStarted',
  lab,
  title: 'Identidad estable en un StatefulSet',
  mode: 'demo',
  target: 'maqueta (Kubernetes simulado)',
  targetId: 'maqueta',
  serverVersion: 'v1.37.1',
  namespace: 'lab-07-maqueta',
  isVirtual: true,
  steps: [
    { id: 'orden', title: 'web-0, web-1 y web-2 quedan Ready, en ese orden', points: 2 },
    { id: 'volumen', title: 'web-1 vuelve con el mismo nombre y el mismo volumen', points: 1 },
  ],
};
const story: LabEvent[] = [
  started,
  { at: 0, kind: 'stepStarted', lab, stepId: 'orden', title: 'web-0, web-1 y web-2 quedan Ready, en ese orden' },
  {
    at: 6100,
    kind: 'stepWaiting',
    lab,
    stepId: 'orden',
    expected: '3 Pods Ready',
    found: 'status.readyReplicas: hay 1, se esperaba 3',
    within: 60_000,
    elapsed: 6100,
  },
  {
    at: 18_000,
    kind: 'stepWaiting',
    lab,
    stepId: 'orden',
    expected: '3 Pods Ready',
    found: 'status.readyReplicas: hay 2, se esperaba 3',
    within: 60_000,
    elapsed: 18_000,
  },
  { at: 18_400, kind: 'stepNote', lab, stepId: 'orden', text: '00:03 web-0 Ready   00:10 web-1 Ready   00:17 web-2 Ready' },
  { at: 18_400, kind: 'stepEnded', lab, stepId: 'orden', title: 'web-0, web-1 y web-2 quedan Ready, en ese orden', result: 'ok', took: 18_400, points: 2 },
  { at: 18_400, kind: 'stepStarted', lab, stepId: 'volumen', title: 'web-1 vuelve con el mismo nombre y el mismo volumen' },
  {
    at: 78_400,
    kind: 'stepEnded',
    lab,
    stepId: 'volumen',
    title: 'web-1 vuelve con el mismo nombre y el mismo volumen',
    result: 'notYet',
    took: 60_000,
    points: 1,
    failure: {
      mismatch: {
        object: 'StatefulSet apps/v1 · lab-07-maqueta/web',
        path: 'status.readyReplicas',
        expected: '3',
        found: '1',
        diff: [' status:', '-  readyReplicas: 3', '+  readyReplicas: 1'],
      },
      message: 'Pasaron 1 min 0 s y no se cumple: 3 réplicas listas.',
      events: ['09:00:14 Warning FailedScheduling (x4) web-1: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.'],
      reading: 'web-1 espera un volumen que nadie le da.',
      command: 'kubectl --context minikube -n lab-07-maqueta describe statefulset web',
    },
  },
  { at: 78_400, kind: 'labEnded', lab, outcome: 'notYet', passed: 1, total: 2, skipped: 0, points: 2, maxPoints: 3, took: 78_400, namespace: 'lab-07-maqueta' },
];

function draw(screen: ReturnType<typeof memoryScreen>, events: readonly LabEvent[] = story, { close = true } = {}) {
  const renderer = createRenderer(screen);
  renderer.open({ id: lab, title: 'Identidad estable en un StatefulSet', mode: 'demo' });
  for (const event of events) renderer.emit(event);
  if (close) renderer.close();
  return screen;
}

describe('terminal', () => {
  it('lo terminado se queda, con su tiempo, y lo que falla se explica', () => {
    expect(draw(memoryScreen({ isTTY: true })).visible()).toMatchInlineSnapshot(`
      "Laboratorio 07 · Identidad estable en un StatefulSet
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-07-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        ✔ web-0, web-1 y web-2 quedan Ready, en ese orden          18,4 s   2 puntos
            00:03 web-0 Ready   00:10 web-1 Ready   00:17 web-2 Ready
        ✖ web-1 vuelve con el mismo nombre y el mismo volumen   1 min 0 s   todavía no
            StatefulSet apps/v1 · lab-07-maqueta/web
            · status.readyReplicas: hay 1, se espera 3
              --- esperado
              +++ encontrado
               status:
              -  readyReplicas: 3
              +  readyReplicas: 1
            Pasaron 1 min 0 s y no se cumple: 3 réplicas listas.
              09:00:14 Warning FailedScheduling (x4) web-1: 0/1 nodes are available:
                pod has unbound immediate PersistentVolumeClaims.
            Por qué: web-1 espera un volumen que nadie le da.
            Prueba:  kubectl --context minikube -n lab-07-maqueta describe statefulset web

      "
    `);
  });

  it('la línea en curso se reescribe, con lo último que se sabe debajo', () => {
    const screen = draw(memoryScreen({ isTTY: true }), story.slice(0, 4), { close: false });
    expect(screen.visible()).toMatchInlineSnapshot(`
      "Laboratorio 07 · Identidad estable en un StatefulSet
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-07-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        ⠸ web-0, web-1 y web-2 quedan Ready, en ese orden  18,0 s de 1 min 0 s
            ahora: status.readyReplicas: hay 2, se esperaba 3
      "
    `);
  });

  it('devuelve el cursor al cerrar, y solo una vez', () => {
    const screen = draw(memoryScreen({ isTTY: true }), story.slice(0, 4));
    expect(screen.stdout().split('\u001B[?25l').length - 1).toBe(1);
    expect(screen.stdout().endsWith('\u001B[?25h')).toBe(true);
    expect(screen.visible()).toBe(draw(memoryScreen({ isTTY: true }), story.slice(0, 1)).visible());
  });

  it('con 40 columnas el tiempo baja a su línea y ninguna palabra se parte', () => {
    expect(draw(memoryScreen({ isTTY: true, columns: 40 })).visible()).toMatchInlineSnapshot(`
      "Laboratorio 07 · Identidad estable en un
      StatefulSet
      maqueta (Kubernetes simulado) ·
      Kubernetes v1.37.1 · espacio
      lab-07-maqueta
      Los tiempos son virtuales, del reloj de
      la maqueta.

      ✔ web-0, web-1 y web-2 quedan Ready, en
        ese orden
        18,4 s
        00:03 web-0 Ready   00:10 web-1 Ready
        00:17 web-2 Ready
      ✖ web-1 vuelve con el mismo nombre y el
        mismo volumen
        todavía no, 1 min 0 s
        StatefulSet apps/v1 · lab-07-maqueta/web
        · status.readyReplicas: hay 1, se
          espera 3
          --- esperado
          +++ encontrado
           status:
          -  readyReplicas: 3
          +  readyReplicas: 1
        Pasaron 1 min 0 s y no se cumple: 3
        réplicas listas.
          09:00:14 Warning FailedScheduling
            (x4) web-1: 0/1 nodes are
            available: pod has unbound
            immediate PersistentVolumeClaims.
        Por qué: web-1 espera un volumen que
        nadie le da.
        Prueba:  kubectl --context minikube -n lab-07-maqueta describe statefulset web

      "
    `);
  });

  it('con 40 columnas la línea en curso cabe en una fila: si saltara, el borrado fallaría', () => {
    const screen = draw(memoryScreen({ isTTY: true, columns: 40 }), story.slice(0, 4), { close: false });
    const busy = screen.visible().trimEnd().split('\n').slice(-2);
    expect(busy).toMatchInlineSnapshot(`
      [
        "  ⠸ web-0, web-1 …  18,0 s de 1 min 0 s",
        "      ahora: status.readyReplicas: hay…",
      ]
    `);
    expect(busy.every((line) => line.length < 40)).toBe(true);
  });

  it('sin Unicode, palabras y corchetes', () => {
    const screen = draw(memoryScreen({ isTTY: true, env: { LANG: 'C', NO_COLOR: '1' } }));
    expect(screen.visible()).toMatchInlineSnapshot(`
      "Laboratorio 07 - Identidad estable en un StatefulSet
      maqueta (Kubernetes simulado) - Kubernetes v1.37.1 - espacio lab-07-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        [ok] web-0, web-1 y web-2 quedan Ready, en ese orden       18,4 s   2 puntos
            00:03 web-0 Ready   00:10 web-1 Ready   00:17 web-2 Ready
        [no] web-1 vuelve con el mismo nombre y el mismo        1 min 0 s   todavia no
             volumen
            StatefulSet apps/v1 - lab-07-maqueta/web
            - status.readyReplicas: hay 1, se espera 3
              --- esperado
              +++ encontrado
               status:
              -  readyReplicas: 3
              +  readyReplicas: 1
            Pasaron 1 min 0 s y no se cumple: 3 replicas listas.
              09:00:14 Warning FailedScheduling (x4) web-1: 0/1 nodes are available:
                pod has unbound immediate PersistentVolumeClaims.
            Por que: web-1 espera un volumen que nadie le da.
            Prueba:  kubectl --context minikube -n lab-07-maqueta describe statefulset web

      "
    `);
    expect(screen.stdout()).not.toMatch(/[^\n\r -~\u001B]/);
  });

  it('con NO_COLOR no hay un solo color', () => {
    const colors = /\u001B\[\d+m/g;
    expect(
      draw(memoryScreen({ isTTY: true }))
        .stdout()
        .match(colors),
    ).not.toBeNull();
    expect(
      draw(memoryScreen({ isTTY: true, env: { NO_COLOR: '1' } }))
        .stdout()
        .match(colors),
    ).toBeNull();
  });
});

describe('CI o tubería', () => {
  it('una línea por suceso, nada se reescribe y una espera repetida no se repite', () => {
    const repeated = [...story.slice(0, 3), ...story.slice(2)];
    expect(draw(memoryScreen(), repeated).stdout()).toMatchInlineSnapshot(`
      "Laboratorio 07 · Identidad estable en un StatefulSet
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-07-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.
      00:00 lab-07 orden        EMPIEZA web-0, web-1 y web-2 quedan Ready, en ese orden
      00:06 lab-07 orden        ESPERA  status.readyReplicas: hay 1, se esperaba 3
      00:18 lab-07 orden        ESPERA  status.readyReplicas: hay 2, se esperaba 3
      00:18 lab-07 orden        VISTO   00:03 web-0 Ready   00:10 web-1 Ready   00:17 web-2 Ready
      00:18 lab-07 orden        SI      web-0, web-1 y web-2 quedan Ready, en ese orden (18,4 s del reloj de la maqueta)
      00:18 lab-07 volumen      EMPIEZA web-1 vuelve con el mismo nombre y el mismo volumen
      01:18 lab-07 volumen      NO      web-1 vuelve con el mismo nombre y el mismo volumen (1 min 0 s del reloj de la maqueta)
              StatefulSet apps/v1 · lab-07-maqueta/web
              · status.readyReplicas: hay 1, se espera 3
                --- esperado
                +++ encontrado
                 status:
                -  readyReplicas: 3
                +  readyReplicas: 1
              Pasaron 1 min 0 s y no se cumple: 3 réplicas listas.
                09:00:14 Warning FailedScheduling (x4) web-1: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.
              Por qué: web-1 espera un volumen que nadie le da.
              Prueba:  kubectl --context minikube -n lab-07-maqueta describe statefulset web
      01:18 lab-07 fin          NO      1 de 2 comprobaciones, código 1
      "
    `);
  });

  it('la variable CI manda sobre la terminal', () => {
    expect(memoryScreen({ isTTY: true, env: { CI: 'true' } }).style).toBe('columns');
    expect(memoryScreen({ isTTY: true, env: { CI: 'false' } }).style).toBe('interactive');
    expect(memoryScreen({ isTTY: true, env: { TERM: 'dumb' } }).style).toBe('columns');
  });
});

describe('lector de pantalla', () => {
  it('frases completas, sin signos; la espera habla cada 10 s y solo si algo cambia', () => {
    expect(draw(memoryScreen({ isTTY: true, format: 'reader' })).stdout()).toMatchInlineSnapshot(`
      "Laboratorio 07: Identidad estable en un StatefulSet.
      maqueta (Kubernetes simulado), Kubernetes v1.37.1, espacio lab-07-maqueta.
      Los tiempos son virtuales, del reloj de la maqueta.
      Paso 1 de 2. web-0, web-1 y web-2 quedan Ready, en ese orden.
      A los 18 segundos, de 1 minuto como mucho: status.readyReplicas: hay 2, se esperaba 3.
      00:03 web-0 Ready 00:10 web-1 Ready 00:17 web-2 Ready.
      Paso 1 de 2, hecho en 18,4 segundos del reloj de la maqueta.
      Paso 2 de 2. web-1 vuelve con el mismo nombre y el mismo volumen.
      Paso 2 de 2, todavía no, tras 1 minuto del reloj de la maqueta.
      Objeto: StatefulSet apps/v1 · lab-07-maqueta/web.
      Campo status.readyReplicas: hay 1, se espera 3.
      Pasaron 1 min 0 s y no se cumple: 3 réplicas listas.
      Suceso: 09:00:14 Warning FailedScheduling (x4) web-1: 0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.
      Por qué: web-1 espera un volumen que nadie le da.
      Prueba:  kubectl --context minikube -n lab-07-maqueta describe statefulset web
      "
    `);
  });
});

describe('json', () => {
  it('los mismos sucesos, uno por línea, y nada más', () => {
    const lines = draw(memoryScreen({ isTTY: true, format: 'json' }))
      .stdout()
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(story);
  });
});

describe('un paso que el destino no puede probar', () => {
  const skipped: LabEvent[] = [
    started,
    {
      at: 0,
      kind: 'stepEnded',
      lab,
      stepId: 'orden',
      title: 'Se reparten',
      result: 'skipped',
      took: 0,
      points: 1,
      needs: '2 nodos donde poner Pods; aquí hay 1',
    },
  ];
  const last = (screen: ReturnType<typeof memoryScreen>, lines: number) => draw(screen, skipped).visible().trimEnd().split('\n').slice(-lines);

  it('lo dice en la terminal, en una tubería y al lector', () => {
    expect(last(memoryScreen({ isTTY: true }), 2)).toEqual([
      `  – Se reparten${' '.repeat(48)}no se prueba aquí`,
      '      Necesita 2 nodos donde poner Pods; aquí hay 1.',
    ]);
    expect(last(memoryScreen(), 1)).toEqual(['00:00 lab-07 orden        SALTADO necesita 2 nodos donde poner Pods; aquí hay 1']);
    expect(last(memoryScreen({ format: 'reader' }), 1)).toEqual(['Paso 1 de 2, no se prueba aquí: necesita 2 nodos donde poner Pods; aquí hay 1.']);
  });
});
