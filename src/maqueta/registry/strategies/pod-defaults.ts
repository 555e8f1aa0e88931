import type { Container, PodSpec, PodTemplateSpec, Probe, Volume } from '../../schema/types.generated.ts';

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

export const templateDefaults = (template: PodTemplateSpec): PodTemplateSpec => ({
  ...template,
  metadata: { ...template.metadata },
  ...(template.spec ? { spec: podSpecDefaults(template.spec) } : {}),
});

function containerDefaults(container: Container): Container {
  const limits = container.resources?.limits;
  // Quien solo pone límites pide lo mismo que limita.
  const requests = limits ? { ...limits, ...container.resources?.requests } : container.resources?.requests;
  return {
    ...container,
    imagePullPolicy:
      container.imagePullPolicy ??
      (/(:latest|^[^:@]+|\/[^:@]+)$/.test(container.image ?? '') && !(container.image ?? '').includes('@') ? 'Always' : 'IfNotPresent'),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    resources: { ...container.resources, ...(requests ? { requests } : {}) },
    ...(container.ports ? { ports: container.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) } : {}),
    ...(container.env
      ? {
          env: container.env.map((entry) =>
            entry.valueFrom?.fieldRef && !entry.valueFrom.fieldRef.apiVersion
              ? { ...entry, valueFrom: { ...entry.valueFrom, fieldRef: { ...entry.valueFrom.fieldRef, apiVersion: 'v1' } } }
              : entry,
          ),
        }
      : {}),
    ...(container.livenessProbe ? { livenessProbe: probeDefaults(container.livenessProbe) } : {}),
    ...(container.readinessProbe ? { readinessProbe: probeDefaults(container.readinessProbe) } : {}),
    ...(container.startupProbe ? { startupProbe: probeDefaults(container.startupProbe) } : {}),
    ...(container.lifecycle?.preStop?.httpGet
      ? { lifecycle: { ...container.lifecycle, preStop: { ...container.lifecycle.preStop, httpGet: httpDefaults(container.lifecycle.preStop.httpGet) } } }
      : {}),
  };
}

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
  if (volume.configMap) return { ...volume, configMap: { ...volume.configMap, defaultMode: volume.configMap.defaultMode ?? 0o644 } };
  if (volume.secret) return { ...volume, secret: { ...volume.secret, defaultMode: volume.secret.defaultMode ?? 0o644 } };
  if (volume.projected) return { ...volume, projected: { ...volume.projected, defaultMode: volume.projected.defaultMode ?? 0o644 } };
  if (volume.downwardAPI) return { ...volume, downwardAPI: { ...volume.downwardAPI, defaultMode: volume.downwardAPI.defaultMode ?? 0o644 } };
  if (volume.hostPath) return { ...volume, hostPath: { ...volume.hostPath, type: volume.hostPath.type ?? '' } };
  const sources = Object.keys(volume).filter((key) => key !== 'name');
  return sources.length === 0 ? { ...volume, emptyDir: {} } : volume;
}
