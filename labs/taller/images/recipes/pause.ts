import { defaultPath, type Recipe } from '../recipe.ts';

/**
 * La que sostiene las redes y los procesos de cada Pod. 3.10.2 es la que containerd 2.4 pide por defecto para su
 * sandbox y la de la batería de conformidad: con este nombre, containerd no necesita configuración.
 * Imita: `/pause`, que duerme, recoge huérfanos y sale con 0 a SIGINT o SIGTERM; usuario 65535.
 */
export const pause: Recipe = {
  names: ['registry.k8s.io/pause:3.10.2', 'registry.k8s.io/pause:3.10.1', 'registry.k8s.io/pause:3.10'],
  layers: [{ kind: 'c', source: 'pause.c', path: '/pause' }],
  config: { Env: [defaultPath], Entrypoint: ['/pause'], User: '65535:65535', WorkingDir: '/' },
  from: () => 'pause propio en C, estático',
};
