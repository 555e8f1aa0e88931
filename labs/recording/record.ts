import type { LabEvent, Target } from '../engine/ports.ts';
import type { LabDefinition } from '../lab.ts';
import type { ManifestSource } from '../lab-cluster.ts';
import { runLab } from '../run-lab.ts';
import { createColumnsRenderer } from '../ui/columns.ts';
import { createScreen } from '../ui/screen.ts';
import { logCommands } from './command-log.ts';
import type { Recording } from './recording.ts';

export interface RecordOptions {
  lab: LabDefinition;
  target: Target;
  manifests: ManifestSource;
  seed?: number;
  signal: AbortSignal;
  /** Reloj de la pared, en milisegundos. */
  now(): number;
  /** Versiones de lo que graba: `node`. */
  versions: Readonly<Record<string, string>>;
}

/**
 * Corre la demostración y guarda lo que salió. Ni el reloj de la pared ni el azar entran en los sucesos, las órdenes y
 * la salida: en la maqueta, dos grabaciones con la misma semilla son iguales.
 */
export async function recordLab({ lab, target, manifests, seed, signal, now, versions }: RecordOptions): Promise<Recording> {
  const startedAt = now();
  const events: LabEvent[] = [];
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  const screen = createScreen({ env: {}, isTTY: false, columns: () => 80, writeOut: write, writeErr: write, now: () => 0 }, 'auto');
  const renderer = createColumnsRenderer(screen);
  renderer.open({ id: lab.id, title: lab.title, mode: 'demo' });
  const log = logCommands(target);
  const outcome = await runLab({
    lab,
    mode: 'demo',
    target: log.target,
    output: {
      emit(event) {
        events.push(event);
        renderer.emit(event);
      },
    },
    signal,
    manifests,
    // Fijo: el nombre del espacio sale en la salida.
    suffix: target.id,
  });
  return {
    lab: lab.id,
    target: target.id,
    targetTitle: target.title,
    isVirtual: target.clock.isVirtual,
    ...(seed === undefined ? {} : { seed }),
    recordedAt: new Date(startedAt).toISOString(),
    versions: { kubernetes: target.serverVersion, ...versions },
    measured: { seconds: Math.round((now() - startedAt) / 100) / 10 },
    targetMinutes: Math.round(outcome.took / 6000) / 10,
    commands: log.commands(),
    terminal: text.trimEnd().split('\n'),
    events,
  };
}
