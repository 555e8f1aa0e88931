/**
 * Lo que se admite entre la sonda y la otra herramienta. Es el único sitio donde se dice; de dónde sale cada número está
 * en `contrast.json`, que lo mide, y en la página de la sonda, que lo enseña.
 */
export const margin = {
  /** Entre dos medianas de un mismo percentil: lo mayor de estos milisegundos y esta fracción. */
  milliseconds: 10,
  fraction: 0.1,
  /** Entre las fracciones de peticiones con error, en puntos porcentuales. */
  errorPoints: 1,
} as const;

/** Lo que se admite entre dos latencias. */
export const allowedBetween = (a: number, b: number): number => Math.max(margin.milliseconds, margin.fraction * Math.max(a, b));
