import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Lo de esta máquina que un taller podría cambiar sin querer. Se compara entero, antes y después. */
export type MachineSnapshot = Readonly<Record<string, string>>;

const sysctls = [
  'net/ipv4/ip_forward',
  'net/bridge/bridge-nf-call-iptables',
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
  'net/netfilter/nf_conntrack_max',
];

export function machineSnapshot(): MachineSnapshot {
  return {
    interfaces: output('ip', ['-brief', 'link']),
    'reglas de iptables': output('iptables-save', []).replace(/^#.*$|\[\d+:\d+\]/gm, ''),
    'reglas de nft': output('nft', ['list', 'ruleset']),
    rutas: output('ip', ['route']),
    montajes: readFileSync('/proc/self/mounts', 'utf8'),
    cgroups: cgroups(),
    'redes con nombre': output('ip', ['netns', 'list']),
    ...Object.fromEntries(
      sysctls.map((name) => [`sysctl ${name}`, existsSync(`/proc/sys/${name}`) ? readFileSync(`/proc/sys/${name}`, 'utf8').trim() : 'no hay']),
    ),
  };
}

/** Qué ha cambiado entre las dos, con lo que había y lo que hay. */
export function machineChanges(before: MachineSnapshot, after: MachineSnapshot, ignore: RegExp = /$^/): string[] {
  const lines = (text: string) => text.split('\n').filter((line) => line !== '' && !ignore.test(line));
  return Object.keys(before).flatMap((what) => {
    const had = lines(before[what] ?? '');
    const has = lines(after[what] ?? '');
    const gone = had.filter((line) => !has.includes(line)).map((line) => `${what}: falta «${line}»`);
    const fresh = has.filter((line) => !had.includes(line)).map((line) => `${what}: sobra «${line}»`);
    return [...gone, ...fresh];
  });
}

function output(command: string, args: string[]): string {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // Sin ese programa, o sin permiso para preguntar: lo mismo antes y después.
    return '';
  }
}

/** Los dos primeros niveles de cada árbol. */
function cgroups(): string {
  const root = '/sys/fs/cgroup';
  const trees = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return trees
    .flatMap(({ name }) => [name, ...children(`${root}/${name}`).map((child) => `${name}/${child}`)])
    .sort()
    .join('\n');
}

const children = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
};
