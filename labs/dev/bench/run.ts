import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { runningTaller } from '../../cluster/taller-target.ts';
import { tallerCache } from '../../taller/cache.ts';
import { executor } from './executor.ts';
import { kwok } from './kwok/kwok.ts';
import { lab } from './lab.ts';
import { isMissing, type Measure, type Missing, meetsGoal, type Reading } from './measure.ts';
import { month } from './month.ts';
import { measureNodeStart } from './node-start.ts';
import { scale } from './scale.ts';
import { site } from './site.ts';
import { drawTable } from './table.ts';
import { tallerStart } from './taller-start.ts';

/** `npm run bench`, o `npm run bench mes escala 3` para medir solo eso y repetirlo tres veces. */
const measures: readonly Measure[] = [lab, month, scale, site, tallerStart, executor, kwok];
/** `npm run bench taller`: lo que levanta un Kubernetes de verdad. Pide Linux, root y la caché del taller llena. */
const withTaller: readonly Measure[] = [tallerStart, executor, kwok];
const root = resolve(import.meta.dirname, '..', '..', '..');

const words = process.argv.slice(2);
const repetitions = Number(words.find((word) => /^[1-9][0-9]?$/.test(word)) ?? 5);
const names = words.filter((word) => !/^[0-9]+$/.test(word)).flatMap((word) => (word === 'taller' ? withTaller.map(({ id }) => id) : [word]));
const unknown = names.find((name) => !measures.some((measure) => measure.id === name));
if (unknown !== undefined) {
  console.error(
    `No conozco la medida «${unknown}». Hay: ${measures.map((measure) => measure.id).join(', ')}; y «taller», que son ${withTaller.map(({ id }) => id).join(', ')}.`,
  );
  process.exit(2);
}
// Sin pedirlas: el sitio, que tarda en construirse, solo si ya hay uno; el ejecutor, si hay un taller levantado; y levantar otros, nunca.
const isReady: Readonly<Record<string, boolean>> = {
  sitio: existsSync(join(root, 'build')),
  ejecutor: (await runningTaller(tallerCache(process.env))) !== undefined,
  arranque: false,
  kwok: false,
};
const chosen = measures.filter(({ id }) => (names.length > 0 ? names.includes(id) : (isReady[id] ?? true)));

const report = (text: string) => console.error(`… ${text}`);
report(`arranque de Node, ${repetitions} veces`);
const nodeStart = await measureNodeStart(root, repetitions);
const results: (Reading | Missing)[] = [];
for (const measure of chosen) results.push(...(await measure.run({ root, repetitions, nodeStart, report })));

console.log(`Node ${process.version} · ${process.platform} ${process.arch} · ${availableParallelism()} núcleos · node -e 0: ${Math.round(nodeStart)} ms`);
console.log(drawTable(results));
save();
process.exitCode = results.some(isMissing) ? 1 : 0;

/** Se escribe aparte y se cambia de golpe: un corte a medias no deja un JSON roto. */
function save(): void {
  const folder = join(root, '.bitacora');
  const path = join(folder, 'bench.json');
  const measured = results.map((result) => (isMissing(result) ? result : { ...result, isMet: meetsGoal(result) }));
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.nuevo`, `${JSON.stringify({ node: process.version, platform: process.platform, nodeStart, results: measured }, undefined, 2)}\n`);
    renameSync(`${path}.nuevo`, path);
    console.log(`Guardado en .bitacora/bench.json`);
  } catch (error) {
    console.error(`No he podido guardar .bitacora/bench.json: ${error instanceof Error ? error.message : String(error)}`);
  }
}
