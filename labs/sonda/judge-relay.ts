import { errorCount } from '../engine/probe-reading.ts';
import type { ProbeResult } from '../engine/probe-result.ts';
import type { Verdict } from './contrast/judge.ts';

/** Las marcas de la medida que enseña la página, en su orden. */
export const relayMarks = {
  restart: 'kubectl rollout restart',
  deleted: 'se borra un Pod sin avisarle',
  killed: 'muere el proceso de otro Pod',
} as const;

/** Réplicas de antes y de después del reinicio, y el Pod que sustituye al borrado. */
const podsSeen = 3 + 3 + 1;

/** Lo que tarda como mucho el kubelet en ver muerto un proceso y los nodos en dejar de mandarle peticiones. */
const longestNotice = 10_000;

/** Lo que la medida tiene que contar para que tenga sentido. */
export function judgeRelay(result: ProbeResult): Verdict[] {
  const at = (text: string) => result.marks.find((mark) => mark.text === text)?.at ?? Number.NaN;
  const [restart, deleted, killed] = [at(relayMarks.restart), at(relayMarks.deleted), at(relayMarks.killed)];
  const failedBetween = (from: number, to: number) =>
    result.gaps.filter(({ start }) => start >= from && start < to).reduce((sum, { errors }) => sum + errors, 0);
  const early = failedBetween(0, deleted);
  const late = failedBetween(killed - 1000 / result.rate, Number.POSITIVE_INFINITY);
  const last = result.gaps.at(-1);
  const back = last ? last.start + last.duration : 0;
  const names = Object.keys(result.answeredBy).length;
  const old = Object.values(result.answeredBy).filter(({ first }) => first < restart);
  const gone = old.filter(({ last }) => last < deleted).length;
  return [
    verdict('reinicio: ni una petición falla mientras cambian los tres Pods', early > 0 && `fallan ${early}`),
    verdict(
      'reinicio: los tres de antes dejan de contestar',
      !(old.length === 3 && gone === 3) && `de ${old.length} que había, han dejado de contestar ${gone}`,
    ),
    verdict(
      `contestan ${podsSeen} Pods distintos: tres, los tres que los relevan y el que sustituye al borrado`,
      names !== podsSeen && `han contestado ${names}`,
    ),
    verdict('proceso muerto: hay peticiones que fallan', !(late > 0) && `de ${errorCount(result)} fallos, ninguno es de entonces`),
    verdict(
      'proceso muerto: el servicio vuelve a estar entero antes de 10 s',
      !(back < killed + longestNotice) && `sigue fallando ${Math.round(back - killed)} ms después`,
    ),
  ];
}

const verdict = (title: string, problem: string | false): Verdict => (problem === false ? { title } : { title, problem });
