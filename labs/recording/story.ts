import { normalize, realRules, rules } from './normalize.ts';
import type { Recording } from './recording.ts';

/** Una línea de lo grabado, y dónde está: para nombrarla cuando cambie. */
export interface StoryLine {
  text: string;
  /** Paso del laboratorio; `undefined`, antes del primero. */
  stepId: string | undefined;
  /** De qué parte de la grabación es. */
  part: 'imagen' | 'línea' | 'orden' | 'suceso';
  /** Cuál de esa parte, desde 1. */
  number: number;
}

/**
 * Lo grabado en líneas, para compararlo y leer la diferencia.
 *
 * La maqueta con la misma semilla da siempre lo mismo: ahí no se tapa nada, y entran hasta los sucesos con sus instantes.
 * Fuera solo queda cuándo se grabó y con qué Node.
 *
 * En un clúster de verdad se comparan las imágenes que corrieron, los pasos con su veredicto y lo que vieron, y las
 * órdenes, sin lo que cambia por naturaleza (`normalize.ts`). Lo visto mientras se espera depende del instante en que se
 * mira: de una espera importa en qué acabó, y de las órdenes, cuáles y en qué orden aparecen en cada paso, no cuántas veces
 * dio tiempo a repetirlas. Y de una medida de la sonda, lo que el paso exige de ella.
 */
export function storyOf(recording: Recording): StoryLine[] {
  const { isVirtual, images = [], terminal, commands, events } = recording;
  const clean = (text: string, stepId: string | undefined) => (isVirtual ? text : normalize(text, [...rules, ...realRules], `${recording.lab}/${stepId}`));
  const line = (part: StoryLine['part'], number: number, stepId: string | undefined, text: string): StoryLine => ({
    part,
    number,
    stepId,
    text: clean(text, stepId),
  });

  let stepId: string | undefined;
  const told = terminal.flatMap((text, index) => {
    const [, step, word] = /^\d{2,}:\d{2} lab-\S+ (\S+) +([A-Z]+)\b/.exec(text) ?? [];
    // Lo que no empieza por la hora explica la línea de antes.
    stepId = step ?? stepId;
    return !isVirtual && (word === 'ESPERA' || word === 'SONDA') ? [] : [line('línea', index + 1, stepId, text)];
  });
  const asked = commands.map((command, index) => line('orden', index + 1, stepOfCommand(recording, index), command));
  return [
    ...images.map(({ name, from }, index) => line('imagen', index + 1, undefined, `${name}: ${from}`)),
    ...told,
    ...(isVirtual ? asked : firstInStep(asked)),
    ...(isVirtual ? events.map((event, index) => line('suceso', index + 1, 'stepId' in event ? event.stepId : undefined, JSON.stringify(event))) : []),
  ];
}

/** El último paso que empezó antes de esa orden. */
const stepOfCommand = ({ commandsFrom = {} }: Recording, index: number): string | undefined =>
  Object.entries(commandsFrom).findLast(([, from]) => from <= index)?.[0];

const firstInStep = (lines: readonly StoryLine[]): StoryLine[] =>
  lines.filter(({ stepId, text }, index) => !lines.slice(0, index).some((before) => before.stepId === stepId && before.text === text));
