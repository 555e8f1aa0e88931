import type { ChosenTarget } from './cluster/choose-target.ts';
import type { ManifestSource } from './lab-cluster.ts';
import type { TargetWord } from './parse.ts';
import type { ProgressStore } from './progress/store.ts';
import type { LabEntry } from './registry.ts';
import type { Screen } from './ui/screen.ts';

/** Todo lo que una orden sabe del mundo. Lo construye `cli.ts`; en las pruebas, cada una el suyo. */
export interface Environment {
  /** Raíz del proyecto. */
  root: string;
  labs: readonly LabEntry[];
  /** `v24.21.0` */
  nodeVersion: string;
  screen: Screen;
  progress: ProgressStore;
  /** Salta con Ctrl-C. */
  signal: AbortSignal;
  /** Reloj de la pared. */
  now(): number;
  pause(milliseconds: number): Promise<void>;
  /** Cuatro letras o cifras al azar, para el nombre del espacio. */
  suffix(): string;
  /** Abre el destino; importa el cliente, que cuesta unas décimas, así que antes ya hay algo en pantalla. */
  openTarget(word: TargetWord): Promise<ChosenTarget>;
  /** El taller que está en marcha, en una frase: «taller (Kubernetes v1.37.1 real, 3 nodos)». No se conecta. */
  runningTaller(): Promise<string | undefined>;
  /** Manifiestos de un laboratorio; `answers`, la carpeta con lo escrito por quien aprende. */
  manifestsOf(folder: string, answers: string): ManifestSource;
  /** `kubectl version --client`: su versión, o `undefined` si no está. */
  kubectlVersion(): Promise<string | undefined>;
  /** Pregunta y espera una línea. Sin terminal, `undefined`: no hay a quién preguntar. */
  ask: ((question: string) => Promise<string>) | undefined;
  /** Rutas y nombres que `doctor plano` tapa. */
  personal(): readonly { text: string; shown: string }[];
}

/** Lo que devuelve una orden. Lo que no sale bien por culpa del entorno se lanza como `LabError`. */
export type CommandResult = 'done' | 'notYet' | 'usage' | 'environment' | 'interrupted';
