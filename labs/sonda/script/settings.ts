import type { ProbeConnection } from '../../engine/probe-result.ts';

export interface Settings {
  target: URL;
  rate: number;
  deadline: number;
  connection: ProbeConnection;
  /** Milisegundos; 0 es hasta que se pida `/parar`. */
  duration: number;
}

type Lookup = (name: string) => string | null | undefined;

/** Lo pedido en `/empezar`; lo que no diga, de las variables del Pod. Lanza con una frase que nombra lo que está mal. */
export function readSettings(query: Lookup, environment: Lookup): Settings {
  const text = (name: string, otherwise: string) => query(name) ?? environment(name.toUpperCase()) ?? otherwise;
  const number = (name: string, otherwise: string, [low, high]: readonly [number, number]) => {
    const value = Number(text(name, otherwise));
    if (!(value >= low && value <= high)) throw new RangeError(`${name} tiene que ser un número entre ${low} y ${high}, y es «${text(name, otherwise)}»`);
    return value;
  };
  const target = text('objetivo', '');
  if (!/^http:\/\/[^/]/.test(target)) throw new RangeError(`objetivo tiene que empezar por http://, y es «${target}»`);
  const connection = text('conexion', 'nueva');
  if (connection !== 'nueva' && connection !== 'viva') throw new RangeError(`conexion tiene que ser nueva o viva, y es «${connection}»`);
  return {
    target: new URL(target),
    rate: number('ritmo', '50', [0.1, 2000]),
    deadline: number('plazo', '2000', [1, 60_000]),
    connection: connection === 'viva' ? 'kept' : 'new',
    duration: number('duracion', '0', [0, 86_400]) * 1000,
  };
}
