import { defaultPath, type Recipe } from '../recipe.ts';
import { busyboxLayers } from './small-base.ts';

/**
 * Imita: todas las órdenes en /bin, `sh` por defecto, /tmp, /root y las cuentas root, daemon, www-data y nobody.
 * Difiere: la versión es la de Debian y la libc es glibc estática; la oficial las tiene en glibc, musl y uclibc.
 */
export const busybox: Recipe = {
  names: ['busybox:1.36', 'busybox:1.37', 'busybox:1.38', 'registry.k8s.io/e2e-test-images/busybox:1.37.0-2'],
  layers: busyboxLayers,
  config: { Env: [defaultPath], Cmd: ['sh'] },
  from: ({ 'busybox-static': version }) => `busybox ${version} de Debian, estático`,
};
