import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tallerCache } from '../../taller/cache.ts';
import { foldersOf } from '../../taller/cluster/folders.ts';
import { findLeftovers } from '../../taller/cluster/leftovers.ts';
import { stateFile, type TallerState } from '../../taller/state.ts';
import { machineChanges, machineSnapshot } from './machine-snapshot.ts';

// Levanta talleres de verdad y comprueba lo que ninguna prueba sin root puede: que la máquina no se entera, que matarlo
// de mala manera no deja nada y que cada entrada mala dice su causa. Usa lo ya compilado, pero en otra caché: el taller
// que esté en marcha no se toca. Cierra con «N passed, N failed», como el repaso del navegador.

const root = path.join(import.meta.dirname, '../../..');
const shared = tallerCache(process.env);
// Al lado de la caché, para que los discos de los nodos se puedan enlazar con ella.
const own = mkdtempSync(path.join(path.dirname(shared), 'r-'));
const cacheDir = tallerCache({ XDG_CACHE_HOME: own });
mkdirSync(cacheDir, { recursive: true });
for (const name of ['bin', 'imagenes']) symlinkSync(path.join(shared, name), path.join(cacheDir, name));
const folders = foldersOf(cacheDir);

let passed = 0;
const failures: string[] = [];
const before = machineSnapshot();

interface Run {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  seconds: number;
}

/** `npm run -s taller …`, como lo escribe una persona. `interrupt`: Ctrl-C en cuanto su salida diga eso. */
function taller(words: readonly string[], { env = {}, interrupt }: { env?: Record<string, string>; interrupt?: RegExp } = {}): Promise<Run> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, 'labs/taller/cli.ts'), ...words], {
      cwd: root,
      env: { ...process.env, XDG_CACHE_HOME: own, NO_COLOR: '1', CI: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let isCut = false;
    const read = (piece: Buffer) => {
      out += piece.toString();
      if (interrupt?.test(out) && !isCut) {
        isCut = true;
        child.kill('SIGINT');
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', (code, signal) => resolve({ code, signal, out, seconds: (performance.now() - start) / 1000 }));
  });
}

async function check(title: string, work: () => Promise<string | undefined>): Promise<void> {
  const start = performance.now();
  let problem: string | undefined;
  try {
    problem = await work();
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = `${((performance.now() - start) / 1000).toFixed(1).replace('.', ',')} s`;
  if (problem === undefined) {
    passed += 1;
    console.log(`  ✔ ${title} (${took})`);
  } else {
    failures.push(title);
    console.log(`  ✖ ${title} (${took})\n    ${problem.split('\n').join('\n    ')}`);
  }
}

const expectRun = ({ code, out }: Run, wantedCode: number, ...says: readonly string[]): string | undefined => {
  if (code !== wantedCode) return `salida ${code}, se esperaba ${wantedCode}:\n${out.slice(-1500)}`;
  const missing = says.filter((text) => !out.includes(text));
  return missing.length > 0 ? `no dice «${missing.join('», «')}»:\n${out.slice(-1500)}` : undefined;
};

const nothingLeft = async (): Promise<string | undefined> => {
  const left = await findLeftovers(folders);
  const changes = machineChanges(before, machineSnapshot());
  const problems = [...left.map(({ kind, what }) => `queda ${kind} ${what}`), ...changes];
  return problems.length > 0 ? problems.slice(0, 12).join('\n') : undefined;
};

const state = (): TallerState => JSON.parse(readFileSync(stateFile(cacheDir), 'utf8')) as TallerState;
const kubectl = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const start = performance.now();
    const { binFolder, kubeconfig } = state();
    const child = spawn(path.join(binFolder, 'kubectl'), ['--kubeconfig', kubeconfig, '--request-timeout=10s', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (out += piece.toString()));
    child.on('close', (code, signal) => resolve({ code, signal, out, seconds: (performance.now() - start) / 1000 }));
  });

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
    // Solo cambian sus propias carpetas de cgroup.
    const changes = machineChanges(before, machineSnapshot(), new RegExp(`${folders.cgroup}$`));
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
  if (!existsSync(folders.run)) rmSync(own, { recursive: true, force: true });
}

console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
