export interface Interval {
  low: number;
  high: number;
}

/** Cuantil de la normal para los niveles que se usan. */
const quantiles: Readonly<Record<number, number>> = { 0.9: 1.644_854, 0.95: 1.959_964, 0.99: 2.575_829, 0.999: 3.290_527, 0.9999: 3.890_592 };

/**
 * Intervalo de Wilson de una proporción: `successes` de `total`. A diferencia del de siempre, vale con cero errores.
 * Supone pruebas independientes: sirve para un reparto; una caída que tira cien peticiones seguidas es **una** avería, no cien.
 * @see Wilson (1927); Newcombe, «Two-sided confidence intervals for the single proportion» (1998), método 3.
 */
export function wilson(successes: number, total: number, confidence: 0.9 | 0.95 | 0.99 | 0.999 | 0.9999 = 0.95): Interval {
  if (!(total > 0) || successes < 0 || successes > total) throw new RangeError(`${successes} de ${total} no es una proporción`);
  const z = quantiles[confidence] ?? 0;
  const share = successes / total;
  const middle = share + z ** 2 / (2 * total);
  const half = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return { low: successes === 0 ? 0 : Math.max(0, (middle - half) / scale), high: successes === total ? 1 : Math.min(1, (middle + half) / scale) };
}

/**
 * Entre qué valores cae el tiempo caído en `horizon` si A = MTBF/(MTBF+MTTR) dice la verdad: lo que un mes puede dar.
 * Averías y reparaciones exponenciales, y al empezar funciona. Exacto para una pieza; para un conjunto se usan los
 * suyos (`clusteredTimes`), que aciertan la media y la variación.
 * @see Takács, «On certain sojourn time problems in the theory of stochastic processes» (1957): el tiempo caído no pasa
 * de x si y solo si las averías de (T − x) de funcionamiento se reparan en x. Con exponenciales, eso es comparar dos
 * recuentos de Poisson: P(D ≤ x) = P[Poisson((T − x)/MTBF) ≤ Poisson(x/MTTR)].
 */
export function downtimeInterval({ mtbf, mttr, horizon }: { mtbf: number; mttr: number; horizon: number }, confidence = 0.95): Interval {
  const quantile = (level: number) => {
    let low = 0;
    let high = horizon;
    if (downtimeAtMost(0, { mtbf, mttr, horizon }) >= level) return 0;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (downtimeAtMost(middle, { mtbf, mttr, horizon }) >= level) high = middle;
      else low = middle;
    }
    return high;
  };
  return { low: quantile((1 - confidence) / 2), high: quantile((1 + confidence) / 2) };
}

/** Probabilidad de que el tiempo caído en `horizon` no pase de `most`. */
export function downtimeAtMost(most: number, { mtbf, mttr, horizon }: { mtbf: number; mttr: number; horizon: number }): number {
  if (most >= horizon) return 1;
  const failures = poisson((horizon - most) / mtbf);
  const repairs = poisson(most / mttr);
  // Se suma por el número de averías: que haya al menos tantas reparaciones.
  let result = 0;
  let fewer = 0;
  let counted = 0;
  for (let count = failures.first; count <= failures.last; count++) {
    while (counted < count) fewer += repairs.at(counted++);
    result += failures.at(count) * Math.max(0, 1 - fewer);
  }
  return Math.min(1, result);
}

/** Probabilidades de una Poisson en el tramo que importa. */
function poisson(mean: number): { first: number; last: number; at(count: number): number } {
  const reach = 10 * Math.sqrt(mean) + 40;
  const first = Math.max(0, Math.floor(mean - reach));
  const last = Math.ceil(mean + reach);
  const values: number[] = [];
  for (let count = first; count <= last; count++)
    values.push(mean === 0 ? (count === 0 ? 1 : 0) : Math.exp(count * Math.log(mean) - mean - logFactorial(count)));
  return { first, last, at: (count) => values[count - first] ?? 0 };
}

/** Stirling con tres términos desde 10: error menor que 1e-10. */
function logFactorial(count: number): number {
  if (count < 10) {
    let product = 1;
    for (let factor = 2; factor <= count; factor++) product *= factor;
    return Math.log(product);
  }
  const x = count + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5);
}
