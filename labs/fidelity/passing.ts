/**
 * Valores de paso: el clúster real unas veces los escribe y otras los salta, según cuántos cambios junte cada uno en una sola
 * escritura. No se comparan, salvo que sean el último de su paso (`evenLast`: tampoco entonces, si
 * antes hubo otro que sí cuenta; `onlyFirst`: solo si son el primero).
 */
export const passingRules: readonly { track: RegExp; value: RegExp; onlyFirst?: boolean; evenLast?: boolean; why: string }[] = [
  {
    track: /^Pod · (estado|contenedor \S+)$/,
    value: /^(espera )?ContainerCreating$/,
    why: 'el kubelet cuenta que lo está creando o, si tarda poco, directamente que ya corre',
  },
  {
    track: /^Pod · condición (ContainersReady|Ready)$/,
    value: /^False \(ContainersNotReady: /,
    onlyFirst: true,
    why: 'lo mismo: quien está listo en la primera escritura del kubelet nunca dijo que no lo estaba',
  },
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
  {
    track: /^Pod · condición PodReadyToStartContainers$/,
    value: /^False \(PodSandboxNotReady: no pod sandbox exists\)$/,
    evenLast: true,
    why: 'si la red del Pod está lista antes de la primera escritura del kubelet, nadie ve que aún no lo estaba; y al quitarla, dice lo mismo de dos maneras',
  },
  {
    track: /^Pod · (estado|contenedor \S+)$/,
    value: /^(espera )?ErrImagePull\b/,
    why: 'ErrImagePull e ImagePullBackOff se turnan con el reloj de los reintentos; que se intentó y no se pudo se compara en los sucesos',
  },
  {
    track: /^Pod · condición PodScheduled$/,
    value: /^False \(SchedulerError: .*the object has been modified/,
    why: 'el planificador y otro controlador escriben a la vez en el PVC: uno pierde y reintenta al momento',
  },
];

/** `place`: el primer valor de su paso, o el último y con otro antes que sí cuenta. */
export const isPassing = (track: string, value: string, place?: 'first' | 'last'): boolean =>
  passingRules.some(
    (rule) => rule.track.test(track) && rule.value.test(value) && (place !== 'last' || rule.evenLast === true) && (place === 'first' || !rule.onlyFirst),
  );

/** Cuentas que bajan un instante porque quien las escribe miró justo entre el Pod que se fue y el que lo sustituye. */
export const passingDips: readonly { track: RegExp; why: string }[] = [
  {
    track: /^(Deployment · status\.(replicas|updatedReplicas)|DaemonSet · status\.(current|updated)NumberScheduled)$/,
    why: 'bajan solo si quien cuenta mira entre el Pod que se va y el que nace; cuántos están listos y disponibles sí se compara siempre',
  },
];

export const isDipPassing = (track: string): boolean => passingDips.some((rule) => rule.track.test(track));

/** Sucesos que salen o no según quién llegue antes. No se comparan. */
export const passingEvents: readonly { text: RegExp; why: string }[] = [
  {
    text: /probe (failed|errored).*(container not running|is not running|not found)|probe failed: container not running|probe errored and resulted in unknown state/,
    why: 'una sonda que coincide con el instante en que el contenedor se va',
  },
  {
    text: /^MountVolume\.SetUp failed for volume "kube-api-access-\w+" :/,
    why: 'el kubelet o su autorizador aún no saben del Pod recién llegado; lo reintenta al momento',
  },
  {
    text: /^No matching pods found$/,
    why: 'un PodDisruptionBudget que se mira antes de que exista su primer Pod',
  },
  {
    text: /Operation cannot be fulfilled on persistentvolumeclaims .* the object has been modified/,
    why: 'el planificador y otro controlador escriben a la vez en el PVC: uno pierde y reintenta al momento',
  },
];

export const isPassingEvent = (message: string): boolean => passingEvents.some(({ text }) => text.test(message));

/** Sucesos que solo cuentan una espera, y nada dicen si en ese mismo paso llega lo esperado. */
export const overtakenEvents: readonly { reason: string; by: string; why: string }[] = [
  { reason: 'WaitForFirstConsumer', by: 'ExternalProvisioning', why: 'depende de si el controlador de volúmenes ve antes el PVC o el Pod que lo pide' },
  { reason: 'WaitForPodScheduled', by: 'ExternalProvisioning', why: 'depende de si el controlador de volúmenes mira antes o después del planificador' },
];

/** Lo que un conjunto cuenta de sí mismo mientras lo borran. No se compara. */
export const passingFarewells: readonly { track: RegExp; why: string }[] = [
  {
    track: /^(Deployment|ReplicaSet|StatefulSet|DaemonSet) · (status\.|condición )/,
    why: 'su controlador llega a mirar o no antes de que el recolector de basura lo quite; lo que les pasa a sus Pods sí se compara',
  },
];

export const isFarewell = (track: string): boolean => passingFarewells.some((rule) => rule.track.test(track));
