import { lab as lab04 } from './04-mundo-real/lab.ts';
import type { LabDefinition } from './lab.ts';

/** Los laboratorios, en el orden en que se hacen. `npm run nuevo` añade aquí los suyos. */
export const labs: readonly LabDefinition[] = [lab04];
