/** Si quien debía notar una mutación la ha notado, y qué ha dicho. */
export interface Verdict {
  isCaught: boolean;
  says: string;
}
