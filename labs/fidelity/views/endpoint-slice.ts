import type { Raw } from '../site.ts';
import type { View } from './view.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** Los extremos de un Service, entre todas sus rodajas. */
export const endpointsOf = (slices: readonly Raw[], service: string): Raw[] =>
  slices.filter(({ metadata }) => metadata.labels?.[serviceLabel] === service).flatMap(({ endpoints }) => endpoints ?? []);

/** Cada extremo se sigue por su Pod. `serving` de uno que se va depende de quién llegue antes: no se cuenta. */
export const endpointViews = ({ endpoints }: Raw): View[] =>
  (endpoints ?? []).map(({ conditions = {}, targetRef, hostname, nodeName }: Raw) => ({
    part: targetRef?.uid ?? hostname ?? '',
    label: `extremo ${targetRef?.name ?? '?'}`,
    tracks: {
      estado: `${conditions.terminating ? 'se va' : conditions.ready ? 'listo' : 'no listo'}${conditions.ready && conditions.terminating ? ' y listo' : ''}`,
      nombre: hostname ?? 'sin nombre',
      nodo: nodeName ?? 'ninguno',
    },
  }));
