import { closest, fold } from '../../suggest.ts';

export type MaquetaRequest =
  | { kind: 'serve'; port: number; speed: number }
  | { kind: 'help' }
  /** Lo que no se entiende, y qué escribir. */
  | { kind: 'usage'; problem: string; fix: string };

export const fastest = 10_000;
const known = ['puerto', 'rapido', 'ayuda'];
const command = 'npm run -s maqueta';

/** `npm run maqueta [puerto N] [rapido xN]`. */
export function parseWords(words: readonly string[]): MaquetaRequest {
  const usage = (problem: string, fix: string): MaquetaRequest => ({ kind: 'usage', problem, fix: `${command}${fix}` });
  let port: number | undefined;
  let speed: number | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const next = words[index + 1];
    switch (fold(word)) {
      case 'ayuda':
        return { kind: 'help' };
      case 'puerto': {
        if (port !== undefined) return usage('«puerto» está dos veces.', ` puerto ${port}`);
        if (next === undefined) return usage('Falta el número después de «puerto».', ' puerto 8443');
        if (!/^\d+$/.test(next)) return usage(`«${next}» no es un número de puerto.`, ' puerto 8443');
        port = Number(next);
        if (port < 1 || port > 65_535) return usage(`El puerto ${next} no existe: van del 1 al 65535.`, ' puerto 8443');
        index += 1;
        break;
      }
      case 'rapido': {
        if (speed !== undefined) return usage('«rapido» está dos veces.', ` rapido x${speed}`);
        const factor = /^x(\d+(?:[.,]\d+)?)$/i.exec(next ?? '')?.[1];
        if (factor === undefined)
          return usage(`Después de «rapido» va cuánto: x20 es veinte veces el ritmo real${next ? `; «${next}» no` : ''}.`, ' rapido x20');
        speed = Number(factor.replace(',', '.'));
        if (speed <= 0 || speed > fastest) return usage(`x${factor} no vale: tiene que ser más de x0 y como mucho x${fastest}.`, ' rapido x20');
        index += 1;
        break;
      }
      default: {
        const near = closest(word, known);
        return usage(`No conozco «${word}»${near ? `; ¿querías decir «${near}»?` : '.'}`, ' ayuda');
      }
    }
  }
  return { kind: 'serve', port: port ?? 0, speed: speed ?? 1 };
}
