import { defaultPath, type Recipe } from '../recipe.ts';

/**
 * Imita: MARIADB_ROOT_PASSWORD, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD, MARIADB_RANDOM_ROOT_PASSWORD, MARIADB_ROOT_HOST,
 * MARIADB_DATABASE, MARIADB_USER y MARIADB_PASSWORD (también como MYSQL_… y con _FILE), /docker-entrypoint-initdb.d,
 * /var/lib/mysql, puerto 3306, usuario `mysql` (999), los argumentos del servidor tras el nombre y `healthcheck.sh --connect`.
 * Galera: /usr/lib/galera/libgalera_smm.so, rsync, mariadb-backup y socat, como la oficial.
 * Difiere: sin actualización de datos de versiones viejas ni replicación preparada por variables.
 */
export const mariadb: Recipe = {
  names: ['mariadb:11.8'],
  layers: [
    { kind: 'debian-base' },
    {
      kind: 'debian-install',
      packages: ['mariadb-server', 'galera-4', 'mariadb-backup', 'rsync', 'socat'],
      expects: { 'mariadb-server': '11.8' },
      before: 'mariadb-before.sh',
      after: 'mariadb-after.sh',
    },
    {
      kind: 'files',
      entries: {
        '/docker-entrypoint-initdb.d': { folder: true },
        '/usr/local/bin/docker-entrypoint.sh': { file: 'mariadb-entrypoint.sh', mode: 0o755 },
        '/usr/local/bin/healthcheck.sh': { file: 'mariadb-healthcheck.sh', mode: 0o755 },
        '/var/lib/mysql': { folder: true, owner: 999 },
        '/run/mysqld': { folder: true, owner: 999, mode: 0o1777 },
      },
    },
  ],
  config: {
    Env: [defaultPath, 'LANG=C.UTF-8'],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['mariadbd'],
    ExposedPorts: ['3306/tcp'],
    Volumes: ['/var/lib/mysql'],
  },
  from: ({ 'mariadb-server': version, 'galera-4': galera, debian }) => `MariaDB ${version} y Galera ${galera} de Debian ${debian}`,
};
