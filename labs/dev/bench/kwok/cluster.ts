import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { apiPort, controlPlane } from '../../../taller/cluster/addresses.ts';
import { type Api, createApi } from '../../../taller/cluster/api.ts';
import { writeCertificates } from '../../../taller/cluster/certificates.ts';
import type { Process } from '../../../taller/cluster/control-plane.ts';
import { type Folders, foldersOf } from '../../../taller/cluster/folders.ts';
import { kubeconfigOf, writeKubeconfig } from '../../../taller/cluster/kubeconfig.ts';
import { startSupervisor } from '../../../taller/cluster/supervisor.ts';
import { waitForApi, waitForServiceAccount } from '../../../taller/cluster/wait-ready.ts';

export interface KwokCluster {
  api: Api;
  /** Del supervisor: todo cuelga de él. */
  pid: number;
}

/** Un plano de control de verdad y, en lugar de kubelets, KWOK, que da por hecho todo lo que haría un nodo. Se para como un taller. */
export async function raiseKwokCluster(cacheDir: string, binaries: string): Promise<KwokCluster> {
  const folders = foldersOf(cacheDir);
  for (const folder of [folders.run, folders.config, folders.logs]) await mkdir(folder, { recursive: true, mode: 0o755 });
  await writeCertificates(binaries, folders);
  const inside = `https://${controlPlane}:${apiPort}`;
  for (const user of ['kube-controller-manager', 'kube-scheduler']) await writeKubeconfig({ folders, user, server: inside, file: kubeconfigOf(folders, user) });
  await writeKubeconfig({ folders, user: 'admin', server: inside, file: kubeconfigOf(folders, 'kwok') });
  const scheduler = path.join(folders.config, 'kube-scheduler.json');
  await writeFile(scheduler, JSON.stringify(schedulerConfiguration(folders)));
  const supervisor = await startSupervisor({
    folders,
    binaries,
    port: 0,
    adjust: (processes) => [...processes.map((each) => withMoreRoom(each, scheduler)), kwok(folders, binaries)],
  });
  const api = createApi(folders, `https://127.0.0.1:${supervisor.port}`);
  const waiting = { cacheDir, api, onProgress: () => undefined };
  await waitForApi(waiting);
  await waitForServiceAccount(waiting);
  return { api, pid: supervisor.pid };
}

/** Con el cupo de fábrica (50 peticiones por segundo) 5 000 Pods serían minutos de espera a propósito, y eso no es lo que se compara. */
const room = { qps: 1000, burst: 2000 };

const withMoreRoom = ({ name, argv, env }: Process, scheduler: string): Process => {
  switch (name) {
    case 'kube-controller-manager':
      return { name, argv: [...argv, `--kube-api-qps=${room.qps}`, `--kube-api-burst=${room.burst}`], env };
    case 'kube-scheduler':
      return { name, argv: [...argv, `--config=${scheduler}`], env };
    default:
      return { name, argv, env };
  }
};

const schedulerConfiguration = (folders: Folders) => ({
  apiVersion: 'kubescheduler.config.k8s.io/v1',
  kind: 'KubeSchedulerConfiguration',
  leaderElection: { leaderElect: false },
  clientConnection: { kubeconfig: kubeconfigOf(folders, 'kube-scheduler'), ...room },
});

const kwok = (folders: Folders, binaries: string): Process => ({
  name: 'kwok',
  argv: [
    path.join(binaries, 'kwok'),
    `--kubeconfig=${kubeconfigOf(folders, 'kwok')}`,
    `--config=${path.join(import.meta.dirname, 'stages.yaml')}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=40',
    '--cidr=10.0.0.0/8',
    '--node-ip=10.0.0.1',
  ],
  env: [],
});
