import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { FileBlock } from '../code/IncludedCode.tsx';
import { points } from '../format.ts';
import { RecordedOutput } from '../recording/RecordedOutput.tsx';
import { Timeline } from '../recording/Timeline.tsx';
import { Command } from './Command.tsx';
import { Commands } from './Commands.tsx';
import styles from './lab.module.css';
import { type Tab, Tabs } from './Tabs.tsx';

/** `<Laboratorio id="04">`: la orden y todo lo que hay detrás, sacado de los archivos que se ejecutan. */
export function LabCard({ id, data }: { id: string; data: LabData }): ReactNode {
  const tabs: Tab[] = [
    { id: 'comprueba', label: 'Qué comprueba', content: <Checks data={data} /> },
    { id: 'codigo', label: 'Código', content: <FileBlock {...data.code} /> },
    { id: 'manifiestos', label: 'Manifiestos', content: data.manifests.map((file) => <FileBlock key={file.file} {...file} />) },
    { id: 'salida', label: 'Salida grabada', content: <RecordedOutput data={data} /> },
    { id: 'tiempo', label: 'Línea de tiempo', content: <Timeline data={data} /> },
    { id: 'ordenes', label: 'Órdenes', content: <Commands data={data} /> },
  ];
  return (
    <section className={styles.card} aria-label={`Laboratorio ${id}`}>
      <div className={styles.head}>
        <p className={styles.kicker}>Laboratorio {id}</p>
        <p className={styles.title}>{data.title}</p>
        <p className={styles.proves}>{data.proves}</p>
        <Command command={`npm run -s lab ${id}`} />
      </div>
      <Tabs id={`lab-${id}`} label={`Laboratorio ${id}`} tabs={tabs} />
    </section>
  );
}

function Checks({ data }: { data: LabData }): ReactNode {
  return (
    <ol className={styles.checks}>
      {data.steps.map((step) => (
        <li key={step.id} value={data.steps.indexOf(step) + 1}>
          <span>{step.title}</span>
          <span className={styles.stepMeta}>
            <code>{step.id}</code> · {points(step.points)}
            {step.nodes ? ` · necesita ${step.nodes} nodos` : ''}
            {step.power ? ' · apaga uno' : ''}
            {step.loadBalancer ? ' · necesita quien dé dirección a un LoadBalancer' : ''}
            {step.proxyRules ? ' · solo en el taller: lee las reglas de cada nodo' : ''}
          </span>
        </li>
      ))}
    </ol>
  );
}
