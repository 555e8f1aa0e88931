import type { Kind, KubeObject } from '../engine/ports.ts';

/** Los elementos de una lista llegan sin `apiVersion` ni `kind`; los de un watch, con ellos. Aquí quedan iguales. */
export const normalize = ({ apiVersion, kind }: Kind, object: KubeObject): KubeObject => ({ ...object, apiVersion, kind });
