import { parseQuantity } from '../quantity.ts';
import type { Node } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import type { LiveFiles } from './host-files.ts';
import type { Machine } from './machine.ts';
import type { PodWorker } from './pod-worker.ts';

/**
 * Lo que cualquiera puede leer en una máquina con Linux y un kubelet: su memoria, cuánto lleva encendida, quién es y los registros
 * de sus Pods. La carga siempre es cero: aquí nada gasta procesador.
 */
export function liveFilesOf({ clock, store }: World, machine: Machine, workers: ReadonlyMap<string, PodWorker>): LiveFiles {
  const node = () => store.collection<Node>('nodes').get('', machine.name);
  const running = () => [...workers.values()].flatMap(({ containers }) => containers.filter(({ isRunning }) => isRunning));
  const uptime = () => ((clock.now() - machine.bootedAt) / 1000).toFixed(2);
  const fixed: readonly [string, () => string][] = [
    ['etc/hostname', () => `${machine.name}\n`],
    ['etc/machine-id', () => `${node()?.status?.nodeInfo?.machineID ?? ''}\n`],
    ['proc/loadavg', () => `0.00 0.00 0.00 1/${running().length + 2} ${running().length + 2}\n`],
    [
      'proc/meminfo',
      () => {
        const total = Math.floor(parseQuantity(node()?.status?.capacity?.memory ?? '0') / 1024);
        const free = total - Math.ceil(running().reduce((sum, { memory }) => sum + memory, 0) / 1024);
        return [
          ['MemTotal', total],
          ['MemFree', free],
          ['MemAvailable', free],
        ]
          .map(([name, kilobytes]) => `${`${name}:`.padEnd(16)}${String(kilobytes).padStart(8)} kB\n`)
          .join('');
      },
    ],
    ['proc/sys/kernel/random/boot_id', () => `${node()?.status?.nodeInfo?.bootID ?? ''}\n`],
    ['proc/uptime', () => `${uptime()} ${uptime()}\n`],
  ];

  return {
    list() {
      const files = new Map(fixed);
      for (const worker of workers.values()) {
        const { namespace = '', name = '', uid = '' } = worker.pod().metadata;
        for (const { spec, restartCount, log, previousLog } of worker.containers) {
          const file = (turn: number) => `var/log/pods/${namespace}_${name}_${uid}/${spec.name}/${turn}.log`;
          if (previousLog) files.set(file(restartCount - 1), () => previousLog.file());
          if (log) files.set(file(restartCount), () => log.file());
        }
      }
      return files;
    },
  };
}
