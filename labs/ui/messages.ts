import type { StepResult } from '../engine/ports.ts';
import { humanDuration } from '../engine/reading.ts';

// Todas las frases que ve una persona, menos los errores del clúster, que nacen con su causa en labs/cluster.

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const points = (count: number) => plural(count, 'punto', 'puntos');

/** `9,8 s`. Los virtuales se rotulan siempre que van sueltos en una frase. */
export const lasting = (milliseconds: number, isVirtual: boolean) => `${humanDuration(milliseconds)}${isVirtual ? ' del reloj de la maqueta' : ''}`;

/** `00:31`, minutos y segundos desde el principio. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Para un lector de pantalla: «9,8 segundos». */
export function spoken(milliseconds: number): string {
  if (milliseconds >= 60_000) {
    const seconds = Math.round(milliseconds / 1000);
    const rest = seconds % 60 === 0 ? '' : ` y ${plural(seconds % 60, 'segundo', 'segundos')}`;
    return `${plural(Math.floor(seconds / 60), 'minuto', 'minutos')}${rest}`;
  }
  const seconds = Math.round(milliseconds / 100) / 10;
  return `${String(seconds).replace('.', ',')} ${seconds === 1 ? 'segundo' : 'segundos'}`;
}

export const resultWords: Readonly<Record<StepResult, string>> = {
  ok: 'hecho',
  notYet: 'todavía no',
  broken: 'se rompió',
  stopped: 'parado: no va a sanar',
  skipped: 'no se prueba aquí',
};

export const columnWords: Readonly<Record<StepResult, string>> = { ok: 'SI', notYet: 'NO', broken: 'ROTO', stopped: 'PARADO', skipped: 'SALTADO' };

export const opening = (id: string, title: string) => `Laboratorio ${id} · ${title}`;
export const challengeOpening = (id: string, title: string) => `${opening(id, title)} · reto`;
export const insteadOfMinikube = (why: string) => `No se usa minikube: ${why} Se usa la maqueta.`;
export const contextUntouched = 'Tu contexto actual de kubectl no se usa ni se cambia.';
export const virtualTimes = 'Los tiempos son virtuales, del reloj de la maqueta.';

export const notTried = (steps: readonly string[], needs: string) =>
  `Aquí no se ${steps.length === 1 ? 'prueba el paso' : 'prueban los pasos'} ${steps.map((step) => `«${step}»`).join(', ')}: necesita${steps.length === 1 ? '' : 'n'} ${needs}.`;
export const toTryThem = (count: number, order: string) => ` Para ${count === 1 ? 'probarlo' : 'probarlos'}: ${order}`;

export const counted = (passed: number, total: number) => `${passed} de ${total} ${total === 1 ? 'comprobación' : 'comprobaciones'}`;
export const skippedCount = (count: number) => (count === 0 ? '' : ` ${plural(count, 'no se prueba', 'no se prueban')} en este destino.`);
export const allDone = (passed: number, total: number, took: string) => `${counted(passed, total)} en ${took}.`;
export const notDone = (passed: number, total: number) => `${counted(passed, total)} ${passed === 1 || total === 1 ? 'pasa' : 'pasan'}.`;

export const written = 'Anotado en tu bitácora.';
export const attemptWritten = (attempt: number) => `Se guardó este intento (n.º ${attempt}) en tu bitácora.`;
export const next = (order: string) => `Sigue: ${order}`;
export const resourcesRemain = (order: string) => `Los recursos siguen en el clúster para que los mires. Para borrarlos: ${order}`;
export const nothingRemains = 'La maqueta desaparece con el programa: no queda nada que limpiar.';
export const nothingToClean = (what: string) =>
  `En la maqueta no hay ${what}: es un Kubernetes simulado dentro del programa y desaparece al terminar cada laboratorio.`;

export const interrupted = (step: string | undefined) => `Interrumpido${step === undefined ? '' : ` en el paso «${step}»`}.`;
export const wasAtStep = (step: string) => `Iba por el paso «${step}».`;
export const spaceRemains = (namespace: string, order: string) => `El espacio ${namespace} sigue en el clúster; para borrarlo: ${order}`;

export const tryThis = (order: string) => `Prueba:  ${order}`;
export const orElse = (order: string) => `O bien:  ${order}`;
export const progressIntact = 'Tu progreso sigue igual.';
export const ourFault = (message: string) => `Fallo del programa, no tuyo: ${message}`;

export const hintHeader = (index: number, total: number, lab: string, step: string) => `Pista ${index} de ${total} · Laboratorio ${lab}, paso «${step}»`;
export const lastHint = 'Es la última pista de este paso.';
export const repeatedHint = 'Ya las has visto todas; esta es la última.';
export const anotherHint = (order: string) => `Otra pista: ${order}`;
export const hintPointer = (total: number, order: string) => `Pista 1 de ${total}:  ${order}`;
export const noPending = (lab: string) => `El laboratorio ${lab} no tiene ningún paso pendiente: todas sus comprobaciones pasaron la última vez.`;

