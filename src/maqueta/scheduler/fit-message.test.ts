import { expect, it } from 'vitest';
import { countReasons, fitMessage, truncateNote } from './fit-message.ts';

it('suma los motivos de todos los nodos y los ordena como texto', () => {
  const reasons = countReasons([
    ...Array.from({ length: 10 }, () => ['Insufficient memory']),
    ...Array.from({ length: 2 }, () => ['Insufficient cpu', 'Insufficient memory']),
    ['Too many pods'],
  ]);
  expect(fitMessage(13, reasons)).toBe('0/13 nodes are available: 1 Too many pods, 12 Insufficient memory, 2 Insufficient cpu.');
});

it('un motivo que vale para todos no lleva cuenta', () => {
  expect(fitMessage(4, new Map(), 'pod has unbound immediate PersistentVolumeClaims')).toBe(
    '0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
  );
});

it('un suceso no pasa de 1024 letras', () => {
  expect(truncateNote('a'.repeat(1024))).toHaveLength(1024);
  expect(truncateNote('a'.repeat(1025))).toBe(`${'a'.repeat(1021)}...`);
});
