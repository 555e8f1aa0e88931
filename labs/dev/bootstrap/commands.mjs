// @ts-check
/**
 * Las órdenes de `npm run` y lo que cada una necesita.
 * @typedef {'labs' | 'all'} Level `labs`: lo justo para los laboratorios. `all`: también el sitio y las herramientas.
 * @typedef {{ level: Level, file: string, args: readonly string[] }} Command
 */

/** @type {Readonly<Record<string, Command>>} */
export const commands = {
  lab: { level: 'labs', file: 'labs/cli.ts', args: [] },
  maqueta: { level: 'labs', file: 'labs/dev/maqueta/maqueta.ts', args: [] },
  grabar: { level: 'labs', file: 'labs/dev/record/record.ts', args: [] },
  taller: { level: 'labs', file: 'labs/taller/cli.ts', args: [] },
  nuevo: { level: 'labs', file: 'labs/dev/nuevo/nuevo.ts', args: [] },
  test: { level: 'all', file: 'node_modules/vitest/vitest.mjs', args: ['run'] },
  check: { level: 'all', file: 'labs/dev/check/check.ts', args: [] },
  bench: { level: 'all', file: 'labs/dev/bench/run.ts', args: [] },
  start: { level: 'all', file: 'node_modules/@docusaurus/core/bin/docusaurus.mjs', args: ['start'] },
  build: { level: 'all', file: 'node_modules/@docusaurus/core/bin/docusaurus.mjs', args: ['build'] },
};
