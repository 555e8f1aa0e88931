/** Una línea de la traza: qué y cómo fue. La clave no se repite dentro de su paso. */
export type Lines = Readonly<Record<string, string>>;

export interface TraceStep {
  title: string;
  lines: Lines;
}

/** Lo comparable de un escenario. Nada de aquí depende del clúster, del instante ni de la prisa de la máquina. */
export interface Trace {
  scenario: string;
  title: string;
  steps: readonly TraceStep[];
  /** Tablas de kubectl y reparto, al acabar. */
  final: Lines;
}

/** Una traza guardada con su procedencia, que no se compara. */
export interface RecordedTrace {
  recorded: { kubernetes: string; at: string; target: string /** Veces que se ha corrido. */; runs: number };
  trace: Trace;
  /** Lo que el mismo clúster contestó otras veces, donde no siempre contesta igual. Por paso y línea; `null`, no sale. */
  also?: Variants;
}

export type Variants = Readonly<Record<string, Readonly<Record<string, readonly (string | null)[]>>>>;
