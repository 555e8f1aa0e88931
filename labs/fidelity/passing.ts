/**
 * Valores de paso: el clúster real unas veces los escribe y otras los salta, según cuántos cambios junte el kubelet en una sola
 * escritura. No se comparan, salvo que sean el último de su paso.
 */
const passing: readonly { track: RegExp; value: RegExp; why: string }[] = [
  {
    track: /^EndpointSlice · estado$/,
    value: /^no listo$/,
    why: 'un Pod que está listo enseguida puede entrar en la rodaja ya listo: el controlador junta los cambios de un mismo momento',
  },
  {
    track: /^Pod · estado$/,
    value: /^Running$/,
    why: 'si la sonda de readiness acierta a la primera, el kubelet puede contar a la vez que corre y que está listo',
  },
];

export const isPassing = (track: string, value: string): boolean => passing.some((rule) => rule.track.test(track) && rule.value.test(value));

/** Sucesos que solo salen si una sonda coincide con el instante en que el contenedor se va. */
export const passingEvent = /probe (failed|errored).*container (not running|is not running|not found)|probe failed: container not running/;

/** Las reglas, para contarlas en la página. */
export const passingRules = passing;
