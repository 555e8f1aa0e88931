// cspell:ignore inigo anadelo
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { LabError } from '../engine/lab-error.ts';
import { fakeProject, testLab } from '../testing/fake-environment.ts';
import { fakeTarget } from '../testing/fake-target.ts';

const projects: string[] = [];
const project = (...options: Parameters<typeof fakeProject>) => {
  const made = fakeProject(...options);
  projects.push(made.root);
  return made;
};
afterEach(() => {
  for (const root of projects.splice(0)) rmSync(root, { recursive: true, force: true });
});
const failing = testLab(() => false);

describe('lab 04', () => {
  it('pasa: lo dice, lo anota y da la orden siguiente', async () => {
    const { lab } = project();
    const { exitCode, stdout, stderr } = await lab('04', { isTTY: true });
    expect(stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 · Laboratorio de prueba
      No se usa minikube: minikube no está instalado. Se usa la maqueta.
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-04-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        ✔ El primero pasa                                           0,0 s   1 punto
            visto: añádelo
        ✔ El segundo depende                                        0,0 s   2 puntos

      Hecho ✔  2 de 2 comprobaciones en 0,0 s del reloj de la maqueta (1,0 s de
      verdad). Anotado en tu bitácora.
      Progreso [###################>]  1/1      Sigue: npm run -s lab 04 reto
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('todavía no: código 1, el porqué y la pista', async () => {
    const { exitCode, stdout } = await project().lab('04 maqueta', { isTTY: true, lab: failing });
    expect(stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 · Laboratorio de prueba
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-04-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        ✔ El primero pasa                                           0,0 s   1 punto
            visto: añádelo
        ✖ El segundo depende                                        2,0 s   todavía no
            Pasaron 2,0 s y no se cumple: que pase. Lo último: spec.pasa: hay no, se
            esperaba sí.

      Pista 1 de 2:  npm run -s lab 04 pista

      Todavía no: 1 de 2 comprobaciones pasa. Se guardó este intento (n.º 1) en tu
      bitácora.
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
    expect(exitCode).toBe(1);
  });

  it('en una tubería', async () => {
    expect((await project().lab('04 maqueta')).stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 · Laboratorio de prueba
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-04-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.
      00:00 lab-04 uno          EMPIEZA El primero pasa
      00:00 lab-04 uno          VISTO   visto: añádelo
      00:00 lab-04 uno          SI      El primero pasa (0,0 s del reloj de la maqueta)
      00:00 lab-04 dos          EMPIEZA El segundo depende
      00:00 lab-04 dos          SI      El segundo depende (0,0 s del reloj de la maqueta)
      00:00 lab-04 fin          SI      2 de 2 comprobaciones, código 0
      Hecho ✔  2 de 2 comprobaciones en 0,0 s del reloj de la maqueta (1,0 s de verdad). Anotado en tu bitácora.
      Progreso [###################>]  1/1      Sigue: npm run -s lab 04 reto
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
  });

  it('con plano, frases', async () => {
    expect((await project().lab('04 plano maqueta')).stdout).toMatchInlineSnapshot(`
      "Laboratorio 04: Laboratorio de prueba.
      maqueta (Kubernetes simulado), Kubernetes v1.37.1, espacio lab-04-maqueta.
      Los tiempos son virtuales, del reloj de la maqueta.
      Paso 1 de 2. El primero pasa.
      visto: añádelo.
      Paso 1 de 2, hecho en 0 segundos del reloj de la maqueta.
      Paso 2 de 2. El segundo depende.
      Paso 2 de 2, hecho en 0 segundos del reloj de la maqueta.
      Hecho: 2 de 2 comprobaciones en 0 segundos del reloj de la maqueta (1 segundo de verdad). Anotado en tu bitácora.
      Progreso: 1 de 1 laboratorios.
      Sigue: npm run -s lab 04 reto
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
  });

  it('con 40 columnas', async () => {
    expect((await project().lab('04 maqueta', { isTTY: true, columns: 40 })).stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 · Laboratorio de prueba
      maqueta (Kubernetes simulado) ·
      Kubernetes v1.37.1 · espacio
      lab-04-maqueta
      Los tiempos son virtuales, del reloj de
      la maqueta.

      ✔ El primero pasa
        0,0 s
        visto: añádelo
      ✔ El segundo depende
        0,0 s

      Hecho ✔  2 de 2 comprobaciones en 0,0 s
      del reloj de la maqueta (1,0 s
      de verdad). Anotado en tu
      bitácora.
      Progreso [###################>]  1/1
      Sigue: npm run -s lab 04 reto
      La maqueta desaparece con el programa:
      no queda nada que limpiar.
      "
    `);
  });

  it('sin Unicode', async () => {
    expect((await project().lab('04 maqueta', { isTTY: true, env: { LANG: 'C', NO_COLOR: '1' } })).stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 - Laboratorio de prueba
      maqueta (Kubernetes simulado) - Kubernetes v1.37.1 - espacio lab-04-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        [ok] El primero pasa                                        0,0 s   1 punto
            visto: anadelo
        [ok] El segundo depende                                     0,0 s   2 puntos

      Hecho [ok]  2 de 2 comprobaciones en 0,0 s del reloj de la maqueta (1,0 s de
      verdad). Anotado en tu bitacora.
      Progreso [###################>]  1/1      Sigue: npm run -s lab 04 reto
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
  });

  it('con json, solo sucesos por stdout', async () => {
    const { stdout, stderr } = await project().lab('04 json', { lab: failing });
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind);
    expect([...new Set(kinds)]).toEqual(['labStarted', 'stepStarted', 'stepNote', 'stepEnded', 'stepWaiting', 'labEnded']);
    expect(stderr).toBe('No se usa minikube: minikube no está instalado. Se usa la maqueta.\n');
  });

  it('en minikube dice qué queda y cómo borrarlo', async () => {
    const target = fakeTarget({ id: 'minikube' });
    const { stdout } = await project().lab('04', { isTTY: true, open: async () => ({ target }) });
    expect(stdout.split('\n').filter((line) => /kubectl|limpiar|minikube|siguen/.test(line))).toMatchInlineSnapshot(`
      [
        "minikube → https://127.0.0.1:32771 · Kubernetes v1.37.1 · espacio lab-04-x001",
        "Tu contexto actual de kubectl no se usa ni se cambia.",
        "Los recursos siguen en el clúster para que los mires. Para borrarlos:",
        "  npm run -s lab 04 limpiar",
      ]
    `);
    expect(target.isClosed()).toBe(true);
  });

  it('sin el destino pedido, 3 y nada anotado', async () => {
    const { lab, root } = project();
    expect(await lab('04 minikube')).toMatchObject({
      exitCode: 3,
      stdout: 'Laboratorio 04 · Laboratorio de prueba\n',
      stderr: '  ✖ minikube no está instalado.\n    Prueba:  minikube start --keep-context\n',
    });
    expect(existsSync(join(root, '.bitacora'))).toBe(false);
  });

  it('sin taller levantado: 3 y cómo se levanta', async () => {
    expect(await project().lab('04 taller')).toMatchObject({
      exitCode: 3,
      stderr: '  ✖ El taller no está levantado.\n    Prueba:  npm run taller\n',
    });
  });

  it('en el taller dice que es real y cómo se borra ahí; sin palabra no hay clúster del que preocuparse', async () => {
    const { lab } = project();
    const open = async () => ({ target: fakeTarget({ id: 'taller', title: 'taller (Kubernetes v1.37.1 real, 3 nodos)' }) });
    const { stdout, exitCode } = await lab('04 taller', { isTTY: true, open });
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').filter((line) => /taller|siguen|virtual/.test(line))).toEqual([
      'taller (Kubernetes v1.37.1 real, 3 nodos) · Kubernetes v1.37.1 · espacio',
      'Los recursos siguen en el clúster para que los mires. Para borrarlos:',
      '  npm run -s lab 04 limpiar taller',
    ]);
    expect((await lab('04 limpiar')).exitCode).toBe(0);
  });

  it.each(['04 taller', '04 taller plano', '04 taller json'])(
    '«%s» con un taller que muere a mitad: 3, dónde iba, la orden, y no cuenta como intento',
    async (line) => {
      const { lab, root } = project();
      const lost = new LabError('El taller ha desaparecido a mitad. Su supervisor ya no vive.', { code: 'LOST', fix: 'npm run taller' });
      const dying = testLab(() => {
        throw lost;
      });
      const { exitCode, stdout, stderr } = await lab(line, { lab: dying, open: async () => ({ target: fakeTarget({ id: 'taller', title: 'taller' }) }) });
      const said = 'El taller ha desaparecido a mitad. Su supervisor ya no vive. Iba por el paso «dos».';
      const isPlain = line !== '04 taller';
      expect({ exitCode, said: stderr.replace(/\s+/g, ' ').trim() }).toEqual({ exitCode: 3, said: `${isPlain ? '' : '✖ '}${said} Prueba: npm run taller` });
      expect(stdout).not.toContain('Todavía no');
      expect(existsSync(join(root, '.bitacora/intentos.jsonl'))).toBe(false);
    },
  );

  it('si no se puede anotar, lo dice y el resultado no cambia', async () => {
    const { lab, root } = project();
    writeFileSync(join(root, '.bitacora'), 'no soy una carpeta');
    const { exitCode, stdout, stderr } = await lab('04 maqueta');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'No se pudo anotar en tu bitácora: .bitacora no es una carpeta. El resultado es el mismo.\n' });
    expect(stdout).not.toContain('Anotado');
  });

  it('un fallo nuestro es un 4 y enseña su traza', async () => {
    const lab = { ...testLab(), needs: { nodes: 1 } };
    const target = fakeTarget();
    target.cluster.list = async () => {
      throw new TypeError('Cannot read properties of undefined');
    };
    const { exitCode, stderr } = await project().lab('04 maqueta', { lab, open: async () => ({ target }) });
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/^Fallo del programa, no tuyo: Cannot read properties of undefined\nTypeError: Cannot read properties of undefined\n {4}at /);
  });
});

describe('contexto ajeno', () => {
  const open = async () => ({ target: fakeTarget({ id: 'contexto' }) });
  it('escribir su nombre lo confirma', async () => {
    const questions: string[] = [];
    const ask = async (question: string) => {
      questions.push(question);
      return ' aula \n';
    };
    expect((await project({ open }).lab('04 contexto aula', { ask })).exitCode).toBe(0);
    expect(questions).toEqual(['Vas a usar el clúster del contexto «aula», que no es tu minikube.\nEscribe su nombre para confirmarlo: ']);
  });
  it('otra respuesta, no', async () => {
    expect(await project({ open }).lab('04 contexto aula', { ask: async () => 's' })).toMatchObject({
      exitCode: 3,
      stderr: '  ✖ No has escrito «aula»: no se usa ese contexto.\n',
    });
  });
  it('sin terminal exige la palabra confirmo', async () => {
    const { lab } = project({ open });
    expect(await lab('04 contexto aula')).toMatchObject({
      exitCode: 3,
      stderr: '  ✖ Usar el contexto «aula» exige confirmarlo, y aquí no hay a quién preguntar.\n    Prueba:  npm run -s lab 04 contexto aula confirmo\n',
    });
    expect((await lab('04 contexto aula confirmo')).exitCode).toBe(0);
  });
});

describe('Ctrl-C', () => {
  const interrupt = (id: 'maqueta' | 'minikube') => {
    const stopping = new AbortController();
    const lab = testLab(() => {
      stopping.abort();
      return false;
    });
    return { lab, signal: stopping.signal, open: async () => ({ target: fakeTarget({ id }) }), isTTY: true };
  };
  it('en un clúster: 130, qué queda y cómo se borra; el cursor vuelve y no se anota', async () => {
    const { lab, root } = project();
    const { exitCode, stderr, raw } = await lab('04', interrupt('minikube'));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 130,
      stderr: 'Interrumpido en el paso «dos». El espacio lab-04-x001 sigue en el clúster; para\nborrarlo:\n  npm run -s lab 04 limpiar\n',
    });
    expect(raw.endsWith('\u001B[?25h')).toBe(true);
    expect(JSON.parse(readFileSync(join(root, '.bitacora/progreso.json'), 'utf8')).labs['04']).toEqual({ hints: {}, usedCluster: true });
  });
  it('en la maqueta no queda nada', async () => {
    expect(await project().lab('04', interrupt('maqueta'))).toMatchObject({
      exitCode: 130,
      stderr: 'Interrumpido en el paso «dos». La maqueta desaparece con el programa: no queda\nnada que limpiar.\n',
    });
  });
});

describe('lab 04 reto', () => {
  it('la primera vez copia y dice qué se pide; después no toca lo escrito', async () => {
    const { lab, root } = project({ lab: failing });
    const first = await lab('04 reto maqueta', { isTTY: true });
    expect(first.stdout).toMatchInlineSnapshot(`
      "Laboratorio 04 · Laboratorio de prueba · reto
      Se ha copiado el punto de partida a retos/04/; escribe ahí y repite la orden.
      Qué se pide: Arregla web.yaml.
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1 · espacio lab-04-maqueta
      Los tiempos son virtuales, del reloj de la maqueta.

        ✖ Está arreglado                                            0,0 s   todavía no
            No se cumple: arreglado; x: hay no, se esperaba sí.

      Pista 1 de 1:  npm run -s lab 04 pista

      Todavía no: 0 de 1 comprobación pasa. Se guardó este intento (n.º 1) en tu
      bitácora.
      La maqueta desaparece con el programa: no queda nada que limpiar.
      "
    `);
    expect(first.exitCode).toBe(1);
    writeFileSync(join(root, 'retos/04/web.yaml'), 'lo mío');
    const second = await lab('04 reto maqueta', { lab: testLab() });
    expect(second.exitCode).toBe(0);
    expect(second.stdout).not.toContain('Se ha copiado');
    expect(readFileSync(join(root, 'retos/04/web.yaml'), 'utf8')).toBe('lo mío');
    expect(readdirSync(join(root, 'retos'))).toEqual(['04']);
  });
});

describe('lab 04 pista', () => {
  it('una por vez, del primer paso pendiente; la última lo dice y se anotan', async () => {
    const { lab, root } = project({ lab: failing });
    await lab('04 maqueta');
    expect((await lab('04 pista')).stdout).toBe(
      'Pista 1 de 2 · Laboratorio 04, paso «dos»\n  ¿Primera?\nOtra pista: npm run -s lab 04 pista\nLeer: docs/04-prueba\n',
    );
    expect((await lab('04 pista')).stdout).toBe(
      'Pista 2 de 2 · Laboratorio 04, paso «dos»\n  ¿Segunda?\nEs la última pista de este paso.\nLeer: docs/04-prueba\n',
    );
    expect((await lab('04 pista')).stdout).toBe(
      'Pista 2 de 2 · Laboratorio 04, paso «dos»\n  ¿Segunda?\nYa las has visto todas; esta es la última.\nLeer: docs/04-prueba\n',
    );
    expect(JSON.parse(readFileSync(join(root, '.bitacora/progreso.json'), 'utf8')).labs['04'].hints).toEqual({ 'demo/dos': 2 });
  });
  it('sin intentos, la del primer paso; del reto si se pide', async () => {
    const { lab } = project();
    expect((await lab('04 pista')).stdout).toContain('paso «uno»');
    expect((await lab('04 reto pista plano')).stdout).toBe(
      'Pista 1 de 1 · Laboratorio 04, paso «arreglo»\n¿Qué falta?\nEs la última pista de este paso.\nLeer: docs/04-prueba\n',
    );
  });
  it('sin nada pendiente lo dice', async () => {
    const { lab } = project();
    await lab('04 maqueta');
    expect(await lab('04 pista')).toMatchObject({
      exitCode: 0,
      stdout: 'El laboratorio 04 no tiene ningún paso pendiente: todas sus comprobaciones pasaron la última vez.\n',
    });
  });
});

describe('lab lista', () => {
  it('cada estado tiene su palabra', async () => {
    const { lab, root } = project();
    const heading = 'Laboratorios. Sin minikube corren en la maqueta, un Kubernetes simulado.\n';
    expect((await lab('')).stdout).toBe(`${heading}  04 · pendiente   Laboratorio de prueba   ← aquí vas\n`);
    await lab('04 maqueta', { lab: failing });
    expect((await lab('lista')).stdout).toBe(`${heading}  04 ▸ en curso    Laboratorio de prueba   1 intento   0 pistas   ← aquí vas\n`);
    await lab('04 maqueta');
    expect((await lab('lista')).stdout).toBe(`${heading}  04 ✔ hecho       Laboratorio de prueba   2 intentos   0 pistas\n`);
    writeFileSync(join(root, 'labs/04-prueba/lab.ts'), '// otra');
    expect((await lab('lista', { isTTY: true })).stdout).toMatchInlineSnapshot(`
      "Laboratorios. Sin minikube corren en la maqueta, un Kubernetes simulado.
        04 ! repetir     Laboratorio de prueba
                         2 intentos   0 pistas   hecho, pero el laboratorio cambió
                         desde entonces   ← aquí vas
      "
    `);
    expect((await lab('lista plano')).stdout).toBe(
      'Laboratorio 04, repetir: Laboratorio de prueba. 2 intentos, 0 pistas. hecho, pero el laboratorio cambió desde entonces. Aquí vas.\n',
    );
    expect((await lab('lista', { isTTY: true, columns: 40 })).stdout).toMatchInlineSnapshot(`
      "Laboratorios. Sin minikube corren en la maqueta, un Kubernetes simulado.
        04 ! repetir
           Laboratorio de prueba
           2 intentos   0 pistas   hecho, pero
           el laboratorio cambió desde
           entonces   ← aquí vas
      "
    `);
  });
  it('un progreso dañado se aparta y la lista sigue', async () => {
    const { lab, root } = project();
    await lab('04 maqueta');
    writeFileSync(join(root, '.bitacora/progreso.json'), '{');
    expect(await lab('lista')).toMatchObject({
      exitCode: 0,
      stderr: 'El archivo de progreso estaba dañado. Se apartó como progreso.json.corrupt y se empieza de nuevo; tus intentos siguen en intentos.jsonl.\n',
    });
  });
});

describe('lab 04 ordenes', () => {
  it('salen de lo que el laboratorio hizo, sin anotar intento', async () => {
    const { lab, root } = project();
    expect(await lab('04 ordenes')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "raw": "  1  kubectl --context minikube get node
        2  kubectl --context minikube create namespace lab-04-maqueta
        3  kubectl --context minikube label namespace lab-04-maqueta bitacora.lab=04
      ",
        "stderr": "Órdenes kubectl equivalentes al laboratorio 04 · Laboratorio de prueba
      Salen de una pasada por la maqueta y están escritas para minikube.
      Un nombre de Pod acabado en letras al azar lo pone su controlador: en tu clúster será otro.
      ",
        "stdout": "  1  kubectl --context minikube get node
        2  kubectl --context minikube create namespace lab-04-maqueta
        3  kubectl --context minikube label namespace lab-04-maqueta bitacora.lab=04
      ",
      }
    `);
    expect(existsSync(join(root, '.bitacora/progreso.json'))).toBe(false);
  });
  it('tras una ejecución, las suyas y con su clúster', async () => {
    const { lab } = project();
    await lab('04', { open: async () => ({ target: fakeTarget({ id: 'minikube' }) }) });
    const { stdout } = await lab('04 ordenes', { open: () => Promise.reject(new Error('no hace falta abrir nada')) });
    expect(stdout.split('\n')[1]).toBe('  2  kubectl --context minikube create namespace lab-04-x001');
  });
});

describe('estado, espacio y limpiar', () => {
  it.each(['estado', 'limpiar'])('%s en la maqueta: lo explica y sale 0', async (action) => {
    expect(await project().lab(`04 ${action}`)).toMatchObject({
      exitCode: 0,
      stdout: 'En la maqueta no hay nada que mirar ni que borrar: es un Kubernetes simulado dentro del programa y desaparece al terminar cada laboratorio.\n',
    });
  });
  it('espacio en la maqueta no escribe nada por stdout', async () => expect(await project().lab('04 espacio')).toMatchObject({ exitCode: 0, stdout: '' }));
  it('si se usó un clúster y no responde, no se dice que esté limpio', async () => {
    const { lab } = project();
    await lab('04', { open: async () => ({ target: fakeTarget({ id: 'minikube' }) }) });
    expect(await lab('04 limpiar')).toMatchObject({ exitCode: 3, stdout: '' });
  });

  const namespace = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '2026-11-20T09:00:00Z', labels: { 'bitacora.lab': '04' } },
  });
  const withSpaces = (spaces: string[]) => {
    const target = fakeTarget({ id: 'minikube' });
    target.cluster.list = async ({ kind }) => ({ items: kind === 'Namespace' ? spaces.map(namespace) : [], resourceVersion: '1' });
    target.actions.delete = async ({ metadata }) => void spaces.splice(spaces.indexOf(metadata.name), 1);
    return { open: async () => ({ target }) };
  };
  it('espacio: solo el nombre, el más nuevo', async () =>
    expect(await project().lab('04 espacio', withSpaces(['lab-04-a', 'lab-04-b']))).toMatchObject({ exitCode: 0, stdout: 'lab-04-b\n', stderr: '' }));
  it('espacio sin ninguno: 1 y nada por stdout, para que kubectl no use otro', async () =>
    expect(await project().lab('04 espacio', withSpaces([]))).toMatchObject({ exitCode: 1, stdout: '' }));
  it('estado: qué hay', async () =>
    expect((await project().lab('04 estado', withSpaces(['lab-04-a']))).stdout).toBe(
      '  Espacio lab-04-a, creado por este laboratorio. vacío · nada se ha cambiado.\n',
    ));
  it('limpiar: borra y demuestra que no queda nada', async () => {
    const { lab } = project();
    const spaces = withSpaces(['lab-04-a']);
    expect(await lab('04 limpiar', spaces)).toMatchObject({
      exitCode: 0,
      stdout: '  ✔ Espacio lab-04-a borrado\n  ✔ Restos: 0 espacios, 0 PVC, 0 PV (0,0 s)\n',
    });
    expect((await lab('04 limpiar', spaces)).stdout).toBe(
      '  ✔ No había ningún espacio creado por este laboratorio\n  ✔ Restos: 0 espacios, 0 PVC, 0 PV (0,0 s)\n',
    );
  });
  it('limpiar con algo que no se va: 1 y por qué', async () => {
    const spaces = withSpaces(['lab-04-a']);
    (await spaces.open()).target.actions.delete = async () => undefined;
    const { exitCode, stdout } = await project().lab('04 limpiar', spaces);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '  ✖ Queda Namespace lab-04-a: aún se está yendo\nRepite: npm run -s lab 04 limpiar\n' });
  });
});

describe('doctor', () => {
  it('si hay un taller en marcha, lo dice; y revisa ese si se pide', async () => {
    const taller = 'taller (Kubernetes v1.37.1 real, 3 nodos)';
    expect((await project().lab('doctor plano', { kubectl: 'v1', taller })).stdout).toContain(
      `\nAdemás hay un ${taller} en marcha: npm run -s lab 04 taller\n`,
    );
    expect(await project().lab('doctor taller plano')).toMatchObject({
      exitCode: 3,
      stdout: `Revisión del entorno
Node 22.19 o posterior: bien, v24.21.0.
Tu bitácora se puede escribir: bien, <proyecto>/.bitacora.
El taller contesta: falla, El taller no está levantado.
Prueba:  npm run taller
StorageClass por defecto: sin comprobar.
Nodos listos, con memoria y disco: sin comprobar.
Imágenes de los laboratorios: sin comprobar.
Falta algo: arregla lo primero que falla y repite npm run -s lab doctor taller
Mientras tanto, la maqueta no necesita nada de esto: npm run -s lab 04 maqueta
`,
    });
  });
  it('una imagen que el taller no tiene no vendrá: es un fallo', async () => {
    const target = fakeTarget({ id: 'taller', images: [{ name: 'node:22.23-alpine', from: 'Node de npm', bytes: 1 }] });
    const annotations = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    const metadata = { name: 'x', uid: 'u', resourceVersion: '1', creationTimestamp: '', annotations };
    target.cluster.list = async ({ kind, apiVersion }) => ({
      items: [{ apiVersion, kind, metadata, status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
      resourceVersion: '1',
    });
    const withImages = { ...testLab(), images: ['node:22.23-alpine', 'node:24.21-alpine'] };
    const { exitCode, stdout } = await project().lab('doctor taller plano', { open: async () => ({ target }), lab: withImages });
    expect(exitCode).toBe(3);
    expect(stdout).toContain('Imágenes de los laboratorios: falla, faltan node:24.21-alpine.\nPrueba:  npm run taller imagenes\n');
  });
  it('se para en lo primero que falla y el resto sale sin comprobar', async () => {
    const { exitCode, stdout } = await project().lab('doctor plano', { kubectl: 'v1.37.0' });
    expect(stdout).toMatchInlineSnapshot(`
      "Revisión del entorno
      Node 22.19 o posterior: bien, v24.21.0.
      Tu bitácora se puede escribir: bien, <proyecto>/.bitacora.
      kubectl: bien, v1.37.0.
      Contexto minikube: falla, minikube no está instalado.
      Prueba:  minikube start --keep-context
      StorageClass por defecto: sin comprobar.
      Nodos listos, con memoria y disco: sin comprobar.
      Imágenes de los laboratorios: sin comprobar.
      Falta algo: arregla lo primero que falla y repite npm run -s lab doctor
      Mientras tanto, la maqueta no necesita nada de esto: npm run -s lab 04 maqueta
      "
    `);
    expect(exitCode).toBe(3);
  });
  it('plano tapa lo personal; sin plano se ve', async () => {
    const { lab, root } = project({
      kubectl: 'v1',
      open: () => Promise.reject(new LabError('«minikube» apunta a https://10.0.0.7:8443/x con token=abc', { code: 'ENVIRONMENT' })),
    });
    const hidden = (await lab('doctor plano')).stdout;
    expect(hidden).not.toMatch(/10\.0\.0\.7|abc/);
    expect(hidden).not.toContain(root);
    expect((await lab('doctor')).stdout).toContain('https://10.0.0.7:8443/x');
  });
  it('con la maqueta todo está en orden', async () => {
    const target = fakeTarget();
    const defaults = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    target.cluster.list = async ({ kind, apiVersion }) => ({
      items: [
        {
          apiVersion,
          kind,
          metadata: { name: kind === 'Node' ? 'nodo' : 'disco', uid: 'u', resourceVersion: '1', creationTimestamp: '', annotations: defaults },
          status: { allocatable: { memory: '4Gi' }, conditions: [{ type: 'Ready', status: 'True' }] },
        },
      ],
      resourceVersion: '1',
    });
    expect(await project().lab('doctor maqueta plano', { open: async () => ({ target }) })).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "raw": "Revisión del entorno
      Node 22.19 o posterior: bien, v24.21.0.
      Tu bitácora se puede escribir: bien, <proyecto>/.bitacora.
      La maqueta arranca: bien, maqueta (Kubernetes simulado), Kubernetes v1.37.1, 1 de 1 nodos admiten Pods.
      StorageClass por defecto: bien, disco.
      Nodos listos, con memoria y disco: bien, nodo 4Gi.
      Todo en orden.
      ",
        "stderr": "",
        "stdout": "Revisión del entorno
      Node 22.19 o posterior: bien, v24.21.0.
      Tu bitácora se puede escribir: bien, <proyecto>/.bitacora.
      La maqueta arranca: bien, maqueta (Kubernetes simulado), Kubernetes v1.37.1, 1 de 1 nodos admiten Pods.
      StorageClass por defecto: bien, disco.
      Nodos listos, con memoria y disco: bien, nodo 4Gi.
      Todo en orden.
      ",
      }
    `);
  });
});

