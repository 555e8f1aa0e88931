import type { Mismatch } from './ports.ts';

/**
 * Lo que quien lee puede arreglar. Todo lo demás es un fallo nuestro y enseña su traza.
 * - `USAGE`: no existe esa palabra o laboratorio (salida 2).
 * - `ENVIRONMENT`: Node, kubeconfig, clúster, disco (salida 3).
 * - `LOST`: el destino entero ha desaparecido a mitad; nada de lo que se lea después vale (salida 3).
 * - `MANIFEST`: un YAML que no se puede leer o que el servidor rechaza (salida 1).
 * - `NOT_YET`: plazo agotado; lleva el último desajuste (salida 1).
 * - `BROKEN`: pasó algo que no debía (salida 1).
 * - `STOPPED`: no puede sanar, no se espera más (salida 1).
 * - `ABORTED`: Ctrl-C (salida 130).
 */
export type LabErrorCode = 'USAGE' | 'ENVIRONMENT' | 'LOST' | 'MANIFEST' | 'NOT_YET' | 'BROKEN' | 'STOPPED' | 'ABORTED';

interface LabErrorOptions {
  code: LabErrorCode;
  /** Dónde: archivo y línea, dirección, objeto. */
  where?: string;
  /** Orden que pegar. */
  fix?: string;
  /** Otra orden, que sigue sin arreglar nada: lo mismo en la maqueta. */
  instead?: string;
  mismatch?: Mismatch;
  /** Reintentar puede arreglarlo: clúster reiniciándose, 429, «todavía no existe». Por defecto, no. */
  canHeal?: boolean;
  cause?: unknown;
}

export class LabError extends Error {
  readonly code: LabErrorCode;
  readonly where: string | undefined;
  readonly fix: string | undefined;
  readonly instead: string | undefined;
  readonly mismatch: Mismatch | undefined;
  readonly canHeal: boolean;

  constructor(message: string, { code, where, fix, instead, mismatch, canHeal, cause }: LabErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LabError';
    this.code = code;
    this.where = where;
    this.fix = fix;
    this.instead = instead;
    this.mismatch = mismatch;
    this.canHeal = canHeal ?? false;
  }
}
