/**
 * Campos del esquema que la maqueta no imita, por tipo, con el motivo. Se rechazan nombrándolos: aceptarlos y no hacer nada sería mentir.
 * `[]` recorre una lista. La página «lo que no imita» sale de aquí.
 */
const container: Readonly<Record<string, string>> = {
  'ports[].hostPort': 'no hay puertos del anfitrión',
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

const under = (prefix: string, fields: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(fields).map(([field, why]) => [`${prefix}.${field}`, why]));

const podSpec: Readonly<Record<string, string>> = {
  dnsConfig: 'el DNS del Pod es siempre el del clúster',
  ephemeralContainers: 'no se modelan',
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

export const notModelledFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Pod: under('spec', podSpec),
  Deployment: under('spec.template.spec', podSpec),
  ReplicaSet: under('spec.template.spec', podSpec),
  StatefulSet: under('spec.template.spec', podSpec),
  DaemonSet: under('spec.template.spec', podSpec),
};
