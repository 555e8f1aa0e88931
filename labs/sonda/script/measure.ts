import { Agent, get } from 'node:http';
import { hostname } from 'node:os';
import type { ProbeError, ProbeResult } from '../../engine/probe-result.ts';
import { classify, classifyStatus } from './errors.ts';
import { createGapTracker } from './gaps.ts';
import { createHistogram } from './histogram.ts';
import type { Settings } from './settings.ts';

export interface Measure {
  read(): ProbeResult;
  mark(text: string): void;
  /** Deja de preguntar y llama a `onDone` cuando acabe la última que está en el aire. */
  stop(onDone: (result: ProbeResult) => void): void;
}

/** Nombres distintos que se apuntan: si el cuerpo cambiara en cada respuesta, la lista no tendría fin. */
const mostNames = 200;

/**
 * Bucle abierto: la petición n.º n sale a los n·(1000/ritmo) ms pase lo que pase con las anteriores. Si el proceso se
 * retrasa, salen todas las que debían haber salido, y cada latencia se cuenta desde cuándo debía salir la suya.
 */
export function startMeasure({ target, rate, deadline, connection, duration }: Settings, onEnd: (result: ProbeResult) => void): Measure {
  const interval = 1000 / rate;
  const startedAt = Date.now();
  const began = performance.now();
  const gaps = createGapTracker(interval);
  const latency = { succeeded: createHistogram(), all: createHistogram() };
  const lateness = createHistogram();
  const errors: Record<ProbeError, number> = { dns: 0, refused: 0, reset: 0, unreachable: 0, timeout: 0, http4xx: 0, http5xx: 0, other: 0 };
  const otherErrors: Record<string, number> = {};
  const perSecond = { requests: [] as number[], errors: [] as number[], slowest: [] as number[] };
  const answeredBy: Record<string, { requests: number; first: number; last: number }> = {};
  const marks: { at: number; text: string }[] = [];
  const agent = connection === 'kept' ? new Agent({ keepAlive: true }) : false;
  const waiting: ((result: ProbeResult) => void)[] = [];
  let sent = 0;
  let settled = 0;
  let succeeded = 0;
  let stoppedAt: number | undefined;
  const elapsed = () => stoppedAt ?? performance.now() - began;

  const settle = (n: number, error: ProbeError | undefined, body: string) => {
    const due = n * interval;
    const took = performance.now() - began - due;
    const second = Math.floor(due / 1000);
    while (perSecond.requests.length <= second) for (const list of [perSecond.requests, perSecond.errors, perSecond.slowest]) list.push(0);
    perSecond.requests[second] = (perSecond.requests[second] ?? 0) + 1;
    perSecond.slowest[second] = round(Math.max(perSecond.slowest[second] ?? 0, took));
    latency.all.record(took);
    settled += 1;
    gaps.settle(n, error === undefined);
    if (error) {
      errors[error] += 1;
      perSecond.errors[second] = (perSecond.errors[second] ?? 0) + 1;
    } else {
      succeeded += 1;
      latency.succeeded.record(took);
      const name = nameIn(body);
      const known = answeredBy[name] ?? answeredBy[Object.keys(answeredBy).length < mostNames ? name : '(otros)'];
      if (known) {
        known.requests += 1;
        known.last = round(due);
      } else answeredBy[Object.keys(answeredBy).length < mostNames ? name : '(otros)'] = { requests: 1, first: round(due), last: round(due) };
    }
    if (stoppedAt !== undefined && settled === sent) finish();
  };

  const send = (n: number) => {
    lateness.record(performance.now() - began - n * interval);
    let isSettled = false;
    let body = '';
    const end = (error?: ProbeError, code?: string) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      if (error === 'other') otherErrors[code ?? 'sin código'] = (otherErrors[code ?? 'sin código'] ?? 0) + 1;
      settle(n, error, body);
    };
    const fail = (error: { code?: string; syscall?: string }) => end(classify(error), error.code);
    const request = get(
      { host: target.hostname, port: target.port || 80, path: target.pathname + target.search, agent, headers: { host: target.host } },
      (response) => {
        response.setEncoding('utf8');
        response.on('data', (piece: string) => {
          if (body.length < 4096) body += piece;
        });
        response.on('error', fail);
        response.on('end', () => end(classifyStatus(response.statusCode ?? 0)));
      },
    );
    request.on('error', fail);
    const timer = setTimeout(() => {
      end('timeout');
      request.destroy();
    }, deadline);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    if (stoppedAt !== undefined) return;
    const now = performance.now() - began;
    const until = duration > 0 ? Math.min(now, duration - interval / 2) : now;
    while (sent * interval <= until) send(sent++);
    if (duration > 0 && now >= duration) return close(duration);
    timer = setTimeout(tick, Math.max(1, Math.ceil(Math.min(sent * interval, duration || Number.POSITIVE_INFINITY) - now)));
  };
  const close = (at: number) => {
    stoppedAt = at;
    clearTimeout(timer);
    if (settled === sent) finish();
  };
  const finish = () => {
    const result = read();
    if (agent) agent.destroy();
    onEnd(result);
    for (const tell of waiting.splice(0)) tell(result);
  };
  const read = (): ProbeResult => {
    const { gaps: list, omitted, longest } = gaps.read(elapsed());
    const isDone = stoppedAt !== undefined && settled === sent;
    return {
      format: 1,
      state: isDone ? 'done' : 'measuring',
      probe: hostname(),
      startedAt,
      target: target.href,
      rate,
      deadline,
      connection,
      elapsed: round(elapsed()),
      requests: settled,
      inFlight: sent - settled,
      succeeded,
      errors,
      otherErrors,
      longestGap: longest && roundAll(longest),
      gaps: list.map(roundAll),
      gapsOmitted: omitted,
      latency: { succeeded: roundAll(latency.succeeded.percentiles()), all: roundAll(latency.all.percentiles()) },
      lateness: roundAll(lateness.percentiles()),
      perSecond,
      answeredBy,
      marks,
    };
  };
  tick();
  return {
    read,
    mark: (text) => void marks.push({ at: round(elapsed()), text }),
    stop(onDone) {
      // Lo que ya debía haber salido sale antes de cerrar.
      tick();
      if (stoppedAt !== undefined && settled === sent) return onDone(read());
      waiting.push(onDone);
      if (stoppedAt === undefined) close(performance.now() - began);
    },
  };
}

/** El `pod` que dice la respuesta, si es JSON y lo dice. */
function nameIn(body: string): string {
  if (!body.startsWith('{')) return '(sin nombre)';
  try {
    const { pod } = JSON.parse(body) as { pod?: unknown };
    return typeof pod === 'string' ? pod.slice(0, 100) : '(sin nombre)';
  } catch {
    return '(sin nombre)';
  }
}

/** Al microsegundo: lo demás es ruido y abulta. */
const round = (milliseconds: number) => Math.round(milliseconds * 1000) / 1000;

const roundAll = <T extends object | null>(values: T): T =>
  values && (Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value])) as T);
