import { parseDuration } from '../../engine/duration.ts';
import { LabError } from '../../engine/lab-error.ts';
import type { Duration } from '../../engine/ports.ts';
import { closest } from '../../suggest.ts';

export interface RandomRequest {
  seed: number;
  duration: Duration;
  /** Menos casos que estos no dicen nada: se sigue hasta tenerlos. */
  least: number;
  /** Solo ese caso, y de él solo esas acciones. */
  only?: { index: number; places?: readonly number[] };
  /** Guarda lo comparado para publicarlo. */
  isNoted: boolean;
  kubeconfig?: string;
}

/** Sin decir otra: la que se pasa en cada entrega. */
export const defaultSeed = 7;

const words = ['durante', 'semilla', 'minimo', 'caso', 'pasos', 'kubeconfig', 'anotar'];
const example = 'node labs/fidelity/random.ts durante=90s semilla=7';

/** `durante=90s semilla=7`, en cualquier orden. @throws {LabError} `USAGE` si no se entiende. */
export function parseRandom(given: readonly string[]): RandomRequest {
  const said = new Map<string, string>();
  for (const word of given) {
    const [name = '', ...rest] = word.split('=');
    if (!words.includes(name)) {
      const near = closest(name, words);
      throw usage(`No conozco «${name}».${near ? ` ¿Querías decir «${near}»?` : ''}`);
    }
    if (name === 'anotar' ? rest.length > 0 : rest.length === 0) throw usage(name === 'anotar' ? '«anotar» va solo.' : `A «${name}» le falta «=» y su valor.`);
    said.set(name, rest.join('='));
  }
  const whole = (name: string): number | undefined => {
    const text = said.get(name);
    if (text === undefined) return undefined;
    if (!/^\d{1,9}$/.test(text)) throw usage(`«${name}=${text}» no vale: se espera un número entero.`);
    return Number(text);
  };
  const duration = (said.get('durante') ?? '90s') as Duration;
  try {
    parseDuration(duration);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw usage(`${error.message}.`);
  }
  const places = said.get('pasos');
  if (places !== undefined && !/^(\d+(,\d+)*)?$/.test(places)) throw usage(`«pasos=${places}» no vale: se esperan números separados por comas, como 0,2.`);
  const index = whole('caso');
  if (places !== undefined && index === undefined) throw usage('«pasos» dice qué acciones de un caso: falta «caso».');
  if (index !== undefined && index >= cases) throw usage(`«caso=${index}» no vale: hay ${cases} por semilla, del 0 al ${cases - 1}.`);
  const kubeconfig = said.get('kubeconfig');
  return {
    seed: whole('semilla') ?? defaultSeed,
    duration,
    least: whole('minimo') ?? 8,
    isNoted: said.has('anotar'),
    ...(index === undefined ? {} : { only: { index, ...(places === undefined ? {} : { places: places.split(',').filter(Boolean).map(Number) }) } }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
}

/** Programas por semilla. */
export const cases = 500;

const usage = (message: string) => new LabError(message, { code: 'USAGE', fix: example });
