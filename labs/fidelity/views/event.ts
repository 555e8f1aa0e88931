import type { Raw } from '../site.ts';

/** Motivos que se repiten con el reloj, no con lo que pasa: cuántas veces se ven depende de cuánto se mire. */
const timeDependent: ReadonlySet<string> = new Set([
  'BackOff',
  'Unhealthy',
  'Pulling',
  'Failed',
  'FailedMount',
  'FailedScheduling',
  'FailedCreate',
  'WaitForFirstConsumer',
  'ExternalProvisioning',
  'WaitForPodScheduled',
  'ErrImageNeverPull',
  'DeadlineExceeded',
  'NoPods',
]);

/** Motivos de sucesos que un mismo controlador lanza en paralelo: entre dos seguidos el orden no dice nada. El de los objetos se compara aparte. */
const simultaneous: ReadonlySet<string> = new Set(['Killing', 'SuccessfulCreate', 'SuccessfulDelete']);

export const areSimultaneous = (reason: string): boolean => simultaneous.has(reason);

export const isTimeDependent = ({ reason, type }: Raw): boolean => timeDependent.has(reason) && (type === 'Warning' || reason !== 'Pulled');

/** Quién lo cuenta, sin la instancia: `kubelet`, `default-scheduler`, `statefulset-controller`. */
export const sourceOf = ({ source, reportingComponent, reportingController }: Raw): string =>
  source?.component || reportingComponent || reportingController || '';

export const eventText = ({ type, reason, message, note, involvedObject }: Raw): string =>
  `${type} ${reason}${involvedObject?.fieldPath ? ` [${involvedObject.fieldPath}]` : ''} «${(message ?? note ?? '').trim()}»`;
