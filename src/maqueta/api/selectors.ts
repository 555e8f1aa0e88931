import type { KubeObject } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';

export type ObjectFilter = (object: KubeObject) => boolean;

/** `app=web,tier in (a,b),!viejo`. Sigue a apimachinery/pkg/labels/selector.go. */
export function parseLabelSelector(text: string | null): ObjectFilter {
  if (!text) return () => true;
  const tests = splitOutside(text).map(labelTest);
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

function splitOutside(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += letter;
  }
  return [...parts, current].map((part) => part.trim()).filter(Boolean);
}

function labelTest(part: string): (labels: Record<string, string>) => boolean {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return operator === 'in'
      ? (labels) => labels[key] !== undefined && values.includes(labels[key] ?? '')
      : (labels) => labels[key] === undefined || !values.includes(labels[key] ?? '');
  }
  const pair = /^([^=!\s]+)\s*(==|=|!=)\s*([^=]*)$/.exec(part);
  if (pair) {
    const [, key = '', operator, value = ''] = pair;
    return operator === '!=' ? (labels) => labels[key] !== value.trim() : (labels) => labels[key] === value.trim();
  }
  if (/^![^=\s]+$/.test(part)) return (labels) => labels[part.slice(1)] === undefined;
  if (/^[^=!\s()]+$/.test(part)) return (labels) => labels[part] !== undefined;
  throw new ApiError(400, 'BadRequest', `unable to parse requirement: found '${part}'`);
}

/** Campos por los que deja buscar el servidor real, por tipo. Los demás se rechazan con su mensaje. */
const fieldsByKind: Readonly<Record<string, Readonly<Record<string, (object: KubeObject & Record<string, Record<string, unknown> | undefined>) => unknown>>>> =
  {
    Pod: {
      'spec.nodeName': ({ spec }) => spec?.nodeName,
      'spec.restartPolicy': ({ spec }) => spec?.restartPolicy,
      'spec.schedulerName': ({ spec }) => spec?.schedulerName,
      'spec.serviceAccountName': ({ spec }) => spec?.serviceAccountName,
      'status.phase': ({ status }) => status?.phase,
      'status.podIP': ({ status }) => status?.podIP,
      'status.nominatedNodeName': ({ status }) => status?.nominatedNodeName,
    },
    Event: {
      'involvedObject.kind': ({ involvedObject }) => involvedObject?.kind,
      'involvedObject.namespace': ({ involvedObject }) => involvedObject?.namespace,
      'involvedObject.name': ({ involvedObject }) => involvedObject?.name,
      'involvedObject.uid': ({ involvedObject }) => involvedObject?.uid,
      'involvedObject.apiVersion': ({ involvedObject }) => involvedObject?.apiVersion,
      'involvedObject.resourceVersion': ({ involvedObject }) => involvedObject?.resourceVersion,
      'involvedObject.fieldPath': ({ involvedObject }) => involvedObject?.fieldPath,
      reason: (event) => event.reason,
      reportingComponent: (event) => event.reportingComponent,
      source: ({ source }) => source?.component,
      type: (event) => event.type,
    },
    Namespace: { 'status.phase': ({ status }) => status?.phase },
    Node: { 'spec.unschedulable': ({ spec }) => spec?.unschedulable ?? false },
    Secret: { type: (secret) => secret.type },
    ReplicaSet: { 'status.replicas': ({ status }) => status?.replicas },
    Service: { 'spec.clusterIP': ({ spec }) => spec?.clusterIP, 'spec.type': ({ spec }) => spec?.type },
  };

export function parseFieldSelector(text: string | null, kind: string): ObjectFilter {
  if (!text) return () => true;
  const tests = text
    .split(',')
    .filter(Boolean)
    .map((part): ObjectFilter => {
      const [, field = '', operator, value = ''] = /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? [];
      if (!operator) throw new ApiError(400, 'BadRequest', `invalid selector: '${part}'; can't understand '${part}'`);
      const read =
        field === 'metadata.name'
          ? (object: KubeObject) => object.metadata.name
          : field === 'metadata.namespace'
            ? (object: KubeObject) => object.metadata.namespace
            : fieldsByKind[kind]?.[field];
      if (!read) throw new ApiError(400, 'BadRequest', `field label not supported: ${field}`);
      return (object) => (String(read(object as never) ?? '') === value) === (operator !== '!=');
    });
  return (object) => tests.every((test) => test(object));
}
