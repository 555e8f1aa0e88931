import type { Screen } from '../../ui/screen.ts';
import type { Binaries } from '../build/ensure-binaries.ts';
import { ensureBinaries } from '../build/ensure-binaries.ts';
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

/** Los del clúster, compilados si hacía falta. */
export const clusterBinaries = ({ cacheDir, progress, signal }: TallerContext): Promise<Binaries> =>
  ensureBinaries({ cacheDir, groups: ['cluster'], onProgress: progress.onProgress, signal });

export const say = ({ screen, progress }: Pick<TallerContext, 'screen' | 'progress'>, ...lines: readonly string[]): void => {
  progress.end();
  for (const line of lines) screen.out(`${line}\n`);
};
