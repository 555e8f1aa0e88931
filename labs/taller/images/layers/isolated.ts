/**
 * Un guion en sus propios montajes y procesos (y red, si no la necesita). Si este programa muere, aunque sea con
 * SIGKILL, el núcleo mata el guion y lo que lanzó, y sus montajes desaparecen con él: no hay nada que limpiar.
 */
export const isolated = (script: string, args: readonly string[], options: { withoutNetwork: boolean }): { command: string; args: string[] } => ({
  command: 'setpriv',
  args: [
    ...['--pdeathsig', 'KILL', 'unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...(options.withoutNetwork ? ['--net'] : []),
    ...['sh', script, ...args],
  ],
});
