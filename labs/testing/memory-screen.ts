import { createScreen, type Screen, type Terminal } from '../ui/screen.ts';

export interface MemoryScreen extends Screen {
  stdout(): string;
  stderr(): string;
  /** Lo que se ve al final en la terminal: aplica las subidas de cursor y los borrados. */
  visible(): string;
}

/** Una terminal en memoria. */
export function memoryScreen({
  env = {},
  isTTY = false,
  columns = 80,
  format = 'auto' as 'auto' | 'reader' | 'json',
}: {
  env?: Terminal['env'];
  isTTY?: boolean;
  columns?: number;
  format?: 'auto' | 'reader' | 'json';
} = {}): MemoryScreen {
  let out = '';
  let err = '';
  let now = 0;
  const screen = createScreen(
    {
      env,
      isTTY,
      columns: () => columns,
      writeOut: (text) => {
        out += text;
      },
      writeErr: (text) => {
        err += text;
      },
      // Cada suceso, un fotograma: nada se pierde por ir deprisa.
      now: () => (now += 100),
    },
    format,
  );
  return { ...screen, stdout: () => out, stderr: () => err, visible: () => visibleText(out) };
}

const sequence = /\r\u001B\[(\d*)A\u001B\[J|\u001B\[\?25[lh]|\u001B\[[\d;]*m/g;

function visibleText(written: string): string {
  let lines = [''];
  let from = 0;
  const print = (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    lines[lines.length - 1] += first;
    lines.push(...rest);
  };
  for (const match of written.matchAll(sequence)) {
    print(written.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1]) lines = [...lines.slice(0, lines.length - 1 - Number(match[1])), ''];
  }
  print(written.slice(from));
  return lines.join('\n');
}
