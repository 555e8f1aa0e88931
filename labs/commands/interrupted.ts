interface Where {
  lab: string;
  stepId: string | undefined;
  /** `undefined` si no se llegó a crear. */
  namespace: string | undefined;
  isVirtual: boolean;
}

/** Interrumpido con Ctrl-C: dónde iba y qué queda. Viaja como error porque corta la orden, pero no es un fallo. */
export class Interrupted extends Error implements Where {
  readonly lab: string;
  readonly stepId: string | undefined;
  readonly namespace: string | undefined;
  readonly isVirtual: boolean;

  constructor({ lab, stepId, namespace, isVirtual }: Where) {
    super('Interrumpido');
    this.name = 'Interrupted';
    this.lab = lab;
    this.stepId = stepId;
    this.namespace = namespace;
    this.isVirtual = isVirtual;
  }
}
