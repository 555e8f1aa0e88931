import type { LabEvent, Output } from '../engine/ports.ts';
import { createColumnsRenderer } from './columns.ts';
import { createInteractiveRenderer } from './interactive.ts';
import { createReaderRenderer } from './reader.ts';
import type { Screen } from './screen.ts';

/** Dibuja un laboratorio a partir de sus sucesos. No sabe nada del clúster. */
export interface Renderer extends Output {
  /** La primera línea: sale antes de cargar nada más. */
  open(lab: { id: string; title: string; mode: 'demo' | 'challenge' }): void;
  /** Una línea suelta, entre sucesos. */
  say(line: string): void;
  /** Borra la línea en curso y devuelve el cursor. Se puede llamar más de una vez. */
  close(): void;
}

export function createRenderer(screen: Screen): Renderer {
  switch (screen.style) {
    case 'interactive':
      return createInteractiveRenderer(screen);
    case 'columns':
      return createColumnsRenderer(screen);
    case 'reader':
      return createReaderRenderer(screen);
    case 'json':
      return createJsonRenderer(screen);
  }
}

/** Los sucesos tal cual, uno por línea. Lo demás no es un suceso: va por el canal de avisos. */
function createJsonRenderer(screen: Screen): Renderer {
  return {
    open: () => undefined,
    emit: (event: LabEvent) => screen.out(`${JSON.stringify(event)}\n`),
    say: (line) => screen.err(`${line}\n`),
    close: () => undefined,
  };
}
