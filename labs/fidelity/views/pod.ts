import type { Raw } from '../site.ts';
import { isPodReady, podStatusWord } from './pod-status-word.ts';
import type { Track } from './view.ts';

/** El estado en una palabra lleva el orden de la vida del Pod; cada condición y cada contenedor, su propia pista. */
export function podTracks(pod: Raw): Record<string, Track> {
  const { status = {}, spec = {} } = pod;
  const word = podStatusWord(pod);
  return {
    estado: `${word}${isPodReady(pod) && word === 'Running' ? ' y listo' : ''}`,
    fase: status.phase ?? '',
    calidad: status.qosClass ?? '',
    asignado: spec.nodeName ?? 'no',
    ...Object.fromEntries((status.conditions ?? []).map((one: Raw) => [`condición ${one.type}`, conditionText(one)])),
    ...Object.fromEntries((status.initContainerStatuses ?? []).map((one: Raw) => [`init ${one.name}`, stateText(one)])),
    ...Object.fromEntries((status.containerStatuses ?? []).map((one: Raw) => [`contenedor ${one.name}`, stateText(one)])),
  };
}

const conditionText = ({ status, reason, message }: Raw): string => `${status}${reason ? ` (${reason}${message ? `: ${message}` : ''})` : ''}`;

function stateText({ state = {}, restartCount, lastState }: Raw): string {
  const { waiting, running, terminated } = state;
  const again = restartCount ? ` · reinicio ${restartCount}` : '';
  const before = lastState?.terminated && !terminated ? ` · antes ${endText(lastState.terminated)}` : '';
  if (running) return `corre${again}${before}`;
  if (terminated) return `acabado ${endText(terminated)}${again}`;
  return `espera ${waiting?.reason ?? ''}${waiting?.message ? ` «${waiting.message}»` : ''}${again}${before}`;
}

const endText = ({ reason, exitCode, signal, message }: Raw): string => `${reason}(${signal ? `señal ${signal}` : exitCode})${message ? ` «${message}»` : ''}`;
