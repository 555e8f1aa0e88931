import type { Entry, Layer } from '../recipe.ts';

const account = (name: string, id: number, home = '/nonexistent', shell = '/bin/false') => `${name}:x:${id}:${id}:${name}:${home}:${shell}\n`;
const group = (name: string, id: number) => `${name}:x:${id}:\n`;

/** Las cuentas que traen busybox y las imágenes hechas sobre él; `extra` añade la de la aplicación. */
export const accounts = (extra: { name: string; id: number; home: string } | undefined): Record<string, Entry> => ({
  '/etc/passwd': {
    text: [
      account('root', 0, '/root', '/bin/sh'),
      account('daemon', 1, '/usr/sbin'),
      account('www-data', 33, '/var/www'),
      extra ? account(extra.name, extra.id, extra.home, '/bin/sh') : '',
      account('nobody', 65534, '/home'),
    ].join(''),
  },
  '/etc/group': { text: ['root', 'daemon'].map(group).join('') + group('www-data', 33) + (extra ? group(extra.name, extra.id) : '') + group('nobody', 65534) },
});

/** busybox estático y todas sus órdenes. Debian junta /bin y /usr/bin: los enlaces hacen que valgan las dos rutas. */
export const busyboxLayers: readonly Layer[] = [
  {
    kind: 'files',
    entries: {
      ...accounts(undefined),
      '/bin': { link: 'usr/bin' },
      '/sbin': { link: 'usr/sbin' },
      '/lib': { link: 'usr/lib' },
      '/lib64': { link: 'usr/lib64' },
      '/usr/bin': { folder: true },
      '/usr/sbin': { folder: true },
      '/usr/lib': { folder: true },
      '/usr/lib64': { folder: true },
      '/home': { folder: true },
      '/root': { folder: true, mode: 0o700 },
      '/tmp': { folder: true, mode: 0o1777 },
      '/var/www': { folder: true },
      '/etc/nsswitch.conf': { text: 'passwd: files\ngroup: files\nhosts: files dns\n' },
    },
  },
  { kind: 'debian-files', packages: ['busybox-static'], withApplets: true },
];

/** Lo que necesita un binario enlazado con glibc y la biblioteca de C++, como el de Node. */
export const libcLayer: Layer = { kind: 'debian-files', packages: ['libc6', 'libgcc-s1', 'libstdc++6'] };
