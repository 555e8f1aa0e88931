// Programas al azar en el taller y en la maqueta: donde no salga lo mismo, el programa más corto que lo enseña.
// Uso: node labs/fidelity/random.ts [segundos=N] [semilla=N] [caso=N [pasos=0,2]] [kubeconfig=RUTA]
import * as fc from 'fast-check';
import { openTallerRest } from '../cluster/taller-rest.ts';
import { LabError } from '../engine/lab-error.ts';
import { differenceText } from './differences.ts';
import { openKubeSite } from './kube-site.ts';
import { differencesOf } from './random/compare-program.ts';
import { isKnownAtRandom } from './random/known-random-differences.ts';
import { type Program, programs, programText } from './random/program.ts';
import { reduce } from './random/reduce.ts';

const words = Object.fromEntries(process.argv.slice(2).map((word) => [word.split('=')[0] ?? '', word.slice(word.indexOf('=') + 1)]));
/** A la vez en el taller. */
const atOnce = 6;

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof LabError) || error.code !== 'ENVIRONMENT') throw error;
  console.error(`${error.message}${error.fix ? `\n  ${error.fix}` : ''}`);
  return 3;
});

async function main(): Promise<number> {
  const seed = Number(words.semilla ?? Date.now() % 1_000_000);
  const seconds = Number(words.segundos ?? 90);
  const site = await openKubeSite('taller', await openTallerRest(process.env, words.kubeconfig));
  const start = performance.now();
  const hasTime = () => performance.now() - start < seconds * 1000;
  // Al reducir se puede gastar otro tanto: un ejemplo largo no ayuda a nadie.
  const hasTimeToReduce = () => performance.now() - start < seconds * 2000;
  const compare = async (program: Program) => {
    const found = await differencesOf(site, program, `azar-${seed}`);
    return found.filter((difference) => !isKnownAtRandom(difference));
  };
  const describe = (index: number, steps?: string) =>
    `node labs/fidelity/random.ts semilla=${seed} caso=${index}${steps === undefined ? '' : ` pasos=${steps}`}`;

  let passed = 0;
  let failed = 0;
  let next = 0;
  const cases = fc.sample(programs, { seed, numRuns: 500 });
  console.log(`Semilla ${seed}: programas al azar durante ${seconds} s en el taller (${site.version}) y en la maqueta.`);

  async function check(index: number): Promise<void> {
    const program = cases[index];
    if (!program) return;
    const kept = words.pasos === undefined ? undefined : new Set(words.pasos.split(',').filter(Boolean).map(Number));
    const chosen = kept ? { ...program, moves: program.moves.filter((_move, place) => kept.has(place)) } : program;
    let differences = await compare(chosen);
    // Una vez puede ser la prisa de la máquina; dos, la misma diferencia, es que no hacen lo mismo.
    const first = new Set(differences.map(({ step, line }) => `${step} ${line}`));
    if (differences.length > 0) differences = (await compare(chosen)).filter(({ step, line }) => first.has(`${step} ${line}`));
    if (differences.length === 0) {
      passed += 1;
      console.log(`✓ ${index}: ${programText(chosen)}${first.size > 0 ? ' (a la segunda)' : ''}`);
      return;
    }
    failed += 1;
    const lines = new Set(differences.map(({ line }) => line));
    const places = await reduce(
      chosen.moves.map((_move, place) => place),
      async (left) =>
        (await compare({ ...chosen, moves: left.map((place) => chosen.moves[place] as Program['moves'][number]) })).some(({ line }) => lines.has(line)),
      hasTimeToReduce,
    );
    const shortest = { ...chosen, moves: places.map((place) => chosen.moves[place] as Program['moves'][number]) };
    const shown = places.length < chosen.moves.length ? await compare(shortest) : differences;
    console.log(`✗ ${index}: ${programText(shortest)}`);
    for (const difference of shown.length > 0 ? shown : differences) console.log(differenceText(difference).replace(/^/gm, '    '));
    console.log(`    Para repetirlo: ${describe(index, places.join(','))}`);
  }

  /** Un clúster que no contesta no deja comparar: cuenta como fallo, pero no se lleva por delante a los demás. */
  const tryCase = (index: number) =>
    check(index).catch((error: unknown) => {
      failed += 1;
      console.log(`✗ ${index}: ${error instanceof Error ? error.message : String(error)}\n    Para repetirlo: ${describe(index)}`);
    });

  try {
    if (words.caso !== undefined) await tryCase(Number(words.caso));
    else
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          while (hasTime() && next < cases.length) await tryCase(next++);
        }),
      );
    console.log(`${passed} passed, ${failed} failed`);
  } finally {
    await site.close();
  }
  return failed > 0 ? 1 : 0;
}
