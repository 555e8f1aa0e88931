/** Una entrada del glosario. La primera vez que una página dice una de sus formas, se enlaza sola. */
export interface Term {
  /** Ancla en la página del glosario. */
  id: string;
  /** Como se escribe aquí. */
  term: string;
  /** Como lo encontrarás en la documentación en inglés. */
  english: string;
  /** Una sola frase. Cierta también fuera de este sitio. */
  definition: string;
  /** Formas exactas que se enlazan en la prosa: plurales incluidos. */
  forms: readonly string[];
  /** Ruta dentro de kubernetes.io/es/docs, o de /docs si aún no está traducida; la dirección entera si no es cosa de Kubernetes. */
  official: string;
}
