import type { Shell, Streams } from './shell-state.ts';
import type { Word } from './syntax.ts';

/** Sustituye variables y órdenes; lo no citado se parte por espacios. */
export function expand(shell: Shell, words: readonly Word[], streams: Streams, done: (texts: string[]) => void): void {
  const texts: string[] = [];
  let current: string | undefined;
  const parts = words.flatMap((word) => [...word, undefined]);
  const step = (index: number): void => {
    for (let at = index; at < parts.length; at++) {
      const part = parts[at];
      if (!part) {
        if (current !== undefined) texts.push(current);
        current = undefined;
      } else if (part.kind === 'text') current = (current ?? '') + part.text;
      else if (part.kind === 'arithmetic') current = (current ?? '') + arithmetic(shell, part.expression);
      else if (part.kind === 'variable') add(variable(shell, part.name) || (part.fallback ?? ''), part.isQuoted);
      else {
        let output = '';
        const inner = { ...streams, out: (text: string) => void (output += text) };
        return shell.run(shell.parse(part.script), inner, () => {
          add(output.replace(/\n+$/, ''), part.isQuoted);
          step(at + 1);
        });
      }
    }
    done(texts);
  };
  const add = (value: string, isQuoted: boolean) => {
    if (isQuoted) {
      current = (current ?? '') + value;
      return;
    }
    const pieces = value.split(/\s+/);
    pieces.forEach((piece, position) => {
      if (position > 0 && current !== undefined) {
        texts.push(current);
        current = undefined;
      }
      if (piece !== '') current = (current ?? '') + piece;
    });
  };
  step(0);
}

function variable({ lastCode, parameters, variables }: Shell, name: string): string | undefined {
  if (name === '?') return String(lastCode);
  if (name === '$') return '1';
  if (name === '#') return String(Math.max(0, parameters.length - 1));
  if (name === '@' || name === '*') return parameters.slice(1).join(' ');
  if (/^\d$/.test(name)) return parameters[Number(name)];
  return variables.get(name);
}

/** Enteros, paréntesis y comparaciones. Lo que no se entiende acaba con el guion, como en `sh`. */
function arithmetic(shell: Shell, expression: string): string {
  const plain = expression.replace(/\$?([A-Za-z_]\w*)/g, (_all, name: string) => variable(shell, name) || '0').trim();
  try {
    if (!/^[\d\s+\-*/%()<>=!]+$/.test(plain)) throw new SyntaxError();
    const value = Number(new Function(`"use strict"; return (${plain});`)());
    if (Number.isFinite(value)) return String(Math.trunc(value));
    shell.fail('divide by zero');
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof ReferenceError)) throw error;
    shell.fail('arithmetic syntax error');
  }
  return '0';
}
