import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Checklist } from './checklist.ts';
import { createOwnCache, type OwnCache } from './own-cache.ts';
import { expectRun, run, runKubectl, runTaller } from './run-taller.ts';

/** Otra red, donde el puente y la dirección del taller ya están cogidos; y sin CAP_SYS_RESOURCE, como en muchos contenedores. */
const takenBridge = `exec setpriv --bounding-set=-sys_resource unshare -n sh -c '
  ip link set lo up
  ip link add br0k type bridge
  ip addr add 192.168.77.1/24 dev br0k
  ip link set br0k up
  exec "$@"' sh "$@"`;

/** Con la caché de Go en un disco de 24 MB que solo existe en sus montajes. */
const smallDisk = (folder: string) => `exec unshare -m sh -c '
  mount -t tmpfs -o size=24m tmpfs ${folder}
  mkdir ${folder}/go ${folder}/casa
  export GOCACHE=${folder}/go XDG_CACHE_HOME=${folder}/casa
  exec "$@"' sh "$@"`;

/** Máquinas que no se portan bien. Pide un taller levantado en `own`, que no debe notar nada. */
export async function checkHostileMachine({ check }: Checklist, own: OwnCache): Promise<void> {
  await check('otro taller a la vez, sin CAP_SYS_RESOURCE y con el puente y la dirección ya cogidos: se levanta y sus Pods arrancan', async () => {
    const other = createOwnCache(process.env);
    try {
      // DNS y almacenamiento son Pods: si dice que está levantado, arrancan.
      const second = await runTaller(other, ['nodos', '1'], { machine: takenBridge });
      const first = await runKubectl(own, 'get', 'nodes', '-o', 'name');
      const stop = await runTaller(other, ['parar']);
      const still = await runKubectl(own, 'get', '--raw', '/readyz');
      return (
        expectRun(second, 0, 'Kubernetes v1.37.1 real, 1 nodo Ready', 'con DNS y almacenamiento') ??
        expectRun(first, 0, 'node/nodo3') ??
        expectRun(stop, 0, 'Comprobado: no queda ningún proceso') ??
        expectRun(still, 0, 'ok')
      );
    } finally {
      await runTaller(other, ['parar']);
      other.remove();
    }
  });
  await check('el disco se llena al compilar: lo dice con lo que queda en cada carpeta, y no deja nada a medias', async () => {
    const folder = mkdtempSync(path.join(own.home, 'disco-'));
    const result = await run(['sh', '-c', smallDisk(folder), 'sh', process.execPath, path.join(import.meta.dirname, 'compile-one.ts')]);
    rmSync(folder, { recursive: true });
    return expectRun(result, 3, 'No queda sitio en el disco al compilar', `${folder}/go tiene 0,0 GB libres`, 'GOCACHE=/otro/disco/go', 'a medias: nada');
  });
  await check('el reloj puede ir media hora por detrás del de quien hizo los certificados', async () => {
    const { validFromDate, validToDate } = new X509Certificate(readFileSync(path.join(own.folders.pki, 'apiserver.crt')));
    const behind = (Date.now() - validFromDate.getTime()) / 60_000;
    return behind > 30 && validToDate.getTime() > Date.now() + 86_400_000 ? undefined : `vale desde hace ${behind} min hasta ${validToDate.toISOString()}`;
  });
  await check('cgroup v1 y v2, en un árbol de mentira (go test)', async () =>
    expectRun(
      await run(['go', 'test', './...'], { env: { GOFLAGS: '', GOWORK: 'off' }, cwd: path.join(import.meta.dirname, '../../taller/go/taller') }),
      0,
      'ok',
    ),
  );
}
