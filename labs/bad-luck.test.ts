import { describe, expect, it } from 'vitest';
import type { ManifestDocument } from './engine/ports.ts';
import type { Environment } from './environment.ts';
import { openDressed, withQuota } from './testing/dressed-maqueta.ts';
import { fromFailure, playRealLab, realManifests } from './testing/real-lab.ts';

// Lo que se tuerce con el laboratorio en marcha, en la maqueta y con los laboratorios de verdad.

describe('una cuota en el espacio', () => {
  it('que no deja crear el primer Pod: lo dice quien lo pide', async () => {
    const { exitCode, stdout } = await playRealLab('04 minikube', withQuota(await openDressed('minikube'), { pods: '0' }));
    expect(fromFailure(stdout)).toMatchInlineSnapshot(`
      "
      00:00 lab-04 suelto       PARADO  Un Pod suelto que se borra no vuelve (0,0 s)
              el clúster rechaza Pod «suelto»: pods "suelto" is forbidden: exceeded quota: clase, requested: pods=1, used: pods=0, limited: pods=0 (Forbidden). (manifests/04-mundo-real/pod-suelto.yaml:1)
              Por qué: Una cuota del espacio no deja crear más. Dice lo pedido, lo gastado y el límite.
              Prueba:  kubectl --context minikube -n lab-04-x001 describe resourcequota
      00:00 lab-04 fin          NO      0 de 10 comprobaciones, código 1
      Pista 1 de 2:  npm run -s lab 04 pista

      Todavía no: 0 de 10 comprobaciones pasan. Se guardó este intento (n.º 1) en tu bitácora.
      Los recursos siguen en el clúster para que los mires. Para borrarlos: npm run -s lab 04 limpiar
      "
    `);
    expect(exitCode).toBe(1);
  });

  it('que deja a un Deployment a medias: lo dicen sus sucesos', async () => {
    const { exitCode, stdout } = await playRealLab('04 minikube', withQuota(await openDressed('minikube'), { pods: '4' }));
    const seen = fromFailure(stdout).split('\n');
    expect(seen.filter((line) => !/ Warning /.test(line)).join('\n')).toMatchInlineSnapshot(`
      "
      03:10 lab-04 deployment   NO      Un Deployment no repone Pods: lo hace el ReplicaSet de su versión (1 min 30 s)
              Deployment apps/v1 · lab-04-x001/web
              Pasaron 1 min 30 s y no se cumple: 4 réplicas listas. Lo último: status.updatedReplicas: hay 1, se esperaba 4.
              Por qué: Una cuota del espacio no deja crear más. Dice lo pedido, lo gastado y el límite.
              Prueba:  kubectl --context minikube -n lab-04-x001 describe resourcequota
      03:10 lab-04 fin          NO      3 de 10 comprobaciones, código 1
      Pista 1 de 2:  npm run -s lab 04 pista

      Todavía no: 3 de 10 comprobaciones pasan. Se guardó este intento (n.º 1) en tu bitácora.
      Los recursos siguen en el clúster para que los mires. Para borrarlos: npm run -s lab 04 limpiar
      "
    `);
    expect(seen.findLast((line) => / Warning /.test(line))).toMatchInlineSnapshot(
      `"          09:02:45 Warning FailedCreate web-f97b95b9: Error creating: pods "web-f97b95b9-74x5d" is forbidden: exceeded quota: clase, requested: pods=1, used: pods=4, limited: pods=4"`,
    );
    expect(exitCode).toBe(1);
  });

  it('que exige decir un límite', async () => {
    const { exitCode, stdout } = await playRealLab('04 minikube', withQuota(await openDressed('minikube'), { 'limits.cpu': '4' }));
    expect(fromFailure(stdout).split('\n').slice(1, 5).join('\n')).toMatchInlineSnapshot(`
      "00:00 lab-04 suelto       PARADO  Un Pod suelto que se borra no vuelve (0,0 s)
              el clúster rechaza Pod «suelto»: pods "suelto" is forbidden: failed quota: clase: must specify limits.cpu for: app (Forbidden). (manifests/04-mundo-real/pod-suelto.yaml:1)
              Por qué: Una cuota del espacio exige que cada contenedor diga cuánto pide o hasta cuánto.
              Prueba:  kubectl --context minikube -n lab-04-x001 describe resourcequota"
    `);
    expect(exitCode).toBe(1);
  });

  it('que no deja crear un disco más', async () => {
    const { exitCode, stdout } = await playRealLab('07 minikube', withQuota(await openDressed('minikube'), { persistentvolumeclaims: '1' }));
    expect(fromFailure(stdout).split('\n').slice(1, 7).join('\n')).toMatchInlineSnapshot(`
      "04:00 lab-07 orden        NO      Los Pods nacen de uno en uno, cada uno cuando el anterior está listo, y se van en el orden contrario (4 min 0 s)
              Pasaron 4 min 0 s y no se cumple: libreta-0 nace, libreta-0 listo, libreta-1 nace, libreta-1 listo, libreta-2 nace, libreta-2 listo. Lo último: historia, hito 3 de 6: hay nada todavía, se esperaba libreta-1 nace.
                09:00:02 Warning Unhealthy (x2) libreta-0: Readiness probe failed: Get "http://10.244.2.2:8080/": dial tcp 10.244.2.2:8080: connect: connection refused
                09:02:47 Warning FailedCreate (x16) libreta: Create Pod libreta-1 in StatefulSet libreta failed error: persistentvolumeclaims "disco-libreta-1" is forbidden: exceeded quota: clase, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=1, limited: persistentvolumeclaims=1
              Por qué: Una cuota del espacio no deja crear más. Dice lo pedido, lo gastado y el límite.
              Prueba:  kubectl --context minikube -n lab-07-x001 describe resourcequota"
    `);
    expect(exitCode).toBe(1);
  });
});

