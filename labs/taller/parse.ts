import { LabError } from '../engine/lab-error.ts';
import { closest, fold } from '../suggest.ts';

/** Lo que se le puede pedir a `npm run taller`. */
export type TallerRequest =
  | { command: 'up' | 'upComplete' | 'help' | 'status' | 'down' | 'images' }
  | { command: 'nodes'; count: number }
  | { command: 'powerOff' | 'powerOn' | 'cut' | 'mend'; node: string }
  | { command: 'conformance'; target: 'taller' | 'maqueta' };

const words = ['ayuda', 'completo', 'estado', 'parar', 'nodos', 'apagar', 'encender', 'desconectar', 'conectar', 'imagenes', 'conformidad'];
const power = { apagar: 'powerOff', encender: 'powerOn', desconectar: 'cut', conectar: 'mend' } as const;

/** @throws {LabError} `USAGE` si no se entiende, con la palabra más parecida. */
export function parseTaller(given: readonly string[]): TallerRequest {
  const [word, ...rest] = given.map(fold);
  if (word === undefined) return { command: 'up' };
  switch (word) {
    case 'ayuda':
      return ended(rest, { command: 'help' });
    case 'completo':
      return ended(rest, { command: 'upComplete' });
    case 'estado':
      return ended(rest, { command: 'status' });
    case 'parar':
      return ended(rest, { command: 'down' });
    case 'imagenes':
      return ended(rest, { command: 'images' });
    case 'nodos': {
      const [count, ...more] = rest;
      if (count === undefined || !/^\d+$/.test(count)) throw usage('Después de «nodos» va cuántos.', 'npm run taller nodos 3');
      return ended(more, { command: 'nodes', count: Number(count) });
    }
    case 'apagar':
    case 'encender':
    case 'desconectar':
    case 'conectar': {
      const [node, ...more] = rest;
      if (node === undefined) throw usage(`Después de «${word}» va el nodo.`, `npm run taller ${word} nodo3`);
      return ended(more, { command: power[word], node });
    }
    case 'conformidad': {
      const [target = 'taller', ...more] = rest;
      if (target !== 'taller' && target !== 'maqueta')
        throw usage(`«conformidad» se pasa al taller o a la maqueta, no a «${target}».`, 'npm run taller conformidad maqueta');
      return ended(more, { command: 'conformance', target });
    }
    default: {
      const near = closest(word, words);
      throw usage(`No conozco «${given[0]}».${near ? ` ¿Querías decir «${near}»?` : ''}`, `npm run taller ${near ?? 'ayuda'}`);
    }
  }
}

function ended(rest: readonly string[], request: TallerRequest): TallerRequest {
  if (rest.length > 0) throw usage(`Sobra «${rest[0]}».`, 'npm run taller ayuda');
  return request;
}

const usage = (message: string, fix: string) => new LabError(message, { code: 'USAGE', fix });
