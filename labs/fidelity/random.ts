// Programas al azar en el taller y en la maqueta: donde no salga lo mismo, el programa más corto que lo enseña.
// Uso: node labs/fidelity/random.ts [durante=90s] [semilla=N] [minimo=N] [caso=N [pasos=0,2]] [anotar] [kubeconfig=RUTA]
import { openTallerRest } from '../cluster/taller-rest.ts';
import { parseDuration } from '../engine/duration.ts';
import { LabError } from '../engine/lab-error.ts';
import { differenceText } from './differences.ts';
import { openKubeSite } from './kube-site.ts';
import { checkProgram, type Verdict } from './random/check-program.ts';
import { compareProgram } from './random/compare-program.ts';
import { digestOf, noteCompared, programsOf } from './random/compared.ts';
import { isKnownAtRandom } from './random/known-random-differences.ts';
import { parseRandom } from './random/parse-random.ts';
import { type Program, programText } from './random/program.ts';
import { runFor } from './random/run-for.ts';

/** A la vez en el taller: casi todo el tiempo se va en esperar a que nada se mueva. */
const atOnce = 9;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof LabError) || (error.code !== 'ENVIRONMENT' && error.code !== 'USAGE')) throw error;
  console.error(`${error.message}${error.fix ? `\n  ${error.fix}` : ''}`);
  return error.code === 'USAGE' ? 2 : 3;
});

type Outcome = { verdict: Verdict } | { broken: true };

async function main(given: readonly string[]): Promise<number> {
  const { seed, duration, least, only, isNoted, kubeconfig } = parseRandom(given);
  const site = await openKubeSite('taller', await openTallerRest(process.env, kubeconfig));
  const all = programsOf(seed);
  const limit = parseDuration(duration);
  const start = performance.now();
  const describe = (index: number, places?: readonly number[]) =>
    `node labs/fidelity/random.ts semilla=${seed} caso=${index}${places === undefined ? '' : ` pasos=${places.join(',')}`}`;

  async function check(index: number, cut: AbortSignal): Promise<Outcome> {
    const program = all[index] as Program;
    const chosen = only?.places ? { ...program, moves: program.moves.filter((_move, place) => only.places?.includes(place)) } : program;
    const began = performance.now();
    try {
      const verdict = await checkProgram(
        chosen,
        (one, settle, signal) => compareProgram({ site, program: one, id: `azar-${seed}`, settle, signal }),
        cut,
        // Un ejemplo largo no ayuda a nadie, pero buscar el más corto tampoco puede no acabar.
        () => performance.now() - start < limit * 3,
      );
      tell(index, chosen, verdict, performance.now() - began);
      return { verdict };
    } catch (error) {
      if (cut.aborted) throw error;
      // Un clúster que no contesta no deja comparar: cuenta como fallo, pero no se lleva por delante a los demás.
      console.log(`✗ ${index}: ${programText(chosen)}: ${error instanceof Error ? error.message : String(error)}\n    Para repetirlo: ${describe(index)}`);
      return { broken: true };
    }
  }

  function tell(index: number, program: Program, { differences, doubt, shortest, places }: Verdict, took: number): void {
    if (isFine(differences))
      return console.log(
        `✓ ${index}: ${programText(program)}${secondsOf(took)}${doubt === undefined ? '' : `; a la segunda, con más calma: a la primera, ${doubt}`}`,
      );
    console.log(`✗ ${index}: ${programText(program)}${secondsOf(took)}`);
    if (shortest !== program) console.log(`    Basta con: ${programText(shortest)}`);
    for (const difference of differences) console.log(differenceText(difference).replace(/^/gm, '    '));
    console.log(`    Para repetirlo: ${describe(index, places)}`);
  }

  try {
    console.log(`Semilla ${seed}: programas al azar en el taller (${site.version}) y en la maqueta${only ? '' : `, durante ${duration}`}.`);
    const outcomes = only
      ? [await check(only.index, new AbortController().signal)]
      : await runFor({ count: all.length, duration: limit, least, atOnce, check });
    const verdicts = outcomes.flatMap((one) => ('verdict' in one ? [one.verdict] : []));
    const passed = verdicts.filter(({ differences }) => isFine(differences)).length;
    const failed = outcomes.length - passed;
    if (isNoted && !only) {
      const sum = (of: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + of(verdict), 0);
      await noteCompared({
        seed,
        digest: digestOf(seed),
        kubernetes: site.version,
        at: new Date().toISOString(),
        programs: {
          equal: verdicts.filter(({ differences }) => differences.length === 0).length,
          total: outcomes.length,
          secondTry: verdicts.filter(({ doubt }) => doubt !== undefined).length,
        },
        lines: { equal: sum(({ lines }) => lines.equal), total: sum(({ lines }) => lines.total) },
      });
    }
    const isEnough = only !== undefined || outcomes.length >= least;
    if (!isEnough)
      console.log(`Solo ha dado tiempo a ${outcomes.length} programas, y hacen falta ${least}: la máquina va demasiado cargada para comparar nada.`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed > 0 || !isEnough ? 1 : 0;
  } finally {
    await site.close();
  }
}

function secondsOf(took: number): string {
  return ` (${(took / 1000).toFixed(1).replace('.', ',')} s)`;
}

/** Nada distinto, o solo lo que se sabe y se publica. */
function isFine(differences: Verdict['differences']): boolean {
  return differences.every(isKnownAtRandom);
}
