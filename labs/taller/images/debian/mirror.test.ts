import { expect, test } from 'vitest';
import { mirrorOf } from './mirror.ts';

test.each([
  [
    'el que dice ser de Debian, con las listas bajadas',
    'http://uno.example/cosas/|nodistro|Otro\nhttp://dos.example/espejo/|bookworm|Debian\n',
    'http://dos.example/espejo',
  ],
  ['por la carpeta, sin listas', 'http://dos.example/debian-security/|bookworm-security|\nhttp://dos.example/debian/|bookworm|\n', 'http://dos.example/debian'],
  [
    'ni el de seguridad ni el de actualizaciones',
    'http://dos.example/debian/|bookworm-updates|Debian\nhttp://tres.example/debian|trixie|Debian',
    'http://tres.example/debian',
  ],
  ['ninguno en una máquina que no es Debian', 'http://uno.example/ubuntu|noble|Ubuntu\n', undefined],
  ['ninguno si sale de un disco', 'cdrom:[Debian]/|bookworm|Debian\n', undefined],
  ['ninguno sin nada', '', undefined],
])('el espejo de Debian es %s', (_, targets, mirror) => {
  expect(mirrorOf(targets)).toBe(mirror);
});