it('una imagen que no baja: no espera el plazo entero, y dice cuál y qué mirar', async () => {
  const missing: Environment['manifestsOf'] = (folder, answers) => {
    const renamed = (documents: readonly ManifestDocument[]) =>
      documents.map(
        (document): ManifestDocument => ({ ...document, object: JSON.parse(JSON.stringify(document.object).replaceAll('node:22.23-', 'node:22.99-')) }),
      );
    const { read } = realManifests(folder, answers);
    return { read: async (file) => renamed(await read(file)), answers: async () => [] };
  };
  const { exitCode, stdout } = await playRealLab('04 minikube', await openDressed('minikube'), missing);
  expect(fromFailure(stdout)).toMatchInlineSnapshot(`
    "
    00:11 lab-04 suelto       PARADO  Un Pod suelto que se borra no vuelve (11,5 s)
            Pod v1 · lab-04-x001/suelto
            No va a sanar: suelto está en ImagePullBackOff; revisa el campo image. Se esperaba: el Pod está Ready; status.conditions[Ready]: hay Pending (ImagePullBackOff), se esperaba True.
              09:00:00 Normal Scheduled suelto: Successfully assigned lab-04-x001/suelto to maqueta-nodo2
              09:00:00 Warning Failed suelto: Failed to pull image "node:22.99-alpine": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/node:22.99-alpine": failed to resolve reference "docker.io/library/node:22.99-alpine": docker.io/library/node:22.99-alpine: not found
              09:00:00 Warning Failed suelto: Error: ErrImagePull
              09:00:02 Normal BackOff suelto: Back-off pulling image "node:22.99-alpine"
              09:00:02 Warning Failed suelto: Error: ImagePullBackOff
              09:00:11 Normal Pulling (x2) suelto: Pulling image "node:22.99-alpine"
            Por qué: La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.
            Prueba:  kubectl --context minikube -n lab-04-x001 describe pod suelto
    00:11 lab-04 fin          NO      0 de 10 comprobaciones, código 1
    Pista 1 de 2:  npm run -s lab 04 pista

    Todavía no: 0 de 10 comprobaciones pasan. Se guardó este intento (n.º 1) en tu bitácora.
    Los recursos siguen en el clúster para que los mires. Para borrarlos: npm run -s lab 04 limpiar
    "
  `);
  expect(exitCode).toBe(1);
});

it('un nodo que no vuelve: 3, cuál es y con qué orden se enciende, aunque el laboratorio ya lo diera por encendido', async () => {
  const target = await openDressed('perfil');
  const { exitCode, stdout, stderr } = await playRealLab('07 minikube', { ...target, actions: { ...target.actions, powerOn: async () => undefined } });
  expect(fromFailure(stdout).split('\n').slice(1, 3).join('\n')).toMatchInlineSnapshot(`
    "08:49 lab-07 nodo         NO      Si se apaga su nodo, el Pod se queda Terminating y nadie lo sustituye hasta que alguien confirma la pérdida (6 min 2 s)
            Pasaron 4 min 0 s y no se cumple: el nodo está Ready. Lo último: status.conditions[Ready]: hay Unknown (NodeStatusUnknown), se esperaba True."
  `);
  expect(stderr).toMatchInlineSnapshot(`
    "
      ✖ El nodo maqueta-nodo2, que este laboratorio apagó, no ha vuelto a estar
        Ready en 180 s.
        Prueba:  minikube node start maqueta-nodo2 -p clase
    "
  `);
  expect(exitCode).toBe(3);
});
