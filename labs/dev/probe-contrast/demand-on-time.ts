import { LabError } from '../../engine/lab-error.ts';

/**
 * Con una herramienta saliendo tarde por más de lo que se admite, lo que se compararía es lo ocupada que está la máquina.
 * Es lo único que se arregla repitiendo: una cuenta que no cuadra no se repite, se cuenta.
 */
export function demandOnTime(who: string, late: number, most: number): void {
  if (late <= most) return;
  throw new LabError(`La máquina no le dio turno a ${who}: salió ${Math.round(late)} ms tarde, y se admiten ${most}.`, {
    code: 'BROKEN',
    canHeal: true,
  });
}
