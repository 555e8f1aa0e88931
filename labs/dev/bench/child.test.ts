import { expect, it } from 'vitest';
import { lastWords, runNode } from './child.ts';

const root = process.cwd();

it('mide hasta la primera línea y hasta el final', async () => {
  const run = await runNode(['-e', 'console.log("ya"); setTimeout(() => {}, 150)'], root);
  expect(run).toMatchObject({ exitCode: 0, stdout: 'ya\n' });
  expect(run.total - (run.firstLine ?? Number.NaN)).toBeGreaterThan(100);
});

it('quien no acaba a tiempo no cuenta como acabado, aunque salga con un 0', async () => {
  const run = await runNode(['-e', 'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000)'], root, 600);
  expect(run.exitCode).toBeNull();
  expect(lastWords(run, root)).toBe('salida null: Error: no acabó en 1 s');
});

it('dice por qué falló, sin la ruta del proyecto', async () => {
  const run = await runNode(['-e', `throw new Error(${JSON.stringify(`no encuentro ${root}/labs/cli.ts`)})`], root);
  expect(lastWords(run, root)).toContain('Error: no encuentro labs/cli.ts');
});
