import type { ProbePercentiles } from '../../engine/probe-result.ts';

export interface Histogram {
  record(milliseconds: number): void;
  percentiles(): ProbePercentiles | null;
}

/**
 * Cuenta latencias sin guardarlas: hasta 256 µs, una casilla por microsegundo; después, 128 casillas por cada potencia de dos.
 * Se contesta con el centro de la casilla, así que el error nunca pasa de 1/256 (0,4 %) más el microsegundo del redondeo.
 */
// Sigue a HdrHistogram: AbstractHistogram.java (countsArrayIndex), con casillas de 7 bits.
export function createHistogram(): Histogram {
  const counts: number[] = [];
  let total = 0;
  let max = 0;
  const binOf = (micros: number) => {
    const shift = Math.max(0, Math.floor(Math.log2(Math.max(1, micros))) - 7);
    return shift * 128 + Math.floor(micros / 2 ** shift);
  };
  const middleOf = (bin: number) => {
    const shift = Math.max(0, Math.floor(bin / 128) - 1);
    return (bin - shift * 128 + 0.5) * 2 ** shift - (shift === 0 ? 0.5 : 0);
  };
  return {
    record(milliseconds) {
      const bin = binOf(Math.max(0, Math.round(milliseconds * 1000)));
      counts[bin] = (counts[bin] ?? 0) + 1;
      total += 1;
      max = Math.max(max, milliseconds);
    },
    percentiles() {
      if (total === 0) return null;
      const bins = Object.keys(counts).map(Number);
      // El menor valor que no supera esa fracción de las medidas.
      const at = (fraction: number) => {
        let left = Math.ceil(fraction * total - 1e-9);
        for (const bin of bins) {
          left -= counts[bin] ?? 0;
          if (left <= 0) return Math.min(middleOf(bin) / 1000, max);
        }
        return max;
      };
      return { p50: at(0.5), p90: at(0.9), p99: at(0.99), p999: at(0.999), max };
    },
  };
}
