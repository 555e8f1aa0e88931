import { defaultPath, type Recipe } from '../recipe.ts';

/**
 * Imita: POSTGRES_PASSWORD, POSTGRES_USER, POSTGRES_DB, POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD (y con _FILE), PGDATA en
 * /var/lib/postgresql/18/docker, /docker-entrypoint-initdb.d, puerto 5432, usuario `postgres` (999), SIGINT para parar.
 * Difiere: la base se crea con el idioma C.UTF-8; la oficial, con en_US.utf8.
 */
export const postgres: Recipe = {
  names: ['postgres:18'],
  layers: [
    { kind: 'debian-base' },
    { kind: 'debian-install', packages: ['postgresql-18'], expects: { 'postgresql-18': '18' }, before: 'postgres-before.sh', after: 'postgres-after.sh' },
    {
      kind: 'files',
      entries: {
        '/docker-entrypoint-initdb.d': { folder: true },
        '/usr/local/bin/docker-entrypoint.sh': { file: 'postgres-entrypoint.sh', mode: 0o755 },
        '/var/lib/postgresql': { folder: true, owner: 999, mode: 0o1777 },
        '/run/postgresql': { folder: true, owner: 999, mode: 0o3777 },
      },
    },
  ],
  config: {
    Env: [`${defaultPath}:/usr/lib/postgresql/18/bin`, 'LANG=C.UTF-8', 'PG_MAJOR=18', 'PGDATA=/var/lib/postgresql/18/docker'],
    Entrypoint: ['docker-entrypoint.sh'],
    Cmd: ['postgres'],
    ExposedPorts: ['5432/tcp'],
    Volumes: ['/var/lib/postgresql'],
    StopSignal: 'SIGINT',
  },
  from: ({ 'postgresql-18': version, debian }) => `PostgreSQL ${version} de Debian ${debian}`,
};
