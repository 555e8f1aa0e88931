import { LabError } from '../../../labs/engine/lab-error.ts';
import { type MonthOptions, runMonth } from '../../../labs/sonda/month.ts';
import { type MonthAnswer, readMonth } from './read-month.ts';

/** Un mes entero ocupa un rato: en su propio hilo, la página sigue respondiendo. */
const answer = (options: MonthOptions): MonthAnswer => {
  try {
    return { kind: 'month', reading: readMonth(runMonth(options)) };
  } catch (error) {
    if (error instanceof LabError) return { kind: 'problem', message: error.message };
    throw error;
  }
};

self.addEventListener('message', ({ data }: MessageEvent<MonthOptions>) => self.postMessage(answer(data)));
