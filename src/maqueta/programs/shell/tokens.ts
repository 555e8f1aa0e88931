import { type Part, ShellSyntaxError, type Word } from './syntax.ts';

export type Token = { kind: 'word'; word: Word; raw: string } | { kind: 'operator'; text: string };

const operators = ['&&', '||', '2>&1', '1>&2', '>&2', '&>>', '&>', '2>>', '2>', '1>>', '1>', '>>', '>', '<<', '<', ';;', ';', '&', '|', '\n', '(', ')'];

/** Parte un guion en palabras y operadores, resolviendo comillas. */
export function tokenize(script: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < script.length) {
    const char = script[at] as string;
    if (char === ' ' || char === '\t' || char === '\r') {
      at += 1;
      continue;
    }
    if (char === '\\' && script[at + 1] === '\n') {
      at += 2;
      continue;
    }
    if (char === '#') {
      while (at < script.length && script[at] !== '\n') at += 1;
      continue;
    }
    const operator = operators.find((text) => script.startsWith(text, at));
    if (operator) {
      tokens.push({ kind: 'operator', text: operator });
      at += operator.length;
      continue;
    }
    const { word, end } = readWord(script, at);
    tokens.push({ kind: 'word', word, raw: script.slice(at, end) });
    at = end;
  }
  return tokens;
}

function readWord(script: string, start: number): { word: Part[]; end: number } {
  const word: Part[] = [];
  let at = start;
  let text = '';
  const flush = (isQuoted: boolean) => {
    if (text !== '' || isQuoted) word.push({ kind: 'text', text, isQuoted });
    text = '';
  };
  while (at < script.length) {
    const char = script[at] as string;
    if (/[\s;&|<>()]/.test(char)) break;
    if (char === '\\') {
      if (script[at + 1] !== '\n') text += script[at + 1] ?? '';
      at += 2;
    } else if (char === "'") {
      flush(false);
      const close = script.indexOf("'", at + 1);
      if (close < 0) throw new ShellSyntaxError('unterminated quoted string');
      text = script.slice(at + 1, close);
      flush(true);
      at = close + 1;
    } else if (char === '"') {
      flush(false);
      at += 1;
      while (script[at] !== '"') {
        if (at >= script.length) throw new ShellSyntaxError('unterminated quoted string');
        if (script[at] === '\\' && '"\\$`\n'.includes(script[at + 1] ?? 'x')) {
          if (script[at + 1] !== '\n') text += script[at + 1];
          at += 2;
        } else if (script[at] === '$' || script[at] === '`') {
          flush(true);
          const { part, end } = readDollar(script, at, true);
          word.push(part);
          at = end;
        } else {
          text += script[at];
          at += 1;
        }
      }
      flush(true);
      at += 1;
    } else if (char === '$' || char === '`') {
      flush(false);
      const { part, end } = readDollar(script, at, false);
      word.push(part);
      at = end;
    } else {
      text += char;
      at += 1;
    }
  }
  flush(false);
  return { word, end: at };
}

function readDollar(script: string, at: number, isQuoted: boolean): { part: Part; end: number } {
  if (script[at] === '`') {
    const close = script.indexOf('`', at + 1);
    if (close < 0) throw new ShellSyntaxError('unterminated quoted string');
    return { part: { kind: 'substitution', script: script.slice(at + 1, close), isQuoted }, end: close + 1 };
  }
  if (script.startsWith('$((', at)) {
    const close = script.indexOf('))', at);
    if (close < 0) throw new ShellSyntaxError('missing "))"');
    return { part: { kind: 'arithmetic', expression: script.slice(at + 3, close) }, end: close + 2 };
  }
  if (script.startsWith('$(', at)) {
    let depth = 1;
    let end = at + 2;
    for (; end < script.length && depth > 0; end++) {
      if (script[end] === '(') depth += 1;
      else if (script[end] === ')') depth -= 1;
    }
    if (depth > 0) throw new ShellSyntaxError('unexpected end of file (expecting ")")');
    return { part: { kind: 'substitution', script: script.slice(at + 2, end - 1), isQuoted }, end };
  }
  if (script.startsWith('${', at)) {
    const close = script.indexOf('}', at);
    const match = /^(\w+|[?#@*])(?::?-(.*))?$/s.exec(script.slice(at + 2, close));
    if (close < 0 || !match) throw new ShellSyntaxError('bad substitution');
    return { part: { kind: 'variable', name: match[1] as string, fallback: match[2], isQuoted }, end: close + 1 };
  }
  const name = /^(?:[A-Za-z_]\w*|[0-9?$#@*!])/.exec(script.slice(at + 1))?.[0];
  if (!name) return { part: { kind: 'text', text: '$', isQuoted: true }, end: at + 1 };
  return { part: { kind: 'variable', name, fallback: undefined, isQuoted }, end: at + 1 + name.length };
}
