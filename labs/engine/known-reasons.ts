/** Una lectura, y qué conviene mirar si no es el propio objeto. */
export interface Reading {
  text: string;
  /** Tipo que describir con kubectl. */
  look?: string;
}

const quota = { look: 'resourcequota' } as const;
const unreachable = 'El nodo no llega al registro de imágenes: mira su conexión, o carga la imagen en él por tu cuenta.';

/** La causa de fondo: vale aunque después haya sucesos más nuevos que solo digan que se sigue esperando. */
const causes: readonly (readonly [text: RegExp, reading: Reading])[] = [
  [/exceeded quota: /, { text: 'Una cuota del espacio no deja crear más. Dice lo pedido, lo gastado y el límite.', ...quota }],
  [/failed quota: .*must specify/, { text: 'Una cuota del espacio exige que cada contenedor diga cuánto pide o hasta cuánto.', ...quota }],
  [/toomanyrequests|rate limit/i, { text: 'El registro de imágenes no atiende más descargas por ahora: espera, o entra en él con tu cuenta.' }],
  [/pull.*(dial tcp|i\/o timeout|no such host|TLS handshake|connection refused|network is unreachable)/, { text: unreachable }],
];

/** Lecturas en español de los motivos que el clúster da en inglés. El mensaje original se enseña siempre encima. */
const readings: readonly (readonly [reason: string, text: RegExp, reading: string])[] = [
  [
    'FailedScheduling',
    /unbound immediate PersistentVolumeClaims|didn't find available persistent volumes/,
    'El Pod espera un volumen: mira su PVC y la StorageClass por defecto.',
  ],
  ['FailedScheduling', /Insufficient (memory|cpu)/, 'Ningún nodo tiene libre lo que el Pod pide en requests.'],
  ['FailedScheduling', /untolerated taint/, 'Los nodos que quedan llevan un taint que este Pod no tolera.'],
  ['FailedScheduling', /anti-affinity|topology spread/, 'Las reglas de reparto no dejan ningún nodo donde ponerlo.'],
  ['FailedScheduling', /./, 'El planificador no encuentra un nodo que cumpla todo lo que el Pod pide.'],
  ['ImagePullBackOff', /./, 'La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.'],
  ['ErrImagePull', /./, 'La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.'],
  ['Failed', /pull|ErrImage/i, 'La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.'],
  ['CrashLoopBackOff', /./, 'El proceso arranca y se muere una y otra vez: su registro dice por qué.'],
  ['BackOff', /restarting failed container/, 'El proceso arranca y se muere una y otra vez: su registro dice por qué.'],
  ['BackOff', /pulling image/, 'La imagen no se puede descargar: revisa su nombre y su etiqueta en el campo image.'],
  ['Unhealthy', /Readiness/, 'El proceso corre, pero su readinessProbe no pasa: el Service no le manda a nadie.'],
  ['Unhealthy', /Liveness/, 'Su livenessProbe no pasa: el kubelet va a reiniciar el contenedor.'],
  ['Unhealthy', /Startup/, 'Su startupProbe aún no pasa: las otras sondas esperan.'],
  ['FailedMount', /configmap|secret/i, 'El Pod espera un ConfigMap o un Secret que no existe con ese nombre.'],
  ['FailedMount', /./, 'El kubelet no puede montar uno de los volúmenes del Pod.'],
  ['FailedAttachVolume', /./, 'El volumen no se puede conectar a ese nodo: quizá aún lo tiene otro.'],
  ['ProvisioningFailed', /./, 'Nadie ha podido crear el volumen que pide el PVC: mira su StorageClass.'],
  ['FailedCreate', /./, 'El controlador intenta crear el Pod y la API se lo rechaza.'],
  ['Evicted', /./, 'El nodo se quedó sin recursos y echó a este Pod.'],
  ['OOMKilling', /./, 'El contenedor pasó de su límite de memoria.'],
  ['NodeNotReady', /./, 'El nodo ha dejado de responder.'],
];

/** La causa de fondo, si la hay, o la del suceso más nuevo que sepamos leer. `events`, del más viejo al más nuevo. */
export function readingOf(events: readonly { reason: string; message: string }[]): Reading | undefined {
  const cause = causes.find(([text]) => events.some(({ message }) => text.test(message)));
  if (cause) return cause[1];
  for (const { reason, message } of [...events].reverse()) {
    const known = readings.find(([name, text]) => name === reason && text.test(message));
    if (known) return { text: known[2] };
  }
  return undefined;
}
