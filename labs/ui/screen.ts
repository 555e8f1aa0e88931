import { asciiGlyphs, type Glyphs, toAscii, toPlainSigns, unicodeGlyphs } from './glyphs.ts';

/**
 * Cómo se dibuja: `interactive`, la línea en curso se reescribe; `columns`, una línea por suceso (CI, tubería);
 * `reader`, frases completas para un lector de pantalla; `json`, un suceso por línea.
 */
export type Style = 'interactive' | 'columns' | 'reader' | 'json';

export interface Screen {
  style: Style;
  /** Resultados. El texto lleva su salto de línea. */
  out(text: string): void;
  /** Avisos y trazas. */
  err(text: string): void;
  columns(): number;
  color: boolean;
  glyphs: Glyphs;
  /** Reloj de la pared, en milisegundos: solo para no redibujar de más. */
  now(): number;
}

export interface Terminal {
  env: Readonly<Record<string, string | undefined>>;
  isTTY: boolean;
  columns(): number;
  writeOut(text: string): void;
  writeErr(text: string): void;
  now(): number;
}

export function createScreen({ env, isTTY, columns, writeOut, writeErr, now }: Terminal, format: 'auto' | 'reader' | 'json'): Screen {
  const style = styleOf(format, isTTY, env);
  const encode = style === 'json' ? (text: string) => text : encoderOf(env);
  return {
    style,
    out: (text) => writeOut(encode(text)),
    err: (text) => writeErr(encode(text)),
    columns: () => (style === 'interactive' ? Math.max(20, columns()) : 80),
    color: style === 'interactive' && !env.NO_COLOR && env.TERM !== 'dumb',
    glyphs: encode('…') === '…' ? unicodeGlyphs : asciiGlyphs,
    now,
  };
}

/** Lo que hace falta de `process`, que aquí llega como argumento. */
export interface HostProcess {
  env: Terminal['env'];
  stdout: { isTTY?: boolean; columns?: number; write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** La pantalla de un programa: sus salidas y su terminal. */
export const hostScreen = ({ env, stdout, stderr }: HostProcess, now: () => number, format: 'auto' | 'reader' | 'json' = 'auto'): Screen =>
  createScreen(
    {
      env,
      isTTY: stdout.isTTY === true,
      columns: () => stdout.columns || 80,
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      now,
    },
    format,
  );

function styleOf(format: 'auto' | 'reader' | 'json', isTTY: boolean, env: Terminal['env']): Style {
  if (format !== 'auto') return format;
  // TERM=dumb no sabe mover el cursor.
  return isTTY && !isOn(env.CI) && env.TERM !== 'dumb' ? 'interactive' : 'columns';
}

const isOn = (value: string | undefined) => value !== undefined && value !== '' && value !== '0' && value !== 'false';

/** Sin ninguna variable de idioma se supone UTF-8: es lo que hay en los contenedores y en Windows. */
function encoderOf(env: Terminal['env']): (text: string) => string {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8';
  if (!/utf-?8/i.test(locale)) return toAscii;
  return env.TERM === 'linux' || env.TERM === 'dumb' ? toPlainSigns : (text) => text;
}

const codes = { good: 32, bad: 31, dim: 2, bold: 1 } as const;

export const paint = ({ color }: Pick<Screen, 'color'>, tone: keyof typeof codes, text: string): string =>
  color ? `\u001B[${codes[tone]}m${text}\u001B[0m` : text;
