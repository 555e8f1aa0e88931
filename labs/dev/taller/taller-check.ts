import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLeftovers } from '../../taller/cluster/leftovers.ts';
import { stateFile } from '../../taller/state.ts';
import { createChecklist } from './checklist.ts';
import { checkHostileMachine } from './hostile-machine.ts';
import { machineChanges, machineSnapshot } from './machine-snapshot.ts';
import { createOwnCache } from './own-cache.ts';
import { expectRun, runKubectl, runTaller, stateOf } from './run-taller.ts';

// Levanta talleres de verdad y comprueba lo que ninguna prueba sin root puede: que la máquina no se entera, que matarlo
// de mala manera no deja nada y que cada entrada mala dice su causa. Usa lo ya compilado, pero en otra caché: el taller
// que esté en marcha no se toca.

const own = createOwnCache(process.env);
const { cacheDir, folders } = own;
const checklist = createChecklist((line) => console.log(line));
const { check } = checklist;
const before = machineSnapshot();

type Options = Parameters<typeof runTaller>[2];
const taller = (words: readonly string[], options?: Options) => runTaller(own, words, options);
const kubectl = (...args: string[]) => runKubectl(own, ...args);
const state = () => stateOf(cacheDir);

const nothingLeft = async (): Promise<string | undefined> => {
  const left = await findLeftovers(folders);
  // Otro taller de esta máquina puede subir o bajar mientras tanto: sus cgroups no son cosa de este.
  const ofOthers = new RegExp(`/bitacora-(?!${path.basename(folders.cgroup).replace('bitacora-', '')})[0-9a-f]{8}$`);
  const changes = machineChanges(before, machineSnapshot(), ofOthers);
  const problems = [...left.map(({ kind, what }) => `queda ${kind} ${what}`), ...changes];
  return problems.length > 0 ? problems.slice(0, 12).join('\n') : undefined;
};

/** Vuelve a mirar hasta que se cumpla. */
async function until(seconds: number, look: () => Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
    if (await look()) return true;
    await sleep(500);
  }
  return false;
}

const isReady = async (node: string, wanted: string) =>
  (await kubectl('get', 'node', node, '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')).out === wanted;

try {
  await check('parar sin taller acaba bien y lo dice', async () =>
    expectRun(await taller(['parar']), 0, 'No hay ningún taller levantado, ni restos de ninguno.'),
  );
  await check('estado sin taller dice cómo levantarlo', async () => expectRun(await taller(['estado']), 0, 'Para levantarlo: npm run taller'));
  await check('apagar un nodo sin taller: salida 3 y la orden', async () =>
    expectRun(await taller(['apagar', 'nodo3']), 3, 'El taller no está levantado.', 'npm run taller'),
  );
  await check('Ctrl-C a mitad del arranque no deja nada', async () => {
    const run = await taller([], { interrupt: /certificados y configuración/ });
    return expectRun(run, 130, 'Interrumpido') ?? nothingLeft();
  });
  await check('un puerto ocupado se dice, y no deja nada', async () => {
    const { createServer } = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const run = await taller([], { env: { TALLER_PUERTO: port } });
    server.close();
    return expectRun(run, 3, 'address already in use') ?? nothingLeft();
  });
  await check('levanta 3 nodos con DNS y almacenamiento', async () => {
    const run = await taller([]);
    return expectRun(run, 0, 'El taller está levantado: Kubernetes v1.37.1 real, 3 nodos Ready en ', 'npm run -s lab 04 taller');
  });
  await check('mientras vive, la máquina sigue igual', async () => {
    // Solo cambian las carpetas de cgroup de los talleres.
    const changes = machineChanges(before, machineSnapshot(), /\/bitacora-[0-9a-f]{8}$/);
    return changes.length > 0 ? changes.join('\n') : undefined;
  });
  await check('levantarlo otra vez solo dice cómo usarlo', async () =>
    expectRun(await taller([]), 0, 'El taller ya está levantado: Kubernetes v1.37.1, 3 nodos.'),
  );
  await check('otra orden que lo cambia a la vez se rechaza diciendo quién lo tiene', async () => {
    const [first, second] = await Promise.all([taller(['nodos', '4']), sleep(600).then(() => taller(['apagar', 'nodo1']))]);
    return expectRun(first, 0, 'El taller tiene 4 nodos') ?? expectRun(second, 3, 'Otra orden está cambiando el taller (proceso ');
  });
  await check('vuelve a 3 nodos, y el cuarto ya no está en el clúster', async () => {
    const run = await taller(['nodos', '3']);
    const { out } = await kubectl('get', 'nodes', '-o', 'name');
    return expectRun(run, 0, 'El taller tiene 3 nodos') ?? (out.includes('nodo4') ? out : undefined);
  });
  await check('más nodos de los que caben', async () => expectRun(await taller(['nodos', '40']), 2, 'El taller admite de 1 a 9 nodos.'));
  await check('un nodo que no existe', async () =>
    expectRun(await taller(['apagar', 'nodo8']), 2, 'No hay ningún nodo «nodo8». Los que hay: nodo1, nodo2, nodo3.'),
  );
  await check('un nodo apagado se da por perdido, y encendido vuelve', async () => {
    const off = await taller(['apagar', 'nodo3']);
    const again = await taller(['apagar', 'nodo3']);
    if (!(await until(60, () => isReady('nodo3', 'Unknown')))) return 'nodo3 no ha pasado a Unknown en 60 s';
    const on = await taller(['encender', 'nodo3']);
    return (
      expectRun(off, 0, 'nodo3 apagado de golpe.') ??
      expectRun(again, 3, 'nodo3 ya está apagado.') ??
      expectRun(on, 0, 'nodo3 encendido y Ready.') ??
      ((await isReady('nodo3', 'True')) ? undefined : 'nodo3 no está Ready')
    );
  });
  await check('sin credencial, el API responde 401 o 403', async () => {
    const { server } = state();
    const { request } = await import('node:https');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const ca = readFileSync(path.join(folders.pki, 'ca.crt'));
      request(`${server}/api/v1/secrets`, { ca }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    return status === 401 || status === 403 ? undefined : `ha contestado ${status}`;
  });
  await checkHostileMachine(checklist, own);
  await check('matar el supervisor con kill -9 lo mata todo; parar borra los restos', async () => {
    process.kill(state().pid, 'SIGKILL');
    await sleep(500);
    const status = await taller(['estado']);
    const stop = await taller(['parar']);
    return (
      expectRun(status, 0, 'El taller no está levantado.', 'Quedan restos') ?? expectRun(stop, 0, 'No había taller en marcha, pero sí restos') ?? nothingLeft()
    );
  });
  await check('los restos de una máquina reiniciada no estorban al levantar', async () => {
    mkdirSync(folders.logs, { recursive: true });
    writeFileSync(stateFile(cacheDir), JSON.stringify({ pid: 999_999_999 }));
    return expectRun(await taller(['nodos', '1']), 0, 'El taller está levantado: Kubernetes v1.37.1 real, 1 nodo');
  });
  await check('parar no deja ni un proceso, montaje, cgroup o carpeta', async () => {
    const run = await taller(['parar']);
    return expectRun(run, 0, 'Comprobado: no queda ningún proceso, montaje, cgroup ni carpeta suya.') ?? nothingLeft();
  });
} finally {
  await taller(['parar']);
  own.remove();
}

process.exitCode = checklist.close() ? 0 : 1;
