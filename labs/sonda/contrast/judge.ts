import { allowedBetween, margin } from './margin.ts';
import { type PercentileName, percentileNames, type Reading } from './reading.ts';
import type { ContrastRecording, Run } from './recording.ts';
import { faultRun, faultTruth, onPurpose, pauseRun, pauseTruth, rounds } from './truth.ts';

/** Una afirmación del contraste, y por qué no se cumple si no se cumple. */
export interface Verdict {
  title: string;
  problem?: string;
}

/** Mediana de cada cifra entre varias medidas. */
export function medianOf(runs: readonly Run[]): Reading {
  const of = (name: keyof Reading) => median(runs.map(({ reading }) => reading[name]));
  return { requests: of('requests'), errors: of('errors'), unavailable: of('unavailable'), p50: of('p50'), p90: of('p90'), p99: of('p99'), max: of('max') };
}

/** Juzga un contraste entero. Todo lo que la página afirma de él está aquí. */
export function judgeContrast({ faults, pause, tool }: ContrastRecording): Verdict[] {
  const probeRuns = faults.map(({ probe }) => probe);
  const toolRuns = faults.map((pair) => pair.tool);
  const probe = medianOf(probeRuns);
  const other = medianOf(toolRuns);
  return [
    verdict(`hay al menos ${rounds} medidas de cada herramienta`, faults.length >= rounds ? undefined : `hay ${faults.length}`),
    verdict('la sonda cuenta lo mismo que el servidor: ni una petición ni un error de más o de menos', firstMiscount(probeRuns, faultRun.requests)),
    verdict(`${tool} cuenta lo mismo que el servidor`, firstMiscount(toolRuns, faultRun.requests)),
    verdict(`las dos ven fallar la misma parte, con ${margin.errorPoints} punto de margen`, errorGap(probe, other)),
    ...percentileNames.map((name) => verdict(`servicio con fallos: el ${name} de las dos coincide`, apart(name, probe, other, tool))),
    ...percentileNames.map((name) =>
      verdict(`servicio con fallos: el ${name} de la sonda es el que el servidor pone`, offTruth(probe[name], faultTruth[name])),
    ),
    verdict('servidor parado: nadie pierde una petición', firstMiscount([pause.probe, pause.open, pause.closed], pauseRun.requests)),
    ...(['p90', 'p99'] as const).flatMap((name) => [
      verdict(`servidor parado: el ${name} de la sonda cuenta lo que esperó quien llegó entonces`, offTruth(pause.probe.reading[name], pauseTruth[name])),
      verdict(`servidor parado: el ${name} de ${tool} con conexiones de sobra coincide`, apart(name, pause.probe.reading, pause.open.reading, tool)),
    ]),
    verdict(`servidor parado: con una sola conexión, ${tool} omite casi toda la espera`, stillCounts(pause.closed.reading)),
  ];
}

const verdict = (title: string, problem: string | undefined): Verdict => (problem === undefined ? { title } : { title, problem });

function firstMiscount(runs: readonly Run[], wanted: number): string | undefined {
  for (const [index, { reading, served }] of runs.entries()) {
    const where = `en la medida ${index + 1}`;
    if (reading.requests !== wanted) return `${where} tocaban ${wanted} peticiones y dice ${reading.requests}`;
    if (reading.requests !== served.requests) return `${where} dice ${reading.requests} peticiones y el servidor contó ${served.requests}`;
    if (reading.errors !== reading.unavailable) return `${where} dice ${reading.errors} errores, pero solo ${reading.unavailable} son un 503`;
    if (reading.unavailable !== served.errors) return `${where} dice ${reading.unavailable} errores y el servidor dio ${served.errors}`;
  }
  return undefined;
}

function errorGap(probe: Reading, other: Reading): string | undefined {
  const [ours, theirs] = [probe, other].map(({ errors, requests }) => (100 * errors) / requests) as [number, number];
  const wanted = 100 / onPurpose.failsOneIn;
  if (Math.abs(ours - theirs) > margin.errorPoints) return `${points(ours)} y ${points(theirs)}`;
  return Math.abs(ours - wanted) > margin.errorPoints ? `${points(ours)}, y el servidor falla un ${points(wanted)}` : undefined;
}

function apart(name: PercentileName, probe: Reading, other: Reading, tool: string): string | undefined {
  const [ours, theirs] = [probe[name], other[name]];
  const allowed = allowedBetween(ours, theirs);
  if (Math.abs(ours - theirs) <= allowed) return undefined;
  return `la sonda dice ${milliseconds(ours)} y ${tool} ${milliseconds(theirs)}: se admiten ${milliseconds(allowed)} de diferencia`;
}

/** Un temporizador de Node puede adelantarse menos de un milisegundo; una latencia, nada más. */
const early = 1;

function offTruth(found: number, wanted: number): string | undefined {
  const allowed = allowedBetween(wanted, wanted);
  if (found >= wanted - Math.max(early, wanted > onPurpose.tail ? allowed : 0) && found <= wanted + allowed) return undefined;
  return `dice ${milliseconds(found)} y son ${milliseconds(wanted)}: se admiten ${milliseconds(allowed)} de diferencia`;
}

/**
 * La prueba de que el caso sirve: si la de una conexión también lo contase, no se habría probado nada. Se mira el p90 y no
 * el p99: de una sola medida de 360, el p99 es la cuarta peor, y a esa la mueve cualquier tirón de la máquina.
 */
function stillCounts({ p90 }: Reading): string | undefined {
  return p90 < pauseTruth.p90 / 10 ? undefined : `su p90 es de ${milliseconds(p90)}: la parada no se ha notado como debía`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? high) + high) / 2;
}

const milliseconds = (value: number): string => `${value.toFixed(1).replace('.', ',')} ms`;
const points = (value: number): string => `${value.toFixed(1).replace('.', ',')} %`;
