import { satisfies } from '../../engine/checks.ts';
import { LabError } from '../../engine/lab-error.ts';
import type { KubeObject } from '../../engine/ports.ts';
import type { Space } from './space.ts';

interface FortioRun {
  image: string;
  url: string;
  rate: number;
  requests: number;
  /** Cada una espera su respuesta antes de volver a preguntar: para no omitir nada hacen falta más que ritmo × espera. */
  connections: number;
}

/** Una medida de fortio en su propio Pod. Devuelve su registro, con una línea por petición. */
export async function fortioRun({ target, cluster, wait }: Space, name: string, run: FortioRun): Promise<string> {
  await target.actions.apply({ file: 'labs/dev/probe-contrast/fortio-run.ts', line: 1, object: podOf(name, run), lineOf: () => 1 }, cluster.namespace);
  const ended = satisfies<KubeObject | undefined>('status.phase', 'Succeeded o Failed', (pod) => /Succeeded|Failed/.test(pod?.status?.phase ?? ''));
  await wait(() => cluster.pod(name), ended, '2m');
  const log = await cluster.logs(name);
  if ((await cluster.pod(name))?.status?.phase === 'Succeeded') return log;
  throw new LabError(`fortio no ha podido medir: ${log.split('\n').slice(-3).join(' ')}`, { code: 'STOPPED' });
}

function podOf(name: string, { image, url, rate, requests, connections }: FortioRun) {
  const options: readonly [string, string | number][] = [
    ['-qps', rate],
    ['-c', connections],
    ['-n', requests],
    // Sin duración, reparte las llamadas por el ritmo; con ella (y con cero es la de serie), las estira hasta llenarla.
    ['-t', '-1s'],
    ['-timeout', '5s'],
    ['-access-log-file', '/dev/stdout'],
    ['-access-log-format', 'json'],
    ['-loglevel', 'error'],
  ];
  const args = [
    'load',
    '-quiet',
    '-uniform',
    '-keepalive=false',
    '-allow-initial-errors',
    ...options.flatMap(([option, value]) => [option, String(value)]),
    url,
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: 'fortio' } },
    spec: {
      restartPolicy: 'Never',
      containers: [
        {
          name: 'fortio',
          image,
          args,
          resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } },
        },
      ],
    },
  };
}
