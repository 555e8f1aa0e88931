import type {
  Container,
  DownwardAPIVolumeFile,
  EnvVar,
  Lifecycle,
  PodSpec,
  PodTemplateSpec,
  Probe,
  Volume,
  VolumeProjection,
} from '../../schema/types.generated.ts';
import { withHostNetworkPorts } from './host-ports.ts';

/** Lo que la API escribe por ti en un Pod. Sigue a pkg/apis/core/v1/defaults.go. Idempotente. */
export function podSpecDefaults(spec: PodSpec): PodSpec {
  return {
    ...spec,
    restartPolicy: spec.restartPolicy ?? 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(containerDefaults) } : {}),
    containers: (spec.containers ?? []).map(containerDefaults),
    ...(spec.volumes ? { volumes: spec.volumes.map(volumeDefaults) } : {}),
    ...(spec.topologySpreadConstraints
      ? {
          topologySpreadConstraints: spec.topologySpreadConstraints.map((constraint) => ({
            ...constraint,
            nodeAffinityPolicy: constraint.nodeAffinityPolicy ?? 'Honor',
            nodeTaintsPolicy: constraint.nodeTaintsPolicy ?? 'Ignore',
          })),
        }
      : {}),
  };
}

export const templateDefaults = (template: PodTemplateSpec | undefined): PodTemplateSpec => ({
  ...template,
  metadata: { ...template?.metadata },
  ...(template?.spec ? { spec: podSpecDefaults(template.spec) } : {}),
});

/** Solo en el Pod, no en las plantillas: quien solo pone límites pide lo mismo que limita, los Services se anuncian por variables y la red del nodo ocupa sus puertos. */
export function podDefaults(spec: PodSpec): PodSpec {
  const complete = podSpecDefaults(spec);
  const fill = (container: Container) => requestWhatIsLimited(complete.hostNetwork ? withHostNetworkPorts(container) : container);
  return {
    ...complete,
    enableServiceLinks: complete.enableServiceLinks ?? true,
    containers: complete.containers.map(fill),
    ...(complete.initContainers ? { initContainers: complete.initContainers.map(fill) } : {}),
  };
}

function requestWhatIsLimited(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  return limits ? { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } } : container;
}

function containerDefaults(container: Container): Container {
  const { image = '' } = container;
  const isLatest = !image.includes('@') && /(:latest|^[^:]+|\/[^:]+)$/.test(image);
  return {
    ...container,
    imagePullPolicy: container.imagePullPolicy ?? (isLatest ? 'Always' : 'IfNotPresent'),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    resources: { ...container.resources },
    ...(container.ports ? { ports: container.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) } : {}),
    ...(container.env ? { env: container.env.map(envDefaults) } : {}),
    ...(container.livenessProbe ? { livenessProbe: probeDefaults(container.livenessProbe) } : {}),
    ...(container.readinessProbe ? { readinessProbe: probeDefaults(container.readinessProbe) } : {}),
    ...(container.startupProbe ? { startupProbe: probeDefaults(container.startupProbe) } : {}),
    ...(container.lifecycle ? { lifecycle: lifecycleDefaults(container.lifecycle) } : {}),
  };
}

const envDefaults = (variable: EnvVar): EnvVar =>
  variable.valueFrom?.fieldRef ? { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: fieldDefaults(variable.valueFrom.fieldRef) } } : variable;

const fieldDefaults = <T extends { apiVersion?: string }>(reference: T): T => ({ ...reference, apiVersion: reference.apiVersion ?? 'v1' });

const lifecycleDefaults = (lifecycle: Lifecycle): Lifecycle => ({
  ...lifecycle,
  ...(lifecycle.postStart?.httpGet ? { postStart: { ...lifecycle.postStart, httpGet: httpDefaults(lifecycle.postStart.httpGet) } } : {}),
  ...(lifecycle.preStop?.httpGet ? { preStop: { ...lifecycle.preStop, httpGet: httpDefaults(lifecycle.preStop.httpGet) } } : {}),
});

const httpDefaults = <T extends { path?: string; scheme?: 'HTTP' | 'HTTPS' }>(action: T): T => ({
  ...action,
  path: action.path || '/',
  scheme: action.scheme ?? 'HTTP',
});

const probeDefaults = (probe: Probe): Probe => ({
  ...probe,
  ...(probe.httpGet ? { httpGet: httpDefaults(probe.httpGet) } : {}),
  timeoutSeconds: probe.timeoutSeconds || 1,
  periodSeconds: probe.periodSeconds || 10,
  successThreshold: probe.successThreshold || 1,
  failureThreshold: probe.failureThreshold || 3,
});

function volumeDefaults(volume: Volume): Volume {
  const { configMap, secret, projected, downwardAPI, hostPath } = volume;
  if (configMap) return { ...volume, configMap: withMode(configMap) };
  if (secret) return { ...volume, secret: withMode(secret) };
  if (projected)
    return { ...volume, projected: withMode({ ...projected, ...(projected.sources ? { sources: projected.sources.map(projectionDefaults) } : {}) }) };
  if (downwardAPI) return { ...volume, downwardAPI: withMode(filesDefaults(downwardAPI)) };
  if (hostPath) return { ...volume, hostPath: { ...hostPath, type: hostPath.type ?? '' } };
  const sources = Object.keys(volume).filter((key) => key !== 'name');
  return sources.length === 0 ? { ...volume, emptyDir: {} } : volume;
}

const withMode = <T extends { defaultMode?: number }>(source: T): T => ({ ...source, defaultMode: source.defaultMode ?? 0o644 });

const filesDefaults = <T extends { items?: DownwardAPIVolumeFile[] }>(source: T): T => ({
  ...source,
  ...(source.items ? { items: source.items.map((file) => (file.fieldRef ? { ...file, fieldRef: fieldDefaults(file.fieldRef) } : file)) } : {}),
});

const projectionDefaults = (source: VolumeProjection): VolumeProjection => ({
  ...source,
  ...(source.downwardAPI ? { downwardAPI: filesDefaults(source.downwardAPI) } : {}),
  ...(source.serviceAccountToken
    ? { serviceAccountToken: { ...source.serviceAccountToken, expirationSeconds: source.serviceAccountToken.expirationSeconds ?? 3600 } }
    : {}),
});
