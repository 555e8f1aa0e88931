import { type Command, type Redirect, ShellSyntaxError, type Word } from './syntax.ts';
import { type Token, tokenize } from './tokens.ts';

const closers = new Set(['then', 'do', 'done', 'fi', 'else', 'elif', '}', 'esac']);
const notModelled = new Set(['case', 'function', 'select']);

/** Gramática mínima de `sh`: listas, tuberías, redirecciones, `if`, `while`, `until`, `for`, `{ }` y `( )`. */
export function parseShell(script: string): Command {
  const tokens = tokenize(script);
  let at = 0;
  const peek = () => tokens[at];
  const isOperator = (text: string) => peek()?.kind === 'operator' && (peek() as { text: string }).text === text;
  const reserved = (): string | undefined => {
    const token = peek();
    return token?.kind === 'word' ? token.raw : undefined;
  };
  const describe = (token: Token | undefined) =>
    token ? `unexpected "${token.kind === 'word' ? token.raw : token.text === '\n' ? 'newline' : token.text}"` : 'unexpected end of file';
  const expect = (word: string) => {
    if (reserved() !== word) throw new ShellSyntaxError(`${describe(peek())} (expecting "${word}")`);
    at += 1;
  };
  const skipLines = () => {
    while (isOperator('\n')) at += 1;
  };

  const list = (isEnd: () => boolean): Command => {
    const items: { command: Command; after: ';' | '&&' | '||' | '&' }[] = [];
    skipLines();
    while (at < tokens.length && !isEnd()) {
      const command = pipeline();
      let after: ';' | '&&' | '||' | '&' = ';';
      if (isOperator('&&') || isOperator('||') || isOperator('&')) {
        after = (peek() as { text: '&&' | '||' | '&' }).text;
        at += 1;
      } else if (isOperator(';') || isOperator('\n')) at += 1;
      else if (at < tokens.length && !isEnd()) throw new ShellSyntaxError(describe(peek()));
      items.push({ command, after });
      skipLines();
    }
    return { kind: 'list', items, redirects: [] };
  };
  const until = (...words: string[]) => list(() => words.includes(reserved() ?? ''));

  const pipeline = (): Command => {
    const isNegated = reserved() === '!';
    if (isNegated) at += 1;
    const parts = [single()];
    while (isOperator('|')) {
      at += 1;
      skipLines();
      parts.push(single());
    }
    return parts.length === 1 && !isNegated ? (parts[0] as Command) : { kind: 'pipe', parts, isNegated };
  };

  const redirects = (): Redirect[] => {
    const found: Redirect[] = [];
    for (let next = redirect(); next.length > 0; next = redirect()) found.push(...next);
    return found;
  };
  const redirect = (): Redirect[] => {
    const token = peek();
    if (token?.kind !== 'operator') return [];
    const copy = { '2>&1': [2, '1'], '1>&2': [1, '2'], '>&2': [1, '2'] }[token.text] as [1 | 2, string] | undefined;
    if (copy) {
      at += 1;
      return [{ from: copy[0], mode: 'copy', target: [{ kind: 'text', text: copy[1], isQuoted: false }] }];
    }
    const match = /^([12&]?)(>>?|<)$/.exec(token.text);
    if (!match) return [];
    at += 1;
    const file = peek();
    if (file?.kind !== 'word') throw new ShellSyntaxError(describe(file));
    at += 1;
    const mode = match[2] === '<' ? 'read' : match[2] === '>>' ? 'append' : 'write';
    const first: Redirect = { from: mode === 'read' ? 0 : match[1] === '2' ? 2 : 1, mode, target: file.word };
    return match[1] === '&' ? [first, { from: 2, mode: 'copy', target: [{ kind: 'text', text: '1', isQuoted: false }] }] : [first];
  };

  const single = (): Command => {
    const word = reserved();
    if (word && notModelled.has(word)) throw new ShellSyntaxError(`la maqueta no tiene "${word}"`);
    if (word && closers.has(word)) throw new ShellSyntaxError(describe(peek()));
    if (isOperator('(') || word === '{') {
      const isParenthesis = isOperator('(');
      at += 1;
      const inside = isParenthesis ? list(() => isOperator(')')) : until('}');
      if (isParenthesis ? !isOperator(')') : reserved() !== '}') throw new ShellSyntaxError(describe(peek()));
      at += 1;
      return { ...inside, redirects: redirects() } as Command;
    }
    if (word === 'while' || word === 'until') {
      at += 1;
      const condition = until('do');
      expect('do');
      const body = until('done');
      expect('done');
      return { kind: 'while', isUntil: word === 'until', condition, body, redirects: redirects() };
    }
    if (word === 'for') {
      at += 1;
      const name = reserved() ?? '';
      at += 1;
      const words: Word[] = [];
      if (reserved() === 'in') {
        at += 1;
        for (let token = peek(); token?.kind === 'word'; token = peek()) {
          words.push(token.word);
          at += 1;
        }
      }
      if (isOperator(';') || isOperator('\n')) at += 1;
      skipLines();
      expect('do');
      const body = until('done');
      expect('done');
      return { kind: 'for', name, words, body, redirects: redirects() };
    }
    if (word === 'if') {
      const branches: { condition: Command; body: Command }[] = [];
      let otherwise: Command | undefined;
      at += 1;
      for (;;) {
        const condition = until('then');
        expect('then');
        branches.push({ condition, body: until('elif', 'else', 'fi') });
        if (reserved() !== 'elif') break;
        at += 1;
      }
      if (reserved() === 'else') {
        at += 1;
        otherwise = until('fi');
      }
      expect('fi');
      return { kind: 'if', branches, otherwise, redirects: redirects() };
    }
    return simple();
  };

  const simple = (): Command => {
    const assignments: { name: string; value: Word }[] = [];
    const words: Word[] = [];
    const found: Redirect[] = [];
    for (;;) {
      found.push(...redirects());
      const token = peek();
      if (isOperator('<<')) throw new ShellSyntaxError('la maqueta no tiene "<<"');
      if (token?.kind !== 'word') break;
      at += 1;
      const assignment = words.length === 0 ? /^([A-Za-z_]\w*)=/.exec(token.raw) : null;
      const [first, ...rest] = token.word;
      if (assignment && first?.kind === 'text') {
        const name = assignment[1] as string;
        assignments.push({ name, value: [{ ...first, text: first.text.slice(name.length + 1) }, ...rest] });
      } else words.push(token.word);
    }
    if (assignments.length + words.length + found.length === 0) throw new ShellSyntaxError(describe(peek()));
    return { kind: 'simple', assignments, words, redirects: found };
  };

  const program = list(() => false);
  if (at < tokens.length) throw new ShellSyntaxError(describe(peek()));
  return program;
}
