import { defaultPath, type Recipe } from '../recipe.ts';

/**
 * Imita: puerto 80, /usr/share/nginx/html, /etc/nginx/nginx.conf con conf.d/*.conf, usuario `nginx` (101), registros a la
 * salida, SIGQUIT para parar, y un entrypoint que rellena /etc/nginx/templates/*.template y ejecuta /docker-entrypoint.d.
 * Difiere: es la de Debian, con sus módulos; no escucha en IPv6 ni ajusta el número de procesos.
 */
export const nginx: Recipe = {
  names: [
    ...['1.30', '1.30-alpine', '1.29', '1.28', '1.27'].map((tag) => `nginx:${tag}`),
    'registry.k8s.io/e2e-test-images/nginx:1.27.0-2',
    'registry.k8s.io/e2e-test-images/nginx:1.28.0-2',
  ],
  layers: [
    { kind: 'debian-base' },
    { kind: 'debian-install', packages: ['nginx', 'gettext-base'], expects: { nginx: '1.30' }, before: 'nginx-before.sh', after: 'nginx-after.sh' },
    {
      kind: 'files',
      entries: {
        '/etc/nginx/nginx.conf': { file: 'nginx.conf' },
        '/etc/nginx/conf.d/default.conf': { file: 'nginx-default.conf' },
        '/var/log/nginx': { folder: true },
        '/var/log/nginx/access.log': { link: '/dev/stdout' },
        '/var/log/nginx/error.log': { link: '/dev/stderr' },
        '/docker-entrypoint.d': { folder: true },
        '/docker-entrypoint.sh': { file: 'nginx-entrypoint.sh', mode: 0o755 },
      },
    },
  ],
  config: {
    Env: [defaultPath],
    Entrypoint: ['/docker-entrypoint.sh'],
    Cmd: ['nginx', '-g', 'daemon off;'],
    ExposedPorts: ['80/tcp'],
    StopSignal: 'SIGQUIT',
  },
  from: ({ nginx: version, debian }) => `nginx ${version} de Debian ${debian}`,
};
