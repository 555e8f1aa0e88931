// Rompe a propósito, de una en una, la maqueta o un laboratorio, y exige que lo note quien debe: el catálogo de fidelidad nombra el
// escenario, y un laboratorio nombra el paso.
// Uso: node labs/dev/mutations/run.ts [catalogo [todo]] [laboratorios] [04 …] [mutación…]
//   «todo» corre el catálogo entero con cada una, y cuenta cuántos escenarios más lo notan.
import { catalogueMutations } from './catalogue.ts';
import { checkCatalogue } from './check-catalogue.ts';
import { checkProof, checkStep } from './check-lab.ts';
import { labMutations } from './lab-mutations.ts';
import { mutatedModules } from './mutated-modules.ts';
import type { Mutation } from './mutation.ts';
import type { Verdict } from './verdict.ts';

interface Job {
  mutation: Mutation;
  group: string;
  lab?: string;
  check(): Promise<Verdict>;
}

const words = process.argv.slice(2);
const isWhole = words.includes('todo');
const wanted = words.filter((word) => word !== 'todo');
const withMutation = mutatedModules(new URL('../../../', import.meta.url));

const jobs: Job[] = [
  ...catalogueMutations.map((mutation) => ({ mutation, group: 'catalogo', check: () => checkCatalogue(withMutation, mutation, isWhole) })),
  ...labMutations.flatMap(({ lab, maqueta, itself }) => [
    ...maqueta.map((mutation) => ({ mutation, group: 'laboratorios', lab, check: () => checkStep(withMutation, lab, mutation) })),
    ...itself.map((mutation) => ({ mutation, group: 'laboratorios', lab, check: () => checkProof(withMutation, lab, mutation) })),
  ]),
];
const chosen = jobs.filter(({ mutation, group, lab }) => wanted.length === 0 || wanted.some((word) => [mutation.id, group, lab].includes(word)));
const unknown = wanted.filter((word) => !jobs.some(({ mutation, group, lab }) => [mutation.id, group, lab].includes(word)));

let passed = 0;
let failed = unknown.length;
for (const word of unknown) console.log(`✗ No hay ninguna mutación, laboratorio ni grupo «${word}».`);
for (const { mutation, lab, check } of chosen) {
  const { isCaught, says } = await check();
  if (isCaught) passed += 1;
  else failed += 1;
  console.log(`${isCaught ? '✓' : '✗'} ${lab ? `${lab} · ` : ''}${mutation.id}: ${mutation.breaks}`);
  console.log(`    ${says}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
