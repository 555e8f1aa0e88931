/** Los signos y su alternativa ASCII. Un signo nunca va solo: al lado hay siempre una palabra o un tiempo que dice lo mismo. */
export interface Glyphs {
  ok: string;
  no: string;
  skipped: string;
  changed: string;
  pending: string;
  current: string;
  /** Fotogramas de la línea en curso. */
  busy: readonly string[];
  /** Alturas de una gráfica: nada, hasta un cuarto, hasta la mitad, hasta tres cuartos, todo. */
  bars: readonly string[];
}

export const unicodeGlyphs: Glyphs = {
  ok: '✔',
  no: '✖',
  skipped: '–',
  changed: '!',
  pending: '·',
  current: '▸',
  busy: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  bars: ['·', '▂', '▄', '▆', '█'],
};

export const asciiGlyphs: Glyphs = {
  ok: '[ok]',
  no: '[no]',
  skipped: '[--]',
  changed: '[! ]',
  pending: '[  ]',
  current: '[> ]',
  busy: ['[. ]', '[..]', '[ .]'],
  bars: ['.', '-', '+', '*', '#'],
};

const replacements: Readonly<Record<string, string>> = {
  '«': '"',
  '»': '"',
  '·': '-',
  '→': '->',
  '←': '<-',
  '…': '...',
  '–': '-',
  '—': '-',
  '¿': '',
  '¡': '',
  '≤': '<=',
  '≥': '>=',
  '×': 'x',
  º: '.',
  '✔': '[ok]',
  '✖': '[no]',
};

/** Signos que una consola Latin-1 o sin Unicode no dibuja. Las letras con tilde se quedan. */
export const toPlainSigns = (text: string): string => text.replace(/[→←…–—≤≥✔✖▸]/g, (sign) => replacements[sign] ?? sign);

/** Todo a ASCII, para terminales cuya codificación no es UTF-8: ahí «añádelo» saldría «aÃ±Ã¡delo». */
export const toAscii = (text: string): string =>
  text
    .replace(/[«»·→←…–—¿¡≤≥×º✔✖]/g, (sign) => replacements[sign] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\n\r\t -~\u001B]/g, '?');
