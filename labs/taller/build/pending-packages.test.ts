import { expect, it } from 'vitest';
import { pendingPackages } from './pending-packages.ts';

// final → medio → base, final → suelto; std ya está compilado.
const listed = 'std|false|\nbase|true|std\nmedio|true|base,std\nsuelto|true|std\nfinal|true|medio,suelto\n';

it('solo cuenta lo que no está en la caché de Go', () => {
  expect(pendingPackages(listed, 1).total).toBe(4);
  expect(pendingPackages('std|false|\n', 1).total).toBe(0);
});

it('cuando empieza un paquete, está hecho todo aquello de lo que depende, aunque no se haya nombrado', () => {
  const packages = pendingPackages(listed, 2);
  expect(packages.started('base')).toBe(0);
  expect(packages.started('final')).toBe(3);
});

it('de los nombrados, solo pueden seguir a medias tantos como se compilan a la vez', () => {
  const packages = pendingPackages('a|true|\nb|true|\nc|true|\nd|true|\n', 2);
  expect(['a', 'b', 'c', 'd'].map((name) => packages.started(name))).toEqual([0, 0, 1, 2]);
});

it('lo que nadie anunció no cuenta', () => {
  expect(pendingPackages(listed, 1).started('otro')).toBe(0);
});
