import { Fragment, type ReactNode } from 'react';
import type { Recording } from '../../site-data/recording.ts';
import { date } from '../format.ts';

const WHERE: Record<Recording['target'], string> = {
  maqueta: 'en la maqueta',
  minikube: 'en minikube',
  taller: 'en el taller',
  contexto: 'en un clúster ajeno',
};

/** «Grabado en la maqueta, semilla 1, 20 de noviembre de 2026, kubernetes v1.37.1»: acompaña a todo lo grabado. */
export function RecordingLabel({ recording }: { recording: Recording }): ReactNode {
  const { kubernetes, ...others } = recording.versions;
  const parts = [
    `Grabado ${WHERE[recording.target]}${nodesIn(recording)}`,
    ...(recording.seed === undefined ? [] : [`semilla ${recording.seed}`]),
    date(recording.recordedAt),
    ...(kubernetes === undefined ? [] : [`Kubernetes ${kubernetes}${recording.isVirtual ? '' : ' real'}`]),
    ...Object.entries(others).map(([name, version]) => `${name} ${version}`),
  ];
  return (
    <>
      {parts.join(', ')}.{recording.isVirtual ? ' Los tiempos son los del reloj virtual.' : ''}
      {recording.images?.length ? ' Las imágenes no son las oficiales, sino equivalentes hechas con paquetes: ' : ''}
      {recording.images?.map(({ name, from }, index) => (
        <Fragment key={name}>
          {index > 0 ? '; ' : ''}
          <code>{name}</code>, {from}
        </Fragment>
      ))}
      {recording.images?.length ? '.' : ''}
    </>
  );
}

/** « de 3 nodos»: cómo se presentaba, si lo decía. */
const nodesIn = ({ targetTitle }: Recording): string => {
  const [nodes] = /\b\d+ nodos?\b/.exec(targetTitle) ?? [];
  return nodes === undefined ? '' : `, de ${nodes}`;
};

/** El rótulo de un trozo: las versiones están en la cabecera del capítulo y junto a la salida entera. */
export function ShortLabel({ recording }: { recording: Recording }): ReactNode {
  const seed = recording.seed === undefined ? '' : `, semilla ${recording.seed}`;
  return (
    <>
      Grabado {WHERE[recording.target]}
      {seed}, {date(recording.recordedAt)}
      {recording.isVirtual ? '; tiempos virtuales' : `, Kubernetes ${recording.versions.kubernetes} real`}.
    </>
  );
}

/** Solo se ve con `npm start`: al construir, una grabación que falta es un error. */
export function MissingRecording({ lab }: { lab: string }): ReactNode {
  return (
    <p>
      <em>El laboratorio {lab} aún no está grabado; aquí irá lo que salga.</em>
    </p>
  );
}
