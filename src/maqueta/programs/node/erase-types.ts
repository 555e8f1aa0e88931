import { erasedScripts } from './erased-scripts.generated.ts';

/**
 * Node borra los tipos de un `.ts` y lo ejecuta; la maqueta no tiene con qué borrarlos. De los guiones del proyecto guarda
 * lo que deja Node, y lo usa solo con ese guion exacto: uno cambiado no se reconoce.
 */
export const eraseTypes = (source: string): string | undefined => erasedScripts[scriptKey(source)];

/** Largo y FNV-1a de 32 bits: basta para no confundir un guion con otro. */
export function scriptKey(source: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < source.length; index++) hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193);
  return `${source.length}-${(hash >>> 0).toString(16)}`;
}