describe('todos e informe', () => {
  it('una línea por laboratorio y la cuenta', async () => {
    expect(await project().lab('todos maqueta', { isTTY: true })).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "raw": "Todos los laboratorios: 1
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1
        04 [32m✔[0m hecho, 2 de 2 comprobaciones en 0,0 s virtuales
      1 de 1 laboratorio; 2 de 2 comprobaciones. Todos pasan.
      ",
        "stderr": "",
        "stdout": "Todos los laboratorios: 1
      maqueta (Kubernetes simulado) · Kubernetes v1.37.1
        04 ✔ hecho, 2 de 2 comprobaciones en 0,0 s virtuales
      1 de 1 laboratorio; 2 de 2 comprobaciones. Todos pasan.
      ",
      }
    `);
    expect(await project().lab('todos maqueta plano', { lab: failing })).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('Laboratorio 04, Laboratorio de prueba: todavía no, paso «dos» en 2,0 s virtuales.'),
    });
  });
  it('el informe se escribe con un nombre que vale en cualquier disco', async () => {
    const { lab, root } = project();
    await lab('04 maqueta');
    expect((await lab('informe nombre Íñigo_Añádelo')).stdout).toBe('informe-inigo-anadelo.json: 1 de 1 laboratorio hecho, 3 de 3 puntos, 1 intento.\n');
    expect(JSON.parse(readFileSync(join(root, 'informe-inigo-anadelo.json'), 'utf8'))).toMatchObject({ name: 'Íñigo_Añádelo', done: 1, points: 3 });
    expect((await lab('informe junit')).stdout).toBe('informe-bitacora.xml: 1 de 1 laboratorio hecho, 3 de 3 puntos, 1 intento.\n');
    expect(readFileSync(join(root, 'informe-bitacora.xml'), 'utf8')).toContain('<testsuite name="04 · Laboratorio de prueba" tests="2" failures="0"');
  });
});

it('uso incorrecto: 2, por el canal de avisos', async () => {
  expect(await project().lab('04 psita')).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: 'No conozco «psita». ¿Querías decir «pista»?\nPrueba:  npm run -s lab 04 pista\n',
  });
});
