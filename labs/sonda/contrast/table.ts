import { medianOf } from './judge.ts';
import { allowedBetween } from './margin.ts';
import { type PercentileName, percentileNames } from './reading.ts';
import type { ContrastRecording } from './recording.ts';
import { faultTruth, pauseTruth } from './truth.ts';

/** Una fila del contraste, en milisegundos. Con varias medidas, `probe` y `tool` son medianas. */
export interface ContrastRow {
  name: PercentileName;
  /** Lo que el servidor pone a propósito. */
  truth: number;
  probe: number;
  tool: number;
  difference: number;
  allowed: number;
}

/** Del servicio con fallos, además: lo que más se apartaron dos medidas de una pareja, y lo que la otra varía consigo misma. */
export interface FaultRow extends ContrastRow {
  worstPair: number;
  toolSpread: number;
}

export function faultRows({ faults }: Pick<ContrastRecording, 'faults'>): FaultRow[] {
  const probe = medianOf(faults.map((pair) => pair.probe));
  const tool = medianOf(faults.map((pair) => pair.tool));
  return percentileNames.map((name) => {
    const own = faults.map((pair) => pair.tool.reading[name]);
    return {
      ...row(name, faultTruth[name], probe[name], tool[name]),
      worstPair: Math.max(...faults.map((pair) => Math.abs(pair.probe.reading[name] - pair.tool.reading[name]))),
      toolSpread: Math.max(...own) - Math.min(...own),
    };
  });
}

/** `closed`: lo que dice la misma herramienta con una sola conexión. */
export const pauseRows = ({ pause }: Pick<ContrastRecording, 'pause'>): (ContrastRow & { closed: number })[] =>
  percentileNames.map((name) => ({
    ...row(name, pauseTruth[name], pause.probe.reading[name], pause.open.reading[name]),
    closed: pause.closed.reading[name],
  }));

const row = (name: PercentileName, truth: number, probe: number, tool: number): ContrastRow => ({
  name,
  truth,
  probe,
  tool,
  difference: Math.abs(probe - tool),
  allowed: allowedBetween(probe, tool),
});
