import type { Binary } from './program.ts';

/** El proceso de registry.k8s.io/pause: no hace nada y se va cuando se lo piden. */
export const pause: Binary = (context) => ({
  isStable: true,
  signal(signal) {
    if (signal !== 'SIGTERM' && signal !== 'SIGINT') return false;
    context.write('stdout', 'Shutting down, got signal: Terminated\n');
    context.clock.after(1, () => context.exit(0));
    return true;
  },
  stop() {},
});
