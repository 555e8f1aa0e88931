import { expect, it } from 'vitest';
import { createScreen } from '../ui/screen.ts';
import { createProgressView } from './show-progress.ts';

function play(env: Record<string, string>, isTTY: boolean) {
  let now = 0;
  let text = '';
  const screen = createScreen({ env, isTTY, columns: () => 60, writeOut: (piece) => void (text += piece), writeErr: () => undefined, now: () => now }, 'auto');
  const { onProgress, end } = createProgressView(screen);
  return { onProgress, end, at: (time: number) => void (now = time), text: () => text };
}

it('fuera de una terminal, una línea por tarea acabada y otra cada diez segundos', () => {
  const { onProgress, at, text } = play({ CI: '1' }, false);
  for (const [time, done] of [
    [0, 0],
    [4000, 100],
    [11_000, 300],
    [12_000, 310],
    [30_000, 900],
    [31_500, 1000],
  ] as const) {
    at(time);
    onProgress({ task: 'compilar Kubernetes', done, total: 1000, detail: 'k8s.io/api' });
  }
  expect(text().split('\n')).toEqual([
    '  compilar Kubernetes · 300 de 1000 · k8s.io/api',
    '  compilar Kubernetes · 900 de 1000 · k8s.io/api',
    '  ✔ compilar Kubernetes 31,5 s',
    '',
  ]);
});

it('en una terminal, la línea en curso se reescribe y no pasa del ancho', () => {
  const { onProgress, end, text } = play({ NO_COLOR: '1' }, true);
  onProgress({ task: 'imagen node:24.21-alpine', done: 1, total: 3, detail: 'x'.repeat(80) });
  expect(text()).toBe(`  [====        ] imagen node:24.21-alpine · 1 de 3 · ${'x'.repeat(80)}`.slice(0, 59));
  end();
  expect(text().endsWith('\r\u001B[2K')).toBe(true);
});

it('una tarea que acaba se dice una vez', () => {
  const { onProgress, text } = play({ CI: '1' }, false);
  for (let turn = 0; turn < 3; turn++) onProgress({ task: 'nodos Ready', done: 3, total: 3 });
  expect(text()).toBe('  ✔ nodos Ready 0,0 s\n');
});
