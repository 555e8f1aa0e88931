import type { ReactNode } from 'react';
import type { Published } from '../../../labs/fidelity/published.ts';
import { date } from '../format.ts';
import styles from './fidelity.module.css';

const integer = new Intl.NumberFormat('es');
const list = new Intl.ListFormat('es');
const share = new Intl.NumberFormat('es', { maximumFractionDigits: 2 });

/** Hacia abajo: 100 % solo si son todas. */
const percentOf = ({ equal, total }: { equal: number; total: number }): string => `${share.format(Math.floor((10_000 * equal) / total) / 100)}\u00A0%`;

/** Cuánto de lo comparado sale igual, en cifras que nadie escribe. */
export function FidelitySummary({ data: { lines, scenarios, random, kubernetes, recordedAt } }: { data: Published }): ReactNode {
  return (
    <dl className={styles.summary}>
      <div>
        <dt>Líneas iguales</dt>
        <dd>
          {percentOf(lines)}: {integer.format(lines.equal)} de {integer.format(lines.total)}
        </dd>
      </div>
      <div>
        <dt>Escenarios iguales de principio a fin</dt>
        <dd>
          {percentOf(scenarios)}: {scenarios.equal} de {scenarios.total}
        </dd>
      </div>
      <div>
        <dt>Programas al azar iguales</dt>
        <dd>
          {percentOf(random.programs)}: {integer.format(random.programs.equal)} de {integer.format(random.programs.total)}, y {percentOf(random.lines)} de sus{' '}
          {integer.format(random.lines.total)} líneas
        </dd>
      </div>
      <div>
        <dt>Líneas con más de una respuesta buena</dt>
        <dd>{integer.format(lines.withSeveralAnswers)}: el clúster real contestó cosas distintas en distintas grabaciones, y vale cualquiera de ellas</dd>
      </div>
      <div>
        <dt>Grabado</dt>
        <dd>
          en Kubernetes {kubernetes.replace(/^v/, '')}, {date(recordedAt)}; los programas al azar, semillas {list.format(random.seeds.map(String))},{' '}
          {date(random.comparedAt)}
        </dd>
      </div>
    </dl>
  );
}
