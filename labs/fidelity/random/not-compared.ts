/** Lo que de un programa al azar no se mira, en ninguno de los dos sitios. El catálogo sí lo compara, donde se puede esperar a algo concreto. */
export const notComparedAtRandom: readonly { what: string; line: RegExp; why: string }[] = [
  {
    what: 'condición PodReadyToStartContainers',
    line: /^Pod .* · condición PodReadyToStartContainers$/,
    why: 'cuándo supo el kubelet de la red del Pod depende de la prisa',
  },
  {
    what: 'status.observedGeneration y status.collisionCount',
    line: / · status\.(observedGeneration|collisionCount)$/,
    why: 'dicen quién ha mirado ya, no qué hay',
  },
  {
    what: 'cuántas veces renace una ControllerRevision al borrar su conjunto en primer plano',
    line: /^ControllerRevision .* \(\d+\.º con ese nombre\) · /,
    why: 'el recolector de basura la quita, y el StatefulSet la crea otra vez en cada vuelta hasta que él mismo se va: el real dio 3 o 4 con el mismo programa',
  },
];

export const isComparedAtRandom = (line: string): boolean => !notComparedAtRandom.some((rule) => rule.line.test(line));

/** Y de lo demás, en cada paso, cómo acaba. */
export const onlyTheEndAtRandom = {
  what: 'el camino de cada pista: solo dónde acaba en cada paso',
  why: 'un programa al azar no sabe a qué esperar, y por cuántos valores se pasa hasta la calma depende de la prisa',
};
