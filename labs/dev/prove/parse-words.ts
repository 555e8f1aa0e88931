import { parse } from '../../parse.ts';
import type { LabEntry } from '../../registry.ts';
import { fold } from '../../suggest.ts';

export interface ProveRequest {
  labs: readonly LabEntry[];
  where: 'maqueta' | 'taller';
  /** La segunda pasada se graba y se compara con lo que enseña la página. */
  isRecorded: boolean;
  /** La que falle se repite una vez, al final y a solas. */
  isPatient: boolean;
}

/** `taller grabado paciente 04 07`, en cualquier orden; sin laboratorio, todos. O la palabra que no se entiende. */
export function parseWords(words: readonly string[], labs: readonly LabEntry[]): ProveRequest | { unknown: string } {
  const folded = words.map((word) => ({ word, said: fold(word) }));
  const modes = ['maqueta', 'taller', 'grabado', 'paciente'];
  const has = (mode: string) => folded.some(({ said }) => said === mode);
  const chosen: LabEntry[] = [];
  for (const { word, said } of folded) {
    if (modes.includes(said)) continue;
    const request = parse([word], labs);
    if (request.command !== 'lab') return { unknown: word };
    chosen.push(request.lab);
  }
  const where = has('maqueta') ? 'maqueta' : 'taller';
  return { labs: chosen.length > 0 ? chosen : labs, where, isRecorded: where === 'taller' && has('grabado'), isPatient: where === 'taller' && has('paciente') };
}
