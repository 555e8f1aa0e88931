import { LabError } from '../../engine/lab-error.ts';

/** Por qué no se ha podido escuchar en ese puerto, y qué escribir. Lo demás es un fallo nuestro y se devuelve igual. */
export function explainListen(error: unknown, port: number): unknown {
  const why = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return why === undefined ? error : new LabError(why(port), { code: 'ENVIRONMENT', fix: 'npm run -s maqueta', cause: error });
}

const reasons: Readonly<Record<string, (port: number) => string>> = {
  EADDRINUSE: (port) => `El puerto ${port} ya lo usa otro programa. Sin «puerto» se busca uno libre.`,
  EACCES: (port) => `El puerto ${port} pide permisos que no tienes (los menores de 1024 suelen pedirlos). Sin «puerto» se busca uno libre.`,
  EADDRNOTAVAIL: () => 'Esta máquina no tiene la dirección 127.0.0.1: sin ella la maqueta no se puede servir.',
};
