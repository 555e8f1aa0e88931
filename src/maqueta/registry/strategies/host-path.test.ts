import { expect, it } from 'vitest';
import { validateHostPath } from './host-path.ts';

const told = (source: object) => validateHostPath(source as { path: string }, 'h').map(({ field, message }) => `${field}: ${message}`);

it('un hostPath dice una ruta sin retrocesos y, si dice un tipo, uno que exista', () => {
  expect(told({ path: '/proc', type: 'Directory' })).toEqual([]);
  expect(told({ path: '' })).toEqual(['h.path: Required value']);
  expect(told({ path: '/srv/../etc', type: 'Carpeta' })).toEqual([
    'h.path: Invalid value: "/srv/../etc": must not contain \'..\'',
    'h.type: Unsupported value: "Carpeta": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
  ]);
});
