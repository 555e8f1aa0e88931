type Shape = 'number' | 'string' | 'boolean' | readonly Shape[] | { readonly [key: string]: Shape } | { readonly of: Shape } | { readonly orNull: Shape };

const gap = { start: 'number', duration: 'number', errors: 'number', isOpen: 'boolean' } as const;
const percentiles = { orNull: { p50: 'number', p90: 'number', p99: 'number', p999: 'number', max: 'number' } } as const;

/** La forma de `ProbeResult`, para mirar lo que llega de fuera. `[x]`: lista; `of`: mapa de nombres. */
const result: Shape = {
  format: 'number',
  state: 'string',
  probe: 'string',
  startedAt: 'number',
  target: 'string',
  rate: 'number',
  deadline: 'number',
  connection: 'string',
  elapsed: 'number',
  requests: 'number',
  inFlight: 'number',
  succeeded: 'number',
  errors: {
    dns: 'number',
    refused: 'number',
    reset: 'number',
    unreachable: 'number',
    timeout: 'number',
    http4xx: 'number',
    http5xx: 'number',
    other: 'number',
  },
  otherErrors: { of: 'number' },
  longestGap: { orNull: gap },
  gaps: [gap],
  gapsOmitted: 'number',
  latency: { succeeded: percentiles, all: percentiles },
  lateness: percentiles,
  perSecond: { requests: ['number'], errors: ['number'], slowest: ['number'] },
  answeredBy: { of: { requests: 'number', first: 'number', last: 'number' } },
  marks: [{ at: 'number', text: 'string' }],
};

/** Qué le falta o le sobra a `value` para ser un resultado de la sonda, o `undefined`. */
export function shapeProblem(value: unknown): string | undefined {
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== undefined && format !== 1) return `es del formato ${String(format)} y aquí se lee el 1`;
  return problemAt('', value, result);
}

function problemAt(path: string, value: unknown, shape: Shape): string | undefined {
  const name = path || 'el resultado';
  if (typeof shape === 'string') {
    if (typeof value !== shape) return value === undefined ? `falta ${name}` : `${name} no es ${words[shape]}`;
    return shape === 'number' && !((value as number) >= 0) ? `${name} no es un número que valga` : undefined;
  }
  if ('orNull' in shape) return value === null ? undefined : problemAt(path, value, shape.orNull as Shape);
  if (typeof value !== 'object' || value === null)
    return value === undefined ? `falta ${name}` : `${name} no es ${Array.isArray(shape) ? 'una lista' : 'un objeto'}`;
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return `${name} no es una lista`;
    return first(value.map((item, index) => [`${path}[${index}]`, item, shape[0] as Shape]));
  }
  if ('of' in shape) return first(Object.entries(value).map(([key, item]) => [`${path}.${key}`, item, shape.of as Shape]));
  return first(Object.entries(shape).map(([key, inner]) => [path ? `${path}.${key}` : key, (value as Record<string, unknown>)[key], inner as Shape]));
}

const words = { number: 'un número', string: 'un texto', boolean: 'sí o no' } as const;

function first(parts: readonly [path: string, value: unknown, shape: Shape][]): string | undefined {
  for (const [path, value, shape] of parts) {
    const problem = problemAt(path, value, shape);
    if (problem) return problem;
  }
  return undefined;
}
