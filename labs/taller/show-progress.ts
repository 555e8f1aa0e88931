import { humanDuration } from '../engine/reading.ts';
import { paint, type Screen } from '../ui/screen.ts';
import type { OnProgress, Progress } from './progress.ts';

/** Fuera de una terminal, una línea por tarea que acaba y, mientras dure, otra cada tanto. */
const silence = 10_000;

export interface ProgressView {
  onProgress: OnProgress;
  /** Quita la línea en curso antes de escribir otra cosa. */
  end(): void;
}

/** En una terminal, una línea viva con lo que se está haciendo y las tareas acabadas encima. */
export function createProgressView(screen: Screen): ProgressView {
  const started = new Map<string, number>();
  const finished = new Set<string>();
  const running = new Map<string, Progress>();
  let lastLine = screen.now();
  let lastDraw = Number.NEGATIVE_INFINITY;
  let isDrawn = false;

  const erase = () => {
    if (isDrawn) screen.out('\r\u001B[2K');
    isDrawn = false;
  };
  const line = (text: string) => {
    erase();
    screen.out(`${text}\n`);
    lastLine = screen.now();
  };
  const draw = (isForced: boolean) => {
    const [current] = [...running.values()].slice(-1);
    if (!current) return;
    const others = running.size > 1 ? ` · y ${running.size - 1} más` : '';
    const text = `${describe(current)}${others}`;
    if (screen.style === 'interactive') {
      if (!isForced && screen.now() - lastDraw < 80) return;
      lastDraw = screen.now();
      erase();
      screen.out(`  ${bar(current)} ${text}`.slice(0, screen.columns() - 1));
      isDrawn = true;
    } else if (screen.now() - lastLine >= silence) line(`  ${text}`);
  };

  return {
    onProgress(progress) {
      const { task } = progress;
      if (finished.has(task)) return;
      if (!started.has(task)) started.set(task, screen.now());
      running.delete(task);
      if (progress.done < progress.total) {
        running.set(task, progress);
        draw(false);
        return;
      }
      finished.add(task);
      line(`  ${paint(screen, 'good', screen.glyphs.ok)} ${task} ${paint(screen, 'dim', humanDuration(screen.now() - (started.get(task) ?? 0)))}`);
      draw(true);
    },
    end: erase,
  };
}

const describe = ({ task, done, total, detail }: Progress) => `${task}${total > 1 ? ` · ${done} de ${total}` : ''}${detail ? ` · ${detail}` : ''}`;

/** Solo caracteres que dibuja cualquier terminal. */
function bar({ done, total }: Progress): string {
  const width = 12;
  const full = Math.round((width * done) / Math.max(1, total));
  return `[${'='.repeat(full)}${' '.repeat(width - full)}]`;
}
