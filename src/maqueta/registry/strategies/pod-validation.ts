import { parseQuantity } from '../../quantity.ts';
import type { Container, PodSpec, Toleration } from '../../schema/types.generated.ts';
import type { FieldError } from '../registry.ts';
import { duplicate, forbidden, invalid, notFound, notSupported, required } from './field-errors.ts';
import { validateHostPath } from './host-path.ts';
import { validateHostPorts } from './host-ports.ts';
import { checkLabel, checkPortName } from './names.ts';

/**
 * Lo que más se equivoca quien escribe un Pod. Sigue a pkg/apis/core/validation/validation.go.
 * `claimed`: volúmenes que pondrá el StatefulSet por sus volumeClaimTemplates.
 */
export function validatePodSpec(spec: PodSpec | undefined, path: string, restart: readonly string[], claimed: readonly string[] = []): FieldError[] {
  if (!spec) return [required(`${path}.containers`)];
  const errors: FieldError[] = [];
  const volumes = new Set<string>();
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    const at = `${path}.volumes[${index}].name`;
    if (!volume.name) errors.push(required(at));
    else errors.push(...checkLabel(at, volume.name));
    if (volumes.has(volume.name)) errors.push(duplicate(at, volume.name));
    volumes.add(volume.name);
    if (volume.hostPath) errors.push(...validateHostPath(volume.hostPath, `${path}.volumes[${index}].hostPath`));
  }
  if (!spec.containers?.length) errors.push(required(`${path}.containers`));
  for (const name of claimed) volumes.add(name);
  const names = new Set<string>();
  for (const [field, list] of [
    ['containers', spec.containers ?? []],
    ['initContainers', spec.initContainers ?? []],
  ] as const) {
    for (const [index, container] of list.entries()) errors.push(...validateContainer(container, `${path}.${field}[${index}]`, volumes, names));
  }
  errors.push(...validateHostPorts(spec, path));
  for (const [index, container] of (spec.initContainers ?? []).entries()) errors.push(...validateInit(container, `${path}.initContainers[${index}]`));
  for (const [index, constraint] of (spec.topologySpreadConstraints ?? []).entries()) {
    const at = `${path}.topologySpreadConstraints[${index}]`;
    if (!(constraint.maxSkew > 0)) errors.push(invalid(`${at}.maxSkew`, constraint.maxSkew ?? 0, 'must be greater than zero'));
    if (!constraint.topologyKey) errors.push(required(`${at}.topologyKey`, 'can not be empty'));
    const modes = ['DoNotSchedule', 'ScheduleAnyway'];
    if (!modes.includes(constraint.whenUnsatisfiable)) errors.push(notSupported(`${at}.whenUnsatisfiable`, constraint.whenUnsatisfiable ?? '', modes));
  }
  for (const [index, toleration] of (spec.tolerations ?? []).entries()) errors.push(...validateToleration(toleration, `${path}.tolerations[${index}]`));
  if (spec.restartPolicy && !restart.includes(spec.restartPolicy)) errors.push(notSupported(`${path}.restartPolicy`, spec.restartPolicy, restart));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds, 'must be greater than or equal to 0'));
  return errors;
}

function validateContainer(container: Container, path: string, volumes: ReadonlySet<string>, names: Set<string>): FieldError[] {
  const errors: FieldError[] = [];
  if (!container.name) errors.push(required(`${path}.name`));
  else errors.push(...checkLabel(`${path}.name`, container.name));
  if (container.name && names.has(container.name)) errors.push(duplicate(`${path}.name`, container.name));
  names.add(container.name);
  if (!container.image) errors.push(required(`${path}.image`));
  else if (container.image !== container.image.trim()) errors.push(invalid(`${path}.image`, container.image, 'must not have leading or trailing whitespace'));
  const portNames = new Set<string>();
  for (const [index, port] of (container.ports ?? []).entries()) {
    if (port.name) {
      errors.push(...checkPortName(`${path}.ports[${index}].name`, port.name));
      if (portNames.has(port.name)) errors.push(duplicate(`${path}.ports[${index}].name`, port.name));
      portNames.add(port.name);
    }
    if (!port.containerPort) errors.push(required(`${path}.ports[${index}].containerPort`));
    else if (!(port.containerPort > 0 && port.containerPort < 65536))
      errors.push(invalid(`${path}.ports[${index}].containerPort`, port.containerPort, 'must be between 1 and 65535, inclusive'));
  }
  for (const [index, variable] of (container.env ?? []).entries()) {
    if (!variable.name) errors.push(required(`${path}.env[${index}].name`));
    if (variable.value && variable.valueFrom) {
      errors.push(invalid(`${path}.env[${index}].valueFrom`, '', 'may not be specified when `value` is not empty'));
    }
  }
  const paths = new Set<string>();
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}.volumeMounts[${index}]`;
    if (!volumes.has(mount.name)) errors.push(notFound(`${at}.name`, mount.name));
    if (!mount.mountPath) errors.push(required(`${at}.mountPath`));
    else if (paths.has(mount.mountPath)) errors.push(invalid(`${at}.mountPath`, mount.mountPath, 'must be unique'));
    paths.add(mount.mountPath);
  }
  const { requests = {}, limits = {} } = container.resources ?? {};
  for (const [field, list] of [
    ['limits', limits],
    ['requests', requests],
  ] as const) {
    for (const [name, amount] of Object.entries(list)) {
      if (parseQuantity(amount) < 0) errors.push(invalid(`${path}.resources.${field}[${name}]`, amount, 'must be greater than or equal to 0'));
    }
  }
  for (const [name, amount] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit !== undefined && parseQuantity(amount) > parseQuantity(limit))
      errors.push(invalid(`${path}.resources.requests`, amount, `must be less than or equal to ${name} limit of ${limit}`));
  }
  for (const kind of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
    const probe = container[kind];
    if (!probe) continue;
    const handlers = [probe.exec, probe.httpGet, probe.tcpSocket, probe.grpc].filter(Boolean).length;
    if (handlers === 0) errors.push(required(`${path}.${kind}`, 'must specify a handler type'));
    if (handlers > 1) errors.push({ type: 'FieldValueForbidden', field: `${path}.${kind}`, message: 'Forbidden: may not specify more than 1 handler type' });
    if (kind !== 'readinessProbe' && (probe.successThreshold ?? 1) !== 1)
      errors.push(invalid(`${path}.${kind}.successThreshold`, probe.successThreshold, 'must be 1'));
  }
  return errors;
}

/** Un contenedor de arranque no se sondea ni se despide: acaba solo. Un sidecar (`restartPolicy: Always`), sí. */
function validateInit({ restartPolicy, ...container }: Container, path: string): FieldError[] {
  if (restartPolicy === 'Always') return [];
  return (['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    .filter((field) => container[field])
    .map((field) => forbidden(`${path}.${field}`, 'may not be set for init containers without restartPolicy=Always'));
}

function validateToleration({ key, operator = 'Equal', value, effect, tolerationSeconds }: Toleration, path: string): FieldError[] {
  return [
    ...(!key && operator !== 'Exists'
      ? [invalid(`${path}.operator`, operator, 'operator must be Exists when `key` is empty, which means "match all values and all keys"')]
      : []),
    ...(operator === 'Exists' && value ? [invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'")] : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [invalid(`${path}.effect`, effect ?? '', "effect must be 'NoExecute' when `tolerationSeconds` is set")]
      : []),
  ];
}
