import type { ProbeResult } from '../engine/probe-result.ts';

/** Una medida guardada en `labs/sonda/recordings/`, con de dónde salió. */
export interface ProbeRecording {
  title: string;
  /** ISO 8601. */
  recordedAt: string;
  target: string;
  kubernetes: string;
  result: ProbeResult;
}
