// #region filtro
/** La parte de la batería de Kubernetes que se pasa: las pruebas de conformidad de los controladores que enseña el sitio. */
export const battery = {
  /** Del módulo de Go con que se compila. */
  version: '1.37.1',
  focus: String.raw`\[sig-apps\].*(StatefulSet|Daemon set|Deployment|ReplicaSet|DisruptionController|ControllerRevision).*\[Conformance\]`,
  skip: String.raw`\[Slow\]`,
} as const;
// #endregion

/** Una prueba así cuenta con que nadie más toca el clúster. */
export const isSerial = (name: string): boolean => name.includes('[Serial]');

/** `[sig-apps] Daemon set should … [Conformance] [Serial]` → `Daemon set should …`, para leerla. */
export const shortName = (name: string): string =>
  name
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
