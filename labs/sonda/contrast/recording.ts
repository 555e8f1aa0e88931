import type { Reading } from './reading.ts';

/** Lo que el propio servidor contó de una medida. */
export interface Served {
  requests: number;
  errors: number;
}

export interface Run {
  reading: Reading;
  served: Served;
}

/** Lo medido en un contraste: `labs/sonda/contrast/contrast.json`. */
export interface ContrastRecording {
  /** ISO 8601. */
  recordedAt: string;
  /** Cómo se presentaba el clúster. */
  target: string;
  kubernetes: string;
  /** Con qué se contrastó: `fortio 1.68.0`. */
  tool: string;
  /** Medidas que se descartaron y se volvieron a tomar porque la máquina no dio turno a tiempo a la herramienta. */
  repeated: number;
  /** Servicio con fallos: por parejas, y cada pareja en el orden contrario a la anterior. */
  faults: readonly { probe: Run; tool: Run }[];
  /** Servicio que se queda parado. `open`: la herramienta con conexiones de sobra; `closed`: con una sola. */
  pause: { probe: Run; open: Run; closed: Run };
}
