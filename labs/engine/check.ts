import type { Mismatch } from './ports.ts';

/**
 * Resultado de comparar: pasa, o dice qué campo no casa. `cannotHeal`: no hace falta esperar más
 * (`ErrImagePull`, un orden ya saltado).
 */
export type CheckResult = { ok: true } | { ok: false; mismatch: Mismatch; cannotHeal?: string };

/** Función pura. `describe` se enseña mientras se espera: «3 Pods Ready». */
export interface Check<T> {
  describe: string;
  test(value: T): CheckResult;
}
