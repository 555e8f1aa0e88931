import { canonicalImage } from '../../../src/maqueta/programs/registry.ts';
import type { Recipe } from './recipe.ts';
import { agnhost } from './recipes/agnhost.ts';
import { busybox } from './recipes/busybox.ts';
import { coredns, fortio, localPathProvisioner, metricsServer } from './recipes/go-programs.ts';
import { mariadb } from './recipes/mariadb.ts';
import { nginx } from './recipes/nginx.ts';
import { node22, node24 } from './recipes/node.ts';
import { pause } from './recipes/pause.ts';
import { postgres } from './recipes/postgres.ts';
import { rabbitmq } from './recipes/rabbitmq.ts';

/** El mapa entero, «imagen oficial → receta del taller». Para añadir una: su archivo en recipes/ y una línea aquí. */
export const allRecipes: readonly Recipe[] = [
  pause,
  busybox,
  node22,
  node24,
  coredns,
  localPathProvisioner,
  metricsServer,
  fortio,
  agnhost,
  nginx,
  mariadb,
  rabbitmq,
  postgres,
];

const byName = new Map(allRecipes.flatMap((recipe) => recipe.names.map((name) => [canonicalImage(name), recipe])));

/** Por cualquiera de las formas en que se escribe su nombre. */
export const recipeFor = (name: string): Recipe | undefined => byName.get(canonicalImage(name));
