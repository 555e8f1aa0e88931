import { execa } from 'execa';
import { LabError } from '../engine/lab-error.ts';
import type { NodePower } from './node-power.ts';

/** Parar una máquina virtual tarda; encenderla, más. */
const patience = 300_000;

export type RunPower = (args: readonly string[]) => Promise<{ exitCode: number | undefined; stderr: string; timedOut: boolean }>;

const runPower: RunPower = async (args) => {
  const { exitCode, stderr, timedOut } = await execa('minikube', [...args], { reject: false, timeout: patience, stdin: 'ignore' });
  return { exitCode, stderr, timedOut };
};

/** `minikube node stop` y `minikube node start`: la máquina entera, no solo su kubelet. */
export function minikubePower(profile: string, run: RunPower = runPower): NodePower {
  const ask = async (verb: 'stop' | 'start', node: string) => {
    const args = ['node', verb, node, '-p', profile];
    const { exitCode, stderr, timedOut } = await run(args);
    if (exitCode === 0) return;
    const why = timedOut ? `sin respuesta en ${patience / 60_000} min` : (stderr.trim().split('\n').at(-1) ?? '');
    throw new LabError(`minikube no ha podido ${verb === 'stop' ? 'apagar' : 'encender'} ${node}${why ? `: ${why}` : ''}.`, {
      code: 'ENVIRONMENT',
      fix: `minikube ${args.join(' ')}`,
    });
  };
  return { off: (node) => ask('stop', node), on: (node) => ask('start', node) };
}
