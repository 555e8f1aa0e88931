import path from 'node:path';
import { execa } from 'execa';
import { foldersOf } from './folders.ts';
import { kubeconfigOf } from './kubeconfig.ts';

export type Kubectl = (args: readonly string[], input?: string) => Promise<string>;

/** El kubectl de la misma versión que el clúster, con el kubeconfig de administración del taller y ningún otro. */
export function createKubectl(cacheDir: string, binaries: string, signal?: AbortSignal): Kubectl {
  const kubeconfig = kubeconfigOf(foldersOf(cacheDir), 'admin');
  return async (args, input) => {
    const { stdout } = await execa(path.join(binaries, 'kubectl'), ['--kubeconfig', kubeconfig, '--request-timeout=5s', ...args], {
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      ...(signal ? { cancelSignal: signal } : {}),
    });
    return stdout;
  };
}
