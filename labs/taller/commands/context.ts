import type { Screen } from '../../ui/screen.ts';
import type { ProgressView } from '../show-progress.ts';

/** Lo que recibe cada orden de `npm run taller`. */
export interface TallerContext {
  /** Del proyecto. */
  root: string;
  cacheDir: string;
  env: Readonly<Record<string, string | undefined>>;
  screen: Screen;
  progress: ProgressView;
  signal: AbortSignal;
}

export const say = ({ screen, progress }: Pick<TallerContext, 'screen' | 'progress'>, ...lines: readonly string[]): void => {
  progress.end();
  for (const line of lines) screen.out(`${line}\n`);
};
