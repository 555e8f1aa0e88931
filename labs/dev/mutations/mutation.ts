/** Una conducta rota a propósito: se cambia una frase de un archivo al cargarlo, y en el disco no cambia nada. */
export interface Mutation {
  id: string;
  /** Qué deja de hacer bien, en una frase. */
  breaks: string;
  file: string;
  find: string;
  replace: string;
}

/** Rompe la maqueta, y el catálogo de fidelidad tiene que notarlo. */
export interface CatalogueMutation extends Mutation {
  /** Escenario que tiene que nombrarla, como poco. */
  caughtBy: string;
}

/** Rompe la maqueta, y la demostración de un laboratorio tiene que caer en ese paso y en ninguno anterior. */
export interface StepMutation extends Mutation {
  step: string;
}

/** Rompe el propio `lab.ts`, y una de las pruebas de «demostrado» tiene que decirlo nombrando el paso. */
export interface ProofMutation extends StepMutation {
  /** Cómo empieza el título de la prueba que lo nota. */
  proof: string;
}

/** Lo que se le rompe a un laboratorio, por fuera y por dentro. */
export interface LabMutations {
  lab: string;
  maqueta: readonly StepMutation[];
  itself: readonly ProofMutation[];
  /** Pasos que ninguna mutación de la maqueta puede hacer caer, y por qué. */
  unbreakable?: Readonly<Record<string, string>>;
}

export const inMaqueta = (file: string): string => `src/maqueta/${file}`;
