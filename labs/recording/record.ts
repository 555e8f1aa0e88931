import type { LabEvent, Target } from '../engine/ports.ts';
import type { LabDefinition } from '../lab.ts';
import type { ManifestSource } from '../lab-cluster.ts';
import { runLab } from '../run-lab.ts';
import { createColumnsRenderer } from '../ui/columns.ts';
import { createScreen } from '../ui/screen.ts';
import { logCommands } from './command-log.ts';
import { type MemoryWatch, watchPodMemory } from './pod-memory.ts';
import type { Recording } from './recording.ts';

export interface RecordOptions {
  lab: LabDefinition;
  target: Target;
  manifests: ManifestSource;
  seed?: number;
  signal: AbortSignal;
  /** Huella del laboratorio. */
  content: string;
  /** Final del nombre del espacio. */
  suffix: string;
  /** Reloj de la pared, en milisegundos. */
  now(): number;
  /** Versiones de lo que graba: `node`. */
  versions: Readonly<Record<string, string>>;
  /** Núcleos y memoria de la máquina que graba. */
  machine?: { cores: number; memoryBytes: number };
  /** Espera de verdad, entre medida y medida de memoria. Sin ella no se mide. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/**
 * Corre la demostración y guarda lo que salió. Ni el reloj de la pared ni el azar entran en los sucesos, las órdenes y
 * la salida: en la maqueta, dos grabaciones con la misma semilla son iguales.
 */
export async function recordLab({ lab, target, manifests, seed, signal, content, suffix, now, versions, machine, wait }: RecordOptions): Promise<Recording> {
  const startedAt = now();
  const events: LabEvent[] = [];
  let text = '';
  const write = (piece: string) => {
    text += piece;
  };
  const screen = createScreen({ env: {}, isTTY: false, columns: () => 80, writeOut: write, writeErr: write, now: () => 0 }, 'auto');
  const renderer = createColumnsRenderer(screen);
  renderer.open({ id: lab.id, title: lab.title, mode: 'demo' });
  const log = logCommands(target, { forOthers: true });
  const commandsFrom: Record<string, number> = {};
  let memory: MemoryWatch | undefined;
  let memoryBytes: number | undefined;
  const outcome = await runLab({
    lab,
    mode: 'demo',
    target: log.target,
    output: {
      emit(event) {
        events.push(event);
        if (event.kind === 'stepStarted') commandsFrom[event.stepId] = log.commands().length;
        if (event.kind === 'labStarted' && wait) memory = watchPodMemory(target.cluster, event.namespace, wait);
        renderer.emit(event);
      },
    },
    signal,
    manifests,
    suffix,
  }).finally(async () => {
    memoryBytes = await memory?.stop();
  });
  const images = target.images?.filter(({ name }) => lab.images.includes(name)).map(({ name, from, bytes }) => ({ name, from, bytes }));
  return {
    lab: lab.id,
    target: target.id,
    targetTitle: target.title,
    isVirtual: target.clock.isVirtual,
    ...(seed === undefined ? {} : { seed }),
    recordedAt: new Date(startedAt).toISOString(),
    content,
    ...(images ? { images } : {}),
    versions: { kubernetes: target.serverVersion, ...versions },
    measured: {
      seconds: Math.round((now() - startedAt) / 100) / 10,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(images ? { imageBytes: images.reduce((sum, { bytes }) => sum + bytes, 0) } : {}),
    },
    ...(machine ? { machine } : {}),
    targetMinutes: Math.round(outcome.took / 6000) / 10,
    commands: log.commands(),
    commandsFrom,
    terminal: text.trimEnd().split('\n'),
    events,
  };
}
