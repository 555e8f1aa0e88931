import type { FragmentLine } from '../remark/fragment.ts';
import type { Recording } from './recording.ts';

/** Un archivo del proyecto tal como se enseña. */
export interface ShownFile {
  file: string;
  language: string;
  lines: FragmentLine[];
}

export interface StepData {
  id: string;
  title: string;
  points: number;
  hints: string[];
  nodes?: number;
  /** Apaga la máquina de un nodo. */
  power?: boolean;
  /** Necesita quien dé dirección a los LoadBalancer. */
  loadBalancer?: boolean;
  /** Lee las reglas de kube-proxy en los nodos: fuera del taller se salta. */
  proxyRules?: boolean;
}

/** Lo que la página sabe de un laboratorio. Sale entero de `labs/NN-slug/`: aquí no se escribe nada. */
export interface LabData {
  id: string;
  slug: string;
  title: string;
  proves: string;
  images: string[];
  steps: StepData[];
  challenge: {
    title: string;
    brief: string;
    given: string[];
    steps: StepData[];
    wrong: { slug: string; fails: string; why: string }[];
  };
  code: ShownFile;
  manifests: ShownFile[];
  /** `null` solo en desarrollo: al construir el sitio, una grabación que falta es un error. */
  recording: Recording | null;
  /** Si la de arriba es de un clúster real, lo que tardó cada paso en la maqueta, en milisegundos virtuales. */
  maqueta: { recordedAt: string; took: Record<string, number> } | null;
}

/** Capítulos que existen, para la portada. */
export interface ChapterData {
  id: string;
  path: string;
  title: string;
  question: string;
}

export interface SiteData {
  chapters: ChapterData[];
}

/** Término → capítulos que lo usan. */
export type TermUsage = Record<string, { title: string; path: string }[]>;
