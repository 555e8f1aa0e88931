/** Trozo de una palabra. Lo citado no se parte por espacios al sustituirlo. */
export type Part =
  | { kind: 'text'; text: string; isQuoted: boolean }
  | { kind: 'variable'; name: string; fallback: string | undefined; isQuoted: boolean }
  | { kind: 'substitution'; script: string; isQuoted: boolean }
  | { kind: 'arithmetic'; expression: string };

export type Word = readonly Part[];

export interface Redirect {
  /** 0, 1 o 2; `both` es `&>`. */
  from: 0 | 1 | 2;
  mode: 'write' | 'append' | 'read' | 'copy';
  target: Word;
}

export type Command =
  | { kind: 'simple'; assignments: readonly { name: string; value: Word }[]; words: readonly Word[]; redirects: readonly Redirect[] }
  | { kind: 'list'; items: readonly { command: Command; after: ';' | '&&' | '||' | '&' }[]; redirects: readonly Redirect[] }
  | { kind: 'pipe'; parts: readonly Command[]; isNegated: boolean }
  | { kind: 'while'; isUntil: boolean; condition: Command; body: Command; redirects: readonly Redirect[] }
  | { kind: 'for'; name: string; words: readonly Word[]; body: Command; redirects: readonly Redirect[] }
  | { kind: 'if'; branches: readonly { condition: Command; body: Command }[]; otherwise: Command | undefined; redirects: readonly Redirect[] };

/** Lo que `sh` diría ante un guion que no entiende. */
export class ShellSyntaxError extends Error {}
