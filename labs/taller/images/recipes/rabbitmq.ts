import { defaultPath, type Recipe } from '../recipe.ts';

/**
 * Imita: RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS, RABBITMQ_DEFAULT_VHOST y RABBITMQ_ERLANG_COOKIE, /etc/rabbitmq/rabbitmq.conf
 * y conf.d, /var/lib/rabbitmq, puertos 5672, 15672, 15692, 4369 y 25672, usuario `rabbitmq` (999), registros a la salida,
 * y los complementos de gestión y de Prometheus encendidos.
 * Difiere: rabbitmqadmin no está en /usr/local/bin, y Erlang es el de Debian.
 */
export const rabbitmq: Recipe = {
  names: ['rabbitmq:4.3-management', 'rabbitmq:4.3'],
  layers: [
    { kind: 'debian-base' },
    { kind: 'debian-install', packages: ['rabbitmq-server'], expects: { 'rabbitmq-server': '4.3' }, before: 'rabbitmq-before.sh', after: 'rabbitmq-after.sh' },
    {
      kind: 'files',
      entries: {
        '/etc/rabbitmq': { folder: true, owner: 999 },
        '/etc/rabbitmq/conf.d': { folder: true, owner: 999 },
        '/etc/rabbitmq/conf.d/10-defaults.conf': { text: 'loopback_users.guest = false\nlog.console = true\n', owner: 999 },
        '/etc/rabbitmq/enabled_plugins': { text: '[rabbitmq_management,rabbitmq_prometheus].\n', owner: 999 },
        '/usr/local/bin/docker-entrypoint.sh': { file: 'rabbitmq-entrypoint.sh', mode: 0o755 },
        '/var/lib/rabbitmq': { folder: true, owner: 999, mode: 0o1777 },
        '/var/log/rabbitmq': { folder: true, owner: 999, mode: 0o1777 },
      },
    },
  ],
  config: {
    // Las órdenes de Debian en /usr/sbin se niegan a correr con otro usuario: las de la biblioteca van delante.
    Env: [
      defaultPath.replace('PATH=', 'PATH=/opt/rabbitmq/sbin:'),
      'RABBITMQ_DATA_DIR=/var/lib/rabbitmq',
      'RABBITMQ_HOME=/opt/rabbitmq',
      'RABBITMQ_LOGS=-',
      'HOME=/var/lib/rabbitmq',
      'LANG=C.UTF-8',
    ],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['rabbitmq-server'],
    ExposedPorts: ['4369/tcp', '5671/tcp', '5672/tcp', '15671/tcp', '15672/tcp', '15691/tcp', '15692/tcp', '25672/tcp'],
    Volumes: ['/var/lib/rabbitmq'],
  },
  from: ({ 'rabbitmq-server': version, debian }) => `RabbitMQ ${version} de Debian ${debian}`,
};
