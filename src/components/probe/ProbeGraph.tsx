import type { ReactNode } from 'react';
import type { ProbeRecording } from '../../../labs/sonda/probe-recording.ts';
import type { LabData } from '../../site-data/lab-data.ts';
import type { Recording } from '../../site-data/recording.ts';
import { date } from '../format.ts';
import { MissingRecording, ShortLabel } from '../recording/RecordingLabel.tsx';
import { ProbeChart } from './ProbeChart.tsx';

type ProbeGraphProps = { medida: string; data: ProbeRecording } | { medida?: undefined; lab: string; paso: string; data: LabData };

/**
 * `<GraficaDeSonda medida="relevo">`, de `labs/sonda/recordings/`, o `<GraficaDeSonda lab="14" paso="relevo">`: la que
 * midió ese paso al grabar su laboratorio.
 */
export function ProbeGraph(props: ProbeGraphProps): ReactNode {
  if (props.medida !== undefined) {
    const { title, target, recordedAt, result } = props.data;
    return (
      <ProbeChart title={title} result={result}>
        Medido en {target}, {date(recordedAt)}.
      </ProbeChart>
    );
  }
  const { data, paso } = props;
  if (!data.recording) return <MissingRecording lab={data.id} />;
  const measured = measuresOf(data.recording, paso);
  return (
    <>
      {measured.map(({ title, result }) => (
        <ProbeChart key={title} title={title} result={result}>
          Paso <code>{paso}</code>. <ShortLabel recording={data.recording as Recording} />
        </ProbeChart>
      ))}
    </>
  );
}

/** Las medidas de un paso, o un error que dice los que miden: para el autor del capítulo, al construir. */
function measuresOf({ lab, events }: Recording, stepId: string) {
  const all = events.flatMap((event) => (event.kind === 'stepMeasured' ? [event] : []));
  const found = all.filter((event) => event.stepId === stepId);
  if (found.length > 0) return found;
  const steps = [...new Set(all.map((event) => event.stepId))].join(', ');
  throw new Error(`<GraficaDeSonda>: en el laboratorio ${lab}, el paso «${stepId}» no midió nada (miden: ${steps || 'ninguno'})`);
}
