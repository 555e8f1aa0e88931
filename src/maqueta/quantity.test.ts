import { describe, expect, it } from 'vitest';
import { canonicalQuantity, formatQuantity, parseMilli, parseQuantity } from './quantity.ts';

// Casos de apimachinery: pkg/api/resource/quantity_test.go (TestQuantityParse).
const values: [string, number][] = [
  ['0', 0],
  ['0n', 0],
  ['0Ki', 0],
  ['1', 1],
  ['1Ki', 1024],
  ['7Mi', 7 * 1024 ** 2],
  ['6Gi', 6 * 1024 ** 3],
  ['5Ti', 5 * 1024 ** 4],
  ['4Pi', 4 * 1024 ** 5],
  ['5n', 5e-9],
  ['4u', 4e-6],
  ['3m', 0.003],
  ['50k', 50_000],
  ['7M', 7e6],
  ['300T', 3e14],
  ['1E', 1e18],
  ['1E-3', 0.001],
  ['1e3', 1000],
  ['1E6', 1e6],
  ['1.3E+6', 1.3e6],
  ['100.035k', 100_035],
  ['0.0005k', 0.5],
  ['.5', 0.5],
  ['0.50000', 0.5],
  ['0.5e-1', 0.05],
  ['6.987654321G', 6_987_654_321],
  ['3.001n', 4e-9],
  ['0.0000000001', 1e-9],
  ['0.00000012345', 124e-9],
  ['9Ei', 2 ** 63],
  ['12E', 12e18],
  ['100.035Ki', 102_435.84],
  ['0.5Mi', 524_288],
  ['0.05Gi', 53_687_091.2],
  ['.0001k', 0.1],
  ['1.', 1],
  ['1.G', 1e9],
];

describe('leer una cantidad', () => {
  it.each(values)('%s vale lo mismo que en Kubernetes', (text, value) => {
    expect(parseQuantity(text)).toBe(value);
    expect(parseQuantity(`+${text}`)).toBe(value);
    expect(parseQuantity(`-${text}`)).toBe(value === 0 ? 0 : -value);
  });

  it('acepta un número de JSON', () => {
    expect(parseQuantity(2)).toBe(2);
    expect(parseMilli(0.25)).toBe(250);
  });

  it.each(['', '1.1.M', '1+1.0M', '0.1am', 'aoeu', '-3.01e-x', ' 1', '1 Gi'])('rechaza «%s» por su forma', (text) => {
    expect(() => parseQuantity(text)).toThrow("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  });

  it.each(['0.1mi', '.5i', '1i', '1KK', '1e', '1KM'])('rechaza «%s» por su sufijo', (text) => {
    expect(() => parseQuantity(text)).toThrow("unable to parse quantity's suffix");
  });

  it('no se deja colgar por un exponente disparatado', () => {
    expect(() => parseQuantity('1e999999999')).toThrow('unable to parse numeric part of quantity');
  });
});

describe('las milésimas se redondean hacia arriba', () => {
  it.each([
    ['100m', 100],
    ['0.1m', 1],
    ['1', 1000],
    ['1.5', 1500],
    ['2k', 2_000_000],
    ['1001u', 2],
  ])('%s son %i', (text, milli) => {
    expect(parseMilli(text)).toBe(milli);
  });
});

describe('la forma canónica', () => {
  it.each([
    ['0Mi', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['0.5', '500m'],
    ['1.5', '1500m'],
    ['1000m', '1'],
    ['1024Mi', '1Gi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Mi', '512Ki'],
    ['1023Ki', '1023Ki'],
    ['512', '512'],
    ['0.05Gi', '53687091200m'],
    ['1000k', '1M'],
    ['1e3', '1e3'],
    ['0.5e0', '500e-3'],
    ['1.2e3', '1200'],
    ['10e2', '1e3'],
    ['1000e0', '1e3'],
    ['-1.5Gi', '-1536Mi'],
    ['0.000000000001Ki', '2n'],
    ['100.035Ki', '102435840m'],
  ])('%s se escribe %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it('escribe un número con la familia pedida', () => {
    expect(formatQuantity(1024 ** 3, 'binarySI')).toBe('1Gi');
    expect(formatQuantity(0.25, 'decimalSI')).toBe('250m');
    expect(formatQuantity(3, 'decimalSI')).toBe('3');
    expect(formatQuantity(1e6, 'decimalExponent')).toBe('1e6');
  });
});
