import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run check`: lo que no necesita ejecutar el proyecto. Se pasa todo aunque algo falle, y se cuenta al final. */
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const checks = [
  { name: 'tipos', file: 'node_modules/typescript/bin/tsc', args: ['--noEmit', '--project', '.'] },
  { name: 'formato y linter', file: 'node_modules/@biomejs/biome/bin/biome', args: ['check', '--error-on-warnings'] },
  { name: 'ortografía', file: 'node_modules/cspell/bin.mjs', args: ['lint', '--config', '.cspell/cspell.json', '--no-progress', '--no-summary', '--dot', '.'] },
  { name: 'reglas de import', file: 'node_modules/vitest/vitest.mjs', args: ['run', 'labs/dev/import-rules', '--reporter=dot'] },
] as const;

const failed: string[] = [];
for (const { name, file, args } of checks) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [join(root, file), ...args], { cwd: root, stdio: 'inherit' });
  const took = ((performance.now() - start) / 1000).toFixed(1).replace('.', ',');
  console.log(`  ${status === 0 ? '✔' : '✖'} ${name.padEnd(20)} ${took} s`);
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? 'Todo en orden.' : `Todavía no: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
