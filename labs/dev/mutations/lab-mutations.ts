import { mutations04 } from './labs/04.ts';
import { mutations05 } from './labs/05.ts';
import { mutations07 } from './labs/07.ts';
import { mutations09 } from './labs/09.ts';
import { mutations14 } from './labs/14.ts';
import type { LabMutations } from './mutation.ts';

/** Un archivo por laboratorio en `labs/`, y su nombre aquí. */
export const labMutations: readonly LabMutations[] = [mutations04, mutations05, mutations07, mutations09, mutations14];
