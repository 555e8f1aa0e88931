import type { ProbeResult } from '../engine/probe-result.ts';

/** Cuatro segundos a 50 por segundo con 33 fallos seguidos: lo que entregó la sonda al matar un servidor de verdad. */
export const outage: ProbeResult = {
  format: 1,
  state: 'done',
  probe: 'sonda',
  startedAt: 1_795_246_614_333,
  target: 'http://web/',
  rate: 50,
  deadline: 2000,
  connection: 'new',
  elapsed: 4000,
  requests: 200,
  inFlight: 0,
  succeeded: 167,
  errors: { dns: 0, refused: 32, reset: 1, unreachable: 0, timeout: 0, http4xx: 0, http5xx: 0, other: 0 },
  otherErrors: {},
  longestGap: { start: 2020, duration: 660, errors: 33, isOpen: false },
  gaps: [{ start: 2020, duration: 660, errors: 33, isOpen: false }],
  gapsOmitted: 0,
  latency: {
    succeeded: { p50: 2.056, p90: 5.648, p99: 25.152, p999: 29.12, max: 29.155 },
    all: { p50: 1.868, p90: 5.264, p99: 25.152, p999: 29.376, max: 29.412 },
  },
  lateness: { p50: 0.962, p90: 2.792, p99: 15.136, p999: 28.863, max: 28.863 },
  perSecond: { requests: [50, 50, 50, 50], errors: [0, 0, 33, 0], slowest: [29.155, 7.123, 29.412, 25.13] },
  answeredBy: { 'web-1': { requests: 167, first: 0, last: 3980 } },
  marks: [{ at: 2000, text: 'muere web-1' }],
};

const none = { dns: 0, refused: 0, reset: 0, unreachable: 0, timeout: 0, http4xx: 0, http5xx: 0, other: 0 };

/** La misma medida sin ningún fallo. */
export const healthy: ProbeResult = {
  ...outage,
  succeeded: 200,
  errors: none,
  longestGap: null,
  gaps: [],
  perSecond: { ...outage.perSecond, errors: [0, 0, 0, 0] },
  answeredBy: { 'web-1': { requests: 200, first: 0, last: 3980 } },
};

/** La misma, recién empezada. */
export const justStarted: ProbeResult = {
  ...healthy,
  state: 'measuring',
  elapsed: 1,
  requests: 0,
  inFlight: 1,
  succeeded: 0,
  latency: { succeeded: null, all: null },
  perSecond: { requests: [], errors: [], slowest: [] },
  answeredBy: {},
  marks: [],
};
