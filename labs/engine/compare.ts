import { diffLines } from './diff.ts';
import type { Mismatch } from './ports.ts';

/**
 * Primer campo de `expected` que no está igual en `actual`, o `undefined` si lo esperado está contenido en lo real.
 * Los campos que sobran en lo real no cuentan; las listas deben tener el mismo largo y orden.
 * Sigue a kuttl: internal/utils/subset.go
 */
export function compare(expected: unknown, actual: unknown): Mismatch | undefined {
  const first = firstDifference(expected, actual, '');
  return first && { ...first, diff: diffLines(expected, pruneTo(expected, actual)) };
}

function firstDifference(expected: unknown, actual: unknown, path: string): Mismatch | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return { path, expected: `lista de ${expected.length}`, found: say(actual) };
    if (actual.length !== expected.length) return { path, expected: `lista de ${expected.length}`, found: `lista de ${actual.length}` };
    return firstOf(expected, (item, index) => firstDifference(item, actual[index], `${path}[${index}]`));
  }
  if (isRecord(expected)) {
    if (!isRecord(actual)) return firstLeaf(expected, path, actual);
    return firstOf(Object.keys(expected), (key) => firstDifference(expected[key], actual[key], join(path, key)));
  }
  return Object.is(expected, actual) ? undefined : { path, expected: say(expected), found: say(actual) };
}

/** Si falta un tramo entero, se nombra el campo esperado y no el tramo: `status.readyReplicas` dice más que `status`. */
function firstLeaf(expected: Record<string, unknown>, path: string, actual: unknown): Mismatch {
  const [key] = Object.keys(expected);
  if (key === undefined || actual !== undefined) return { path, expected: 'un objeto', found: say(actual) };
  const value = expected[key];
  const inner = join(path, key);
  return isRecord(value) ? firstLeaf(value, inner, undefined) : { path: inner, expected: say(value), found: say(undefined) };
}

/** Lo real, reducido a los campos que se esperan: lo que hace falta para enseñar la diferencia y nada más. */
export function pruneTo(expected: unknown, actual: unknown): unknown {
  if (Array.isArray(expected) && Array.isArray(actual)) return actual.map((item, index) => pruneTo(expected[index], item));
  if (!isRecord(expected) || !isRecord(actual)) return actual;
  return Object.fromEntries(
    Object.keys(expected)
      .filter((key) => key in actual)
      .map((key) => [key, pruneTo(expected[key], actual[key])]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `metadata.labels["app.kubernetes.io/name"]`: una clave con puntos no se confunde con una ruta. */
const join = (path: string, key: string) => {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
};

function firstOf<T>(items: readonly T[], look: (item: T, index: number) => Mismatch | undefined): Mismatch | undefined {
  for (const [index, item] of items.entries()) {
    const found = look(item, index);
    if (found) return found;
  }
  return undefined;
}

/** Un valor en una línea. */
export function say(value: unknown): string {
  if (value === undefined) return 'nada';
  if (typeof value === 'string') return value === '' ? 'texto vacío' : value;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
