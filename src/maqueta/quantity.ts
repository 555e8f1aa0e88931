/** Con qué familia de sufijos se escribió una cantidad: `1500m`, `1Gi` o `1e3`. Se conserva al escribirla otra vez. */
export type QuantityFormat = 'decimalSI' | 'binarySI' | 'decimalExponent';

interface Parsed {
  /** Milmillonésimas: el grano más fino que admite la API. */
  nanos: bigint;
  format: QuantityFormat;
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

const billion = 1_000_000_000n;
/** Las cantidades binarias se recortan a un entero de 63 bits. */
const largest = ((1n << 63n) - 1n) * billion;
/** Más allá de aquí el número tendría más cifras de las que nadie escribe a propósito. */
const largestExponent = 100;

const known = new Map<string, Parsed>();

/**
 * El valor de una cantidad de Kubernetes: `'100m'` es 0,1 y `'1Gi'`, 1073741824.
 * Lanza un error con el mismo texto que la API si no lo es.
 */
export function parseQuantity(text: string | number): number {
  const { nanos } = parse(text);
  // Un entero grande se convierte sin pasar por las milmillonésimas, que ya no caben exactas.
  return nanos % billion === 0n ? Number(nanos / billion) : Number(nanos) / 1e9;
}

/** En milésimas, redondeando hacia arriba: como se suma la CPU. */
export function parseMilli(text: string | number): number {
  return Number(divideUp(parse(text).nanos, 1_000_000n));
}

/** Como la devuelve la API: `0.5` → `500m`, `1024Mi` → `1Gi`. */
export function canonicalQuantity(text: string | number): string {
  const { nanos, format } = parse(text);
  return write(nanos, format);
}

/** Escribe un número con la familia de sufijos pedida: `formatQuantity(1073741824, 'binarySI')` es `1Gi`. */
export function formatQuantity(value: number, format: QuantityFormat): string {
  const nanos = Number.isInteger(value) ? BigInt(value) * billion : BigInt(Math.round(value * 1e9));
  return write(nanos, format);
}

// Sigue a apimachinery: pkg/api/resource/quantity.go (ParseQuantity).
function parse(text: string | number): Parsed {
  const source = String(text);
  const hit = known.get(source);
  if (hit) return hit;
  const match = /^([+-]?)(?=[0-9.])([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(source);
  if (!match) throw new Error("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  const [, sign, whole = '', fraction = '', suffix = ''] = match;
  const { base, exponent, format } = readSuffix(suffix);
  const mantissa = BigInt(`${whole}${fraction}` || '0');
  const places = tenTo(fraction.length);
  let nanos: bigint;
  if (base === 2) nanos = divideUp((mantissa << BigInt(exponent)) * billion, places);
  else if (exponent >= 0) nanos = divideUp(mantissa * tenTo(exponent) * billion, places);
  else nanos = divideUp(mantissa * billion, places * tenTo(-exponent));
  if (base === 2 && nanos > largest) nanos = largest;
  const parsed: Parsed = {
    nanos: sign === '-' ? -nanos : nanos,
    // Menos de la unidad no se puede escribir en potencias de 1024.
    format: format === 'binarySI' && nanos > 0n && nanos < billion ? 'decimalSI' : format,
  };
  if (known.size >= 4096) known.clear();
  known.set(source, parsed);
  return parsed;
}

function readSuffix(suffix: string): { base: 2 | 10; exponent: number; format: QuantityFormat } {
  const power = decimal[suffix];
  if (power !== undefined) return { base: 10, exponent: power, format: 'decimalSI' };
  const bits = binary[suffix];
  if (bits !== undefined) return { base: 2, exponent: bits, format: 'binarySI' };
  const exponent = /^[eE]([-+]?[0-9]+)$/.exec(suffix)?.[1];
  if (exponent === undefined) throw new Error("unable to parse quantity's suffix");
  if (Math.abs(Number(exponent)) > largestExponent) throw new Error('unable to parse numeric part of quantity');
  return { base: 10, exponent: Number(exponent), format: 'decimalExponent' };
}

// Sigue a apimachinery: pkg/api/resource/quantity.go (CanonicalizeBytes): sin decimales y con el sufijo más grande que quepa.
function write(nanos: bigint, format: QuantityFormat): string {
  if (nanos === 0n) return '0';
  const size = nanos < 0n ? -nanos : nanos;
  if (format === 'binarySI' && size >= 1024n * billion && nanos % billion === 0n) {
    return scaled(nanos / billion, 1024n, binarySuffixes.length - 1, (step) => binarySuffixes[step] ?? '');
  }
  if (format === 'decimalExponent') {
    return scaled(nanos, 1000n, largestExponent, (step) => (step === 3 ? '' : `e${step * 3 - 9}`));
  }
  return scaled(nanos, 1000n, decimalSuffixes.length - 1, (step) => decimalSuffixes[step] ?? '');
}

function scaled(value: bigint, base: bigint, limit: number, suffixOf: (step: number) => string): string {
  let left = value;
  let step = 0;
  while (step < limit && left % base === 0n) {
    left /= base;
    step += 1;
  }
  return `${left}${suffixOf(step)}`;
}

/** Los valores no enteros se redondean alejándose de cero: quien pide algo, recibe algo. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

/** Sin `**`: al empaquetar la página se convierte en Math.pow, que no sabe de BigInt. */
const tenTo = (places: number): bigint => BigInt(`1${'0'.repeat(places)}`);
