import { meanTimeToRepair } from './availability.ts';
import { errorCount, sayErrors } from './probe-reading.ts';
import type { ProbeResult } from './probe-result.ts';
import { humanDuration } from './reading.ts';

/** `12 de 300 con error (10 conexión rechazada, 2 conexión cortada); MTTR, 4,1 s`, o `300 peticiones y ni un error`. */
export function sayRepair(result: ProbeResult): string {
  const failed = errorCount(result);
  if (failed === 0) return `${result.requests} peticiones y ni un error`;
  return `${failed} de ${result.requests} con error (${sayErrors(result)}); MTTR, ${humanDuration(meanTimeToRepair(result) ?? 0)}`;
}
