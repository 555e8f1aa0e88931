import { expect, it } from 'vitest';
import { healthy, outage } from '../testing/probe-results.ts';
import { sayRepair } from './repair-reading.ts';

it('dice lo que falló y lo que tardó en repararse, y sin errores no habla de reparar', () => {
  expect(sayRepair(outage)).toBe('33 de 200 con error (32 conexión rechazada, 1 conexión cortada); MTTR, 0,7 s');
  expect(sayRepair(healthy)).toBe('200 peticiones y ni un error');
});

it('si el servicio no volvió, no hay MTTR que dar', () => {
  const open = { ...outage, gaps: [{ start: 2000, duration: 2000, errors: 33, isOpen: true }] };
  expect(() => sayRepair(open)).toThrow('El servicio no había vuelto cuando acabó la medida: no se sabe cuánto tarda en repararse.');
});
