/** Lo que importa de una cosa, pista a pista. Un número se cuenta de extremo a extremo; un texto, valor a valor. */
export type Track = string | number;

/** Una cosa que se sigue: casi siempre un objeto; de un EndpointSlice, cada extremo. */
export interface View {
  /** Lo que la distingue de sus iguales. Vacío, el propio objeto. */
  part: string;
  /** Cómo se llama esa parte, con nombres de objetos sin normalizar. */
  label: string;
  tracks: Readonly<Record<string, Track>>;
}
