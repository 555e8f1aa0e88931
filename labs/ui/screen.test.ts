// cspell:ignore Inigo
import { describe, expect, it } from 'vitest';
import { memoryScreen } from '../testing/memory-screen.ts';

const shown = (env: Record<string, string>, text = '«añádelo», Íñigo → ¿…? ✔') => {
  const screen = memoryScreen({ env });
  screen.out(text);
  return screen.stdout();
};

describe('lo que la terminal sabe dibujar', () => {
  it.each([
    [{ LANG: 'es_ES.UTF-8' }, '«añádelo», Íñigo → ¿…? ✔'],
    [{}, '«añádelo», Íñigo → ¿…? ✔'],
    [{ LANG: 'es_ES.utf8', TERM: 'linux' }, '«añádelo», Íñigo -> ¿...? [ok]'],
    [{ LANG: 'C' }, '"anadelo", Inigo -> ...? [ok]'],
    [{ LANG: 'es_ES.UTF-8', LC_ALL: 'POSIX' }, '"anadelo", Inigo -> ...? [ok]'],
    [{ LANG: 'es_ES.ISO-8859-1' }, '"anadelo", Inigo -> ...? [ok]'],
  ])('%j', (env, text) => expect(shown(env)).toBe(text));

  it('lo que no se puede escribir en ASCII se ve que falta', () => expect(shown({ LANG: 'C' }, 'nodo 日')).toBe('nodo ?'));

  it('el JSON no se toca: lo lee un programa', () => {
    const screen = memoryScreen({ env: { LANG: 'C' }, format: 'json' });
    screen.out('{"text":"añádelo"}');
    expect(screen.stdout()).toBe('{"text":"añádelo"}');
  });
});
