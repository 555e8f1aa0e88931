import { parse } from '../../parse.ts';
import type { LabEntry } from '../../registry.ts';
import { closest, fold } from '../../suggest.ts';

export type RecordTarget = 'maqueta' | 'taller';

export type RecordRequest =
  | { kind: 'usage'; message: string; fix: string }
  | { kind: 'help' }
  /** `where` sin decir: la maqueta, y también el taller si está levantado. */
  | { kind: 'record' | 'compare'; labs: readonly LabEntry[]; where: RecordTarget | undefined };

/** `04 comparar taller`, en cualquier orden. Sin laboratorio, todos. */
export function parseWords(words: readonly string[], labs: readonly LabEntry[]): RecordRequest {
  let where: RecordTarget | undefined;
  let kind: 'record' | 'compare' = 'record';
  const chosen: LabEntry[] = [];
  for (const word of words) {
    const folded = fold(word);
    if (folded === 'ayuda') return { kind: 'help' };
    if (folded === 'comparar') kind = 'compare';
    else if (folded === 'maqueta' || folded === 'taller') {
      if (where !== undefined && where !== folded)
        return { kind: 'usage', message: 'Un destino por orden: has escrito dos. Sin decirlo, se graba en los dos.', fix: 'ayuda' };
      where = folded;
    } else {
      const request = parse([word], labs);
      if (request.command !== 'lab') return { kind: 'usage', ...unknownWord(word, labs) };
      chosen.push(request.lab);
    }
  }
  return { kind, labs: chosen.length > 0 ? chosen : labs, where };
}

function unknownWord(word: string, labs: readonly LabEntry[]): { message: string; fix: string } {
  const near = closest(word, ['comparar', 'maqueta', 'taller', 'ayuda']);
  if (near) return { message: `No conozco «${word}». ¿Querías decir «${near}»?`, fix: 'ayuda' };
  return { message: `No hay laboratorio «${word}». Los que hay: ${labs.map(({ id }) => id).join(', ')}.`, fix: `${labs[0]?.id}` };
}