export const askForContext = (name: string) => `Vas a usar el clúster del contexto «${name}», que no es tu minikube.\nEscribe su nombre para confirmarlo: `;
export const contextNotConfirmed = (name: string) => `No has escrito «${name}»: no se usa ese contexto.`;

export const challengeCopied = (folder: string) => `Se ha copiado el punto de partida a ${folder}; escribe ahí y repite la orden.`;
export const challengeBrief = (brief: string) => `Qué se pide: ${brief}`;

export const stateWords = { done: 'hecho', changed: 'repetir', current: 'en curso', pending: 'pendiente' } as const;
export const listHeading = 'Laboratorios. Sin minikube corren en la maqueta, un Kubernetes simulado.';
export const listTries = (count: number) => plural(count, 'intento', 'intentos');
export const hintCount = (count: number) => plural(count, 'pista', 'pistas');
export const changedSince = 'hecho, pero el laboratorio cambió desde entonces';
export const hereYouAre = '← aquí vas';

export const readMore = (page: string) => `Leer: ${page}`;

export const commandsOpening = (id: string, title: string) => `Órdenes kubectl equivalentes al laboratorio ${id} · ${title}`;
export const commandsFromMaqueta = 'Salen de una pasada por la maqueta y están escritas para minikube.';
export const namesWillDiffer = 'Un nombre de Pod acabado en letras al azar lo pone su controlador: en tu clúster será otro.';

export const noSpaces = (id: string, target: string) => `El laboratorio ${id} no tiene nada creado en ${target}.`;
export const spaceIs = ({ namespace, isTerminating, contents }: { namespace: string; isTerminating: boolean; contents: readonly string[] }) =>
  `Espacio ${namespace}, creado por este laboratorio${isTerminating ? ', yéndose' : ''}. ${contents.join(' · ') || 'vacío'} · nada se ha cambiado.`;

export const cleaning = (id: string) => `Limpiar lo creado por el laboratorio ${id}`;
export const nothingCreated = 'No había ningún espacio creado por este laboratorio';
export const noLeftovers = 'Restos: 0 espacios, 0 PVC, 0 PV';
export const leftoverIs = ({ kind, name, why }: { kind: string; name: string; why: string }) => `Queda ${kind} ${name}: ${why}`;
export const repeatClean = (order: string) => `Repite: ${order}`;

export const allOpening = (count: number) => `Todos los laboratorios: ${count}`;
export const allTarget = ({ title, serverVersion }: { title: string; serverVersion: string }) => `${title} · Kubernetes ${serverVersion}`;
export const allLabsEnding = ({ done, total, passed, checks }: { done: number; total: number; passed: number; checks: number }) =>
  `${done} de ${plural(total, 'laboratorio', 'laboratorios')}; ${counted(passed, checks)}.${done === total ? ' Todos pasan.' : ''}`;

export const reportWritten = (
  file: string,
  { done, total, points: got, maxPoints, attempts }: { done: number; total: number; points: number; maxPoints: number; attempts: number },
) => `${file}: ${done} de ${plural(total, 'laboratorio hecho', 'laboratorios hechos')}, ${got} de ${points(maxPoints)}, ${listTries(attempts)}.`;

export const doctorHeading = 'Revisión del entorno';
export const unchecked = 'sin comprobar';
export const doctorOk = 'Todo en orden.';
export const doctorFailed = (order: string) => `Falta algo: arregla lo primero que falla y repite ${order}`;
export const tallerIsRunning = (title: string, order: string) => `Además hay un ${title} en marcha: ${order}`;
export const maquetaNeedsNothing = (order: string) => `Mientras tanto, la maqueta no necesita nada de esto: ${order}`;

export const probeChart = {
  heading: (title: string, rate: number, lasted: string) => `Sonda · ${title}: ${plural(rate, 'petición', 'peticiones')} por segundo durante ${lasted}`,
  legend: ([none, some, half, most, all]: readonly string[]) =>
    `${none} sin errores  ${some} falla hasta 1/4  ${half} hasta 1/2  ${most} hasta 3/4  ${all} más`,
  percentiles: (values: readonly (readonly [name: string, value: string])[]) => `Con éxito: ${values.map((pair) => pair.join(' ')).join(' · ')}`,
  budget: (downtime: string, spent: readonly string[]) => `Como ${downtime} caído. Gastado del presupuesto de un mes: ${spent.join('; ')}`,
};

/** Para un lector de pantalla, dónde están los errores. */
export const errorsAt = (ranges: readonly string[]) => `Errores en ${ranges.length === 1 ? 'el tramo' : 'los tramos'} ${ranges.join('; ')}.`;
export const markAt = (at: string, text: string) => `Al cabo de ${at}: ${text}.`;

/** `0,3 %`, `135 %`, `menos de 0,01 %` */
export function spokenPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.01) return 'menos de 0,01 %';
  return `${(percent < 1 ? percent.toFixed(2) : percent < 10 ? percent.toFixed(1) : String(Math.round(percent))).replace('.', ',')} %`;
}
