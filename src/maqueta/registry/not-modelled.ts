/**
 * Campos del esquema que la maqueta no imita, por tipo, con el motivo. Se rechazan nombrándolos: aceptarlos y no hacer nada sería mentir.
 * `[]` recorre una lista. La página «lo que no imita» sale de aquí.
 */
const container: Readonly<Record<string, string>> = {
  'env[].valueFrom.fileKeyRef': 'no se leen variables de un archivo',
  'resources.claims': 'no hay asignación dinámica de dispositivos',
  resizePolicy: 'los recursos de un Pod vivo no se cambian',
  stdin: 'no hay consola a la que conectarse',
  stdinOnce: 'no hay consola a la que conectarse',
  tty: 'no hay consola a la que conectarse',
  'volumeMounts[].recursiveReadOnly': 'no hay montajes dentro de montajes',
  'volumeMounts[].bindMountOptions': 'no hay montajes del anfitrión',
  volumeDevices: 'no hay volúmenes de bloque',
  'volumeMounts[].mountPropagation': 'no hay montajes del anfitrión que propagar',
  restartPolicyRules: 'aún no se modelan',
  'livenessProbe.grpc': 'no hay gRPC',
  'readinessProbe.grpc': 'no hay gRPC',
  'startupProbe.grpc': 'no hay gRPC',
  'lifecycle.stopSignal': 'la señal de parada es siempre SIGTERM',
};

const volumes = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'ephemeral',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'gitRepo',
  'glusterfs',
  'image',
  'iscsi',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
];

/** Discos de fuera: ni como volumen de un Pod ni como PersistentVolume. */
const disks = volumes.filter((name) => !['ephemeral', 'gitRepo', 'image'].includes(name));

const under = (prefix: string, fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([field, why]) => [`${prefix}.${field}`, why]));

const podSpec: Readonly<Record<string, string>> = {
  dnsConfig: 'el DNS del Pod es siempre el del clúster',
  ephemeralContainers: 'no se modelan',
  evictionResponders: 'no se modelan',
  hostUsers: 'no hay espacios de usuarios',
  os: 'los nodos no tienen sistema operativo',
  resources: 'los recursos se piden por contenedor',
  runtimeClassName: 'no hay RuntimeClass',
  schedulingGroup: 'no se planifica por grupos',
  'securityContext.sysctls': 'no hay núcleo al que pedirlos',
  'securityContext.windowsOptions': 'no hay nodos Windows',
  'volumes[].emptyDir.mode': 'no se modelan los permisos',
  'volumes[].projected.sources[].clusterTrustBundle': 'no hay certificados',
  'volumes[].projected.sources[].podCertificate': 'no hay certificados',
  resourceClaims: 'no hay asignación dinámica de dispositivos',
  setHostnameAsFQDN: 'no se modela',
  hostnameOverride: 'no se modela',
  hostPID: 'no hay procesos del anfitrión',
  hostIPC: 'no hay memoria compartida del anfitrión',
  ...under('containers[]', { ...container, restartPolicy: 'solo en initContainers' }),
  ...under('initContainers[]', container),
  ...Object.fromEntries(
    volumes.map((name) => [`volumes[].${name}`, 'solo hay emptyDir, hostPath, persistentVolumeClaim, configMap, secret, projected y downwardAPI']),
  ),
};

const claimSpec: Readonly<Record<string, string>> = {
  dataSource: 'no hay instantáneas ni copias de volúmenes',
  dataSourceRef: 'no hay instantáneas ni copias de volúmenes',
  volumeAttributesClassName: 'no hay VolumeAttributesClass',
};

export const notModelledFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Pod: under('spec', podSpec),
  Deployment: under('spec.template.spec', podSpec),
  ReplicaSet: under('spec.template.spec', podSpec),
  StatefulSet: { ...under('spec.template.spec', podSpec), ...under('spec.volumeClaimTemplates[].spec', claimSpec) },
  DaemonSet: under('spec.template.spec', podSpec),
  PersistentVolumeClaim: under('spec', claimSpec),
  PersistentVolume: under('spec', {
    ...Object.fromEntries(disks.map((name) => [name, 'solo hay hostPath y local'])),
    mountOptions: 'no hay sistema de archivos que montar',
    volumeAttributesClassName: 'no hay VolumeAttributesClass',
  }),
  ResourceQuota: { 'spec.scopes': 'una cuota cuenta todo su espacio', 'spec.scopeSelector': 'una cuota cuenta todo su espacio' },
  StorageClass: { mountOptions: 'no hay sistema de archivos que montar' },
  Service: under('spec', {
    externalIPs: 'no hay red fuera del clúster',
    loadBalancerIP: 'la dirección la elige quien hace de balanceador',
    loadBalancerSourceRanges: 'no hay red fuera del clúster',
    healthCheckNodePort: 'el balanceador no comprueba los nodos',
    trafficDistribution: 'los endpoints se eligen sin mirar la zona',
  }),
};
