import { notModelledFields } from '../../src/maqueta/registry/not-modelled.ts';
import { modelled } from '../../src/maqueta/schema/modelled.ts';
import { knownDifferences } from './known-differences.ts';
import type { Result } from './maqueta-results.ts';
import { countVariants } from './merge-runs.ts';
import { overtakenEvents, passingDips, passingEvents, passingFarewells, passingRules } from './passing.ts';
import type { ComparedSeed } from './random/compared.ts';
import { knownRandomDifferences } from './random/known-random-differences.ts';
import { notComparedAtRandom, onlyTheEndAtRandom } from './random/not-compared.ts';
import type { RecordedTrace } from './trace.ts';

/** Lo que enseña la página «lo que no imita». Sale entero de aquí: ninguna cifra se escribe a mano. */
export interface Published {
  kubernetes: string;
  /** La grabación más nueva. */
  recordedAt: string;
  scenarios: { equal: number; total: number };
  lines: { equal: number; total: number; withSeveralAnswers: number };
  /** Programas al azar, con sus semillas y cuándo se compararon por última vez. */
  random: { programs: { equal: number; total: number }; lines: { equal: number; total: number }; seeds: readonly number[]; comparedAt: string };
  /** Cada fila declarada y las líneas que tapa. */
  differences: readonly { where: string; what: string; why: string; lines: number }[];
  /** Lo que no se compara, y por qué. */
  notCompared: readonly { what: string; why: string }[];
  /** Recursos que atiende; cualquier otro da 404. */
  resources: readonly string[];
  /** Campos que rechaza nombrándolos, por motivo. */
  rejected: readonly { kind: string; fields: readonly { names: readonly string[]; why: string }[] }[];
}

/** Sitio donde se mira y qué valor, dicho como se lee. */
const spoken = (pattern: RegExp): string =>
  pattern.source
    .replace(/^\^|\$$/g, '')
    .replaceAll('\\S+', '…')
    .replaceAll('.*', '…')
    .replaceAll('\\w+', '…')
    .replaceAll('\\b', '')
    .replaceAll(/\\(.)/g, '$1');

export function publish(results: readonly Result[], recorded: ReadonlyMap<string, RecordedTrace>, compared: readonly ComparedSeed[]): Published {
  const traces = [...recorded.values()];
  const count = (of: (result: Result) => number) => results.reduce((sum, result) => sum + of(result), 0);
  const total = count((result) => result.total);
  return {
    kubernetes: traces[0]?.recorded.kubernetes ?? '',
    recordedAt:
      traces
        .map((one) => one.recorded.at)
        .sort()
        .at(-1) ?? '',
    scenarios: { equal: results.filter(({ differences }) => differences.length === 0).length, total: results.length },
    lines: {
      equal: total - count(({ differences }) => differences.length),
      total,
      withSeveralAnswers: traces.reduce((sum, one) => sum + countVariants(one), 0),
    },
    random: {
      programs: {
        equal: compared.reduce((sum, { programs }) => sum + programs.equal, 0),
        total: compared.reduce((sum, { programs }) => sum + programs.total, 0),
      },
      lines: { equal: compared.reduce((sum, { lines }) => sum + lines.equal, 0), total: compared.reduce((sum, { lines }) => sum + lines.total, 0) },
      seeds: compared.map(({ seed }) => seed),
      comparedAt:
        compared
          .map(({ at }) => at)
          .sort()
          .at(-1) ?? '',
    },
    differences: [
      ...knownDifferences.map(({ scenarios, line, why }) => ({
        where: scenarios.join(', '),
        what: spoken(line),
        why,
        lines: count(({ scenario, differences }) => (scenarios.includes(scenario.id) ? differences.filter((one) => line.test(one.line)).length : 0)),
      })),
      ...knownRandomDifferences.map(({ line, why }) => ({ where: 'programas al azar', what: spoken(line), why, lines: 0 })),
    ],
    notCompared: [
      ...passingRules.map(({ track, value, why }) => ({ what: `${spoken(track)}: «${spoken(value)}» por el camino`, why })),
      ...passingDips.map(({ track, why }) => ({ what: `${spoken(track)}: cuánto baja un instante`, why })),
      ...passingFarewells.map(({ track, why }) => ({ what: `${spoken(track)} de un objeto que se está borrando`, why })),
      ...passingEvents.map(({ text, why }) => ({ what: `suceso «${spoken(text)}»`, why })),
      ...overtakenEvents.map(({ reason, by, why }) => ({ what: `suceso ${reason} si en el mismo paso llega ${by}`, why })),
      ...[...notComparedAtRandom, onlyTheEndAtRandom].map(({ what, why }) => ({ what: `en los programas al azar, ${what}`, why })),
    ],
    resources: modelled,
    rejected: Object.entries(notModelledFields).map(([kind, fields]) => ({ kind, fields: byReason(fields) })),
  };
}

function byReason(fields: Readonly<Record<string, string>>): { names: string[]; why: string }[] {
  const reasons = new Map<string, string[]>();
  for (const [name, why] of Object.entries(fields)) reasons.set(why, [...(reasons.get(why) ?? []), name]);
  return [...reasons].map(([why, names]) => ({ names, why }));
}

/** Dónde queda, y cómo se vuelve a hacer. */
export const publishedFile = 'labs/fidelity/published.json';
export const publishOrder = 'node labs/dev/fidelity/publish.ts';
