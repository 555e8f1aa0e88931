/**
 * Lo que entrega la sonda en `/resultado` y en `/parar`, tal cual sale del Pod.
 * Todos los tiempos son milisegundos; los instantes (`at`, `start`, `first`…), desde que empezó la medida.
 */
export interface ProbeResult {
  /** Cambia si cambia la forma: quien lee otra la rechaza. */
  format: 1;
  state: 'measuring' | 'done';
  /** Nombre del Pod de la sonda. Con `startedAt` identifica la medida: si cambian, es otra. */
  probe: string;
  /** Milisegundos desde 1970 en el reloj de su nodo. Identifica; no se usa para medir, porque ese reloj puede saltar. */
  startedAt: number;
  target: string;
  /** Peticiones por segundo. */
  rate: number;
  /** Plazo de cada petición, desde que sale. */
  deadline: number;
  connection: ProbeConnection;
  /** Lo que ha durado la medida. */
  elapsed: number;
  /** Peticiones terminadas, bien o mal. */
  requests: number;
  inFlight: number;
  succeeded: number;
  errors: Readonly<Record<ProbeError, number>>;
  /** Qué había dentro de `other`: código de error → veces. */
  otherErrors: Readonly<Record<string, number>>;
  /** El rato más largo sin un éxito. `null`: ninguna petición falló. */
  longestGap: ProbeGap | null;
  /** Todos los huecos en orden, salvo que sean demasiados: entonces los primeros, y `gapsOmitted` dice cuántos faltan. */
  gaps: readonly ProbeGap[];
  gapsOmitted: number;
  latency: {
    /** Las que tuvieron éxito. */
    succeeded: ProbePercentiles | null;
    /** Todas: un rechazo cuenta lo que tardó en llegar, y un plazo agotado, el plazo. */
    all: ProbePercentiles | null;
  };
  /** Con cuánto retraso salió cada petición. Es culpa de la sonda, y está dentro de la latencia. */
  lateness: ProbePercentiles | null;
  /** Por segundo de la medida, según cuándo debía salir cada petición. Las tres listas miden lo mismo. */
  perSecond: {
    requests: readonly number[];
    errors: readonly number[];
    /** La latencia más alta de ese segundo. */
    slowest: readonly number[];
  };
  /** Quién contestó con éxito: nombre del Pod → cuántas veces, y la primera y la última. */
  answeredBy: Readonly<Record<string, { requests: number; first: number; last: number }>>;
  /** Lo que el laboratorio hizo, en el reloj de la sonda. */
  marks: readonly { at: number; text: string }[];
}

/** `new`: una conexión por petición; cada una la reparte el Service. `kept`: se guardan y se reutilizan. */
export type ProbeConnection = 'new' | 'kept';

/**
 * - `dns`: el nombre no se resolvió.
 * - `refused`: nadie escucha (ECONNREFUSED).
 * - `reset`: la conexión se cortó a medias (ECONNRESET, EPIPE).
 * - `unreachable`: no hay camino (EHOSTUNREACH, ENETUNREACH).
 * - `timeout`: se agotó el plazo.
 * - `http4xx`, `http5xx`: contestó, pero no lo pedido.
 * - `other`: lo demás; su código está en `otherErrors`.
 */
export type ProbeError = 'dns' | 'refused' | 'reset' | 'unreachable' | 'timeout' | 'http4xx' | 'http5xx' | 'other';

/**
 * Un rato sin éxitos: desde que debía salir la primera petición fallida hasta que debía salir la siguiente con éxito.
 * Se conoce con el grano del ritmo: a 50 por segundo, 20 ms. `isOpen`: la medida acabó sin que volviera.
 */
export interface ProbeGap {
  start: number;
  duration: number;
  errors: number;
  isOpen: boolean;
}

/** Percentiles de un histograma con error relativo acotado (0,4 %); `max` es exacto. */
export interface ProbePercentiles {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}
