/**
 * `node labs/dev/check-images/serving.ts`: en el taller, cada servidor arranca con las variables, los puertos, el usuario y las rutas de la
 * imagen oficial, y hace su trabajo. Pide `npm run taller completo`.
 */
import path from 'node:path';
import { tallerCache } from '../../taller/cache.ts';
import { readState } from '../../taller/state.ts';
import { createChecklist } from '../taller/checklist.ts';
import { run } from '../taller/run-taller.ts';

const namespace = 'prueba-imagenes';
const manifests = path.join(import.meta.dirname, 'serving');
const cacheDir = tallerCache(process.env);
const checklist = createChecklist((line) => console.log(line));
const { check } = checklist;

const state = await readState(cacheDir);
if (!state) {
  console.error('El taller no está levantado.\n  npm run taller completo');
  process.exit(3);
}
const { binFolder, kubeconfig } = state;

const kubectl = (...args: string[]) => run([path.join(binFolder, 'kubectl'), '--kubeconfig', kubeconfig, '-n', namespace, ...args]);
const inside = async (pod: string, ...command: string[]) => (await kubectl('exec', pod, '--', ...command)).out.trim();
const expectText = (found: string, wanted: string) => (found === wanted ? undefined : `dice «${found}», se esperaba «${wanted}»`);

/** Nada, o lo que kubectl cuenta de quien no llega a estar listo. */
async function ready(what: string, ...arriving: string[]): Promise<string | undefined> {
  const { code, out } = await kubectl(...arriving, '--timeout=180s');
  return code === 0 ? undefined : `${out.trim()}\n${(await kubectl('logs', what, '--tail=30')).out}`;
}

try {
  await kubectl('create', 'namespace', namespace);
  await kubectl('apply', '-f', manifests);

  await check('nginx:1.30 sirve su página en el 80, como usuario nginx (101)', async () => {
    const late = await ready('nginx', 'wait', '--for=condition=Ready', 'pod/nginx');
    if (late) return late;
    const page = (await kubectl('get', '--raw', `/api/v1/namespaces/${namespace}/pods/nginx:80/proxy/`)).out;
    return page.includes('nginx') ? expectText(await inside('nginx', 'id', '-u', 'nginx'), '101') : `no es la página de nginx:\n${page}`;
  });

  await check('postgres:18 crea POSTGRES_DB en /var/lib/postgresql/18/docker, como usuario 999, y los datos sobreviven al Pod', async () => {
    const sql = (text: string) => inside('postgres-0', 'psql', '-U', 'postgres', '-d', 'bitacora', '-Atqc', text);
    const late = await ready('postgres-0', 'rollout', 'status', 'statefulset/postgres');
    if (late) return late;
    const where = expectText(await sql('show data_directory'), '/var/lib/postgresql/18/docker');
    const owner = expectText(await inside('postgres-0', 'stat', '-c', '%u', '/var/lib/postgresql/18/docker'), '999');
    await sql("create table notas (texto text); insert into notas values ('sigo aquí')");
    await kubectl('delete', 'pod', 'postgres-0');
    return (
      where ??
      owner ??
      (await ready('postgres-0', 'rollout', 'status', 'statefulset/postgres')) ??
      expectText(await sql('select texto from notas'), 'sigo aquí')
    );
  });

  await check('rabbitmq:4.3-management da de alta a RABBITMQ_DEFAULT_USER, y la gestión contesta en el 15672', async () => {
    const late = await ready('rabbitmq', 'wait', '--for=condition=Ready', 'pod/rabbitmq');
    if (late) return late;
    const users = await inside('rabbitmq', 'rabbitmqctl', '-q', 'authenticate_user', 'conejo', 'no-es-secreta');
    const page = (await kubectl('get', '--raw', `/api/v1/namespaces/${namespace}/pods/rabbitmq:15672/proxy/`)).out;
    return page.includes('RabbitMQ Management') ? expectText(users, 'Success') : `no es la página de gestión:\n${page}`;
  });

  await check('mariadb:11.8 con Galera: dos maestros, y lo escrito en uno se lee en el otro', async () => {
    const sql = (pod: string, text: string) => inside(pod, 'mariadb', '-uroot', '-pno-es-secreta', 'bitacora', '-BNe', text);
    const late = await ready('galera-0', 'rollout', 'status', 'statefulset/galera');
    if (late) return late;
    const size = expectText(await sql('galera-1', "show status like 'wsrep_cluster_size'"), 'wsrep_cluster_size\t2');
    await sql('galera-1', "create table notas (id int primary key auto_increment, texto text); insert into notas (texto) values ('desde el otro')");
    return size ?? expectText(await sql('galera-0', 'select texto from notas'), 'desde el otro');
  });
} finally {
  await kubectl('delete', 'namespace', namespace);
}
process.exitCode = checklist.close() ? 0 : 1;
