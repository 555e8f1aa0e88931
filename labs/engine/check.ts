import type { Mismatch } from './ports.ts';

/**
 * Resultado de comparar: pasa, o dice qué campo no casa. `cannotHeal`: no hace falta esperar más
 * (`ErrImagePull`, un orden ya saltado).
 */
export type CheckResult = { ok: true } | { ok: false; mismatch: Mismatch; cannotHeal?: string };

/**
 * Función pura. `describe` se enseña mientras se espera: «3 Pods Ready».
 * `Passed` es lo que se sabe del valor cuando pasa: `exists()` descarta `undefined`, `readyPods(2)` la lista vacía.
 */
export interface Check<T, Passed = T> {
  describe: string;
  test(value: T): CheckResult;
  /** Solo existe para el compilador: nadie lo escribe ni lo lee. */
  readonly passes?: Passed;
}
