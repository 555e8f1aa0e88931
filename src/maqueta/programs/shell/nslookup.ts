import type { Binary } from '../program.ts';

/** El `nslookup` de busybox contra el DNS del clúster. */
export const nslookup: Binary = (context) => {
  const name = context.argv.slice(1).find((arg) => !arg.startsWith('-')) ?? '';
  const timer = context.clock.after(context.random.between(0.5, 2), () => {
    const answer = context.network.resolve(context.origin, name);
    context.write('stdout', 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n');
    if (answer.kind === 'nxdomain') {
      context.write('stdout', `** server can't find ${name}: NXDOMAIN\n\n`);
      return context.exit(1);
    }
    if (answer.kind === 'name') context.write('stdout', `${name}\tcanonical name = ${answer.target}\n\n`);
    else context.write('stdout', `${answer.addresses.map((address) => `Name:\t${name}\nAddress: ${address}\n`).join('')}\n`);
    context.exit(0);
  });
  return { isStable: false, signal: () => false, stop: () => timer.cancel() };
};
