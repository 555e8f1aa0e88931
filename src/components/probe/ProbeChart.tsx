import type { ReactNode } from 'react';
import { sayProbe } from '../../../labs/engine/probe-reading.ts';
import type { ProbeResult } from '../../../labs/engine/probe-result.ts';
import { duration, latency } from '../format.ts';
import { Band } from './Band.tsx';
import { chartColumns, roundCeiling } from './chart-columns.ts';
import { ProbeSummary } from './ProbeSummary.tsx';
import { ProbeTable } from './ProbeTable.tsx';
import styles from './probe.module.css';

/** Una medida de la sonda: qué falló y cuánto se tardó, segundo a segundo, con lo que se hizo. La tabla dice lo mismo. */
export function ProbeChart({ title, result, children }: { title: string; result: ProbeResult; children?: ReactNode }): ReactNode {
  const columns = chartColumns(result);
  const seconds = Math.max(1, result.perSecond.requests.length);
  const highest = roundCeiling(Math.max(...columns.map(({ slowest }) => slowest), 1));
  const marks = result.marks.map(({ at }) => Math.min(1, at / 1000 / seconds));
  const grain = columns.length < seconds ? `cada ${(columns[0]?.to ?? 1) - (columns[0]?.from ?? 0)} segundos` : 'cada segundo';
  const done = result.marks.map(({ at, text }) => `A los ${duration(at)}, ${text}.`).join(' ');
  return (
    <figure className={styles.probe}>
      <p className={styles.title}>{title}</p>
      <p className={styles.asked}>
        {duration(result.elapsed)} a {result.rate} peticiones por segundo contra <code>{result.target}</code>, cada una con{' '}
        {result.connection === 'new' ? 'su conexión' : 'una conexión que ya estaba abierta'} y {duration(result.deadline)} de plazo.
      </p>
      <div className={styles.plot}>
        <div className={styles.numbers} aria-hidden="true">
          {marks.map((at, index) => (
            <span key={index} style={{ left: `${at * 100}%` }}>
              {index + 1}
            </span>
          ))}
        </div>
        <Band
          tone="error"
          title={`Peticiones con error, ${grain} (arriba del todo: todas)`}
          description={`${sayProbe(result)}. ${done}`}
          heights={columns.map(({ errors, requests }) => errors / (requests || 1))}
          marks={marks}
        />
        <Band
          tone="latency"
          title={`La respuesta más lenta, ${grain} (arriba del todo: ${latency(highest)})`}
          description={`La más lenta de todas, ${latency(result.latency.all?.max ?? 0)}. ${done}`}
          heights={columns.map(({ slowest }) => slowest / highest)}
          marks={marks}
        />
        <p className={styles.axis} aria-hidden="true">
          <span>0 s</span>
          <span>{duration(seconds * 500)}</span>
          <span>{duration(seconds * 1000)}</span>
        </p>
      </div>
      {result.marks.length > 0 ? (
        <ol className={styles.marks}>
          {result.marks.map(({ at, text }, index) => (
            <li key={index}>
              {duration(at)}: {text}
            </li>
          ))}
        </ol>
      ) : null}
      <ProbeSummary result={result} />
      <ProbeTable columns={columns} />
      {children ? <figcaption className={styles.label}>{children}</figcaption> : null}
    </figure>
  );
}
