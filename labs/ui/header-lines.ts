import type { LabEvent } from '../engine/ports.ts';
import { contextUntouched, virtualTimes } from './messages.ts';

type Started = Extract<LabEvent, { kind: 'labStarted' }>;

/** Dónde se ejecuta. La maqueta dice que lo es en cada pantalla. */
export const headerLines = ({ target, targetId, serverVersion, namespace, isVirtual }: Started): string[] => [
  `${target} · Kubernetes ${serverVersion} · espacio ${namespace}`,
  ...(targetId === 'maqueta' ? [] : [contextUntouched]),
  ...(isVirtual ? [virtualTimes] : []),
];
