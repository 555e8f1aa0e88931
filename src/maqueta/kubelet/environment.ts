import type { ConfigMap, Container, EnvVar, Node, Pod, Secret, Service } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { ConfigError } from './config-error.ts';
import { fieldValue, resourceValue } from './references.ts';

/** Variables de un contenedor: las de los Services, luego `envFrom`, luego `env`. */
// Sigue a kubernetes: pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables).
export function environmentOf({ store }: World, pod: Pod, container: Container): Record<string, string> {
  const namespace = pod.metadata.namespace ?? '';
  const services = serviceVariables(store.collection<Service>('services').list(namespace), pod.spec?.enableServiceLinks !== false);
  const master = namespace === 'default' ? undefined : store.collection<Service>('services').get('default', 'kubernetes');
  if (master) Object.assign(services, serviceVariables([master], true));
  const values: Record<string, string> = {};

  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const reference = configMapRef ?? secretRef;
    const name = reference?.name ?? '';
    const data = configMapRef
      ? store.collection<ConfigMap>('configmaps').get(namespace, name)?.data
      : decoded(store.collection<Secret>('secrets').get(namespace, name));
    const exists = configMapRef ? store.collection('configmaps').get(namespace, name) : store.collection('secrets').get(namespace, name);
    if (!exists && !reference?.optional) throw new ConfigError(`${configMapRef ? 'configmap' : 'secret'} "${name}" not found`);
    for (const [key, value] of Object.entries(data ?? {})) values[`${prefix}${key}`] = value;
  }
  for (const variable of container.env ?? []) {
    const value = variable.valueFrom ? valueFrom(variable) : expandVariables(variable.value ?? '', (name) => values[name] ?? services[name]);
    if (value !== undefined) values[variable.name] = value;
  }
  return { ...services, ...values };

  function valueFrom({ valueFrom: source = {} }: EnvVar): string | undefined {
    if (source.fieldRef) return fieldValue(pod, source.fieldRef);
    if (source.resourceFieldRef) {
      const owner = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].find(({ name }) => name === source.resourceFieldRef?.containerName);
      return resourceValue(owner ?? container, store.collection<Node>('nodes').get('', pod.spec?.nodeName ?? ''), source.resourceFieldRef);
    }
    const reference = source.configMapKeyRef ?? source.secretKeyRef;
    if (!reference) throw new ConfigError('la maqueta no tiene ese valueFrom');
    const kind = source.configMapKeyRef ? 'ConfigMap' : 'Secret';
    const name = reference.name ?? '';
    const object =
      kind === 'ConfigMap' ? store.collection<ConfigMap>('configmaps').get(namespace, name) : store.collection<Secret>('secrets').get(namespace, name);
    const data = kind === 'ConfigMap' ? (object as ConfigMap | undefined)?.data : decoded(object as Secret | undefined);
    if (data?.[reference.key] !== undefined) return data[reference.key];
    if (reference.optional) return undefined;
    throw new ConfigError(object ? `couldn't find key ${reference.key} in ${kind} ${namespace}/${name}` : `${kind.toLowerCase()} "${name}" not found`);
  }
}

/** `$(NOMBRE)` por su valor; si no existe se deja tal cual, y `$$` es un `$`. */
// Sigue a kubernetes: third_party/forked/golang/expansion/expand.go.
export const expandVariables = (text: string, find: (name: string) => string | undefined): string =>
  text.replace(/\$(\$|\(([^)]*)\))/g, (all, what: string, name: string | undefined) => (what === '$' ? '$' : (find(name ?? '') ?? all)));

const decoded = (secret: Secret | undefined): Record<string, string> | undefined =>
  secret &&
  Object.fromEntries(
    Object.entries(secret.data ?? {}).map(([key, value]) => [key, new TextDecoder().decode(Uint8Array.from(atob(value), (char) => char.charCodeAt(0)))]),
  );

// Sigue a kubernetes: pkg/kubelet/envvars/envvars.go (FromServices).
function serviceVariables(services: Iterable<Service>, isLinked: boolean): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { metadata, spec } of services) {
    const ip = spec?.clusterIP;
    const [first] = spec?.ports ?? [];
    if (!ip || ip === 'None' || !first || (!isLinked && !(metadata.namespace === 'default' && metadata.name === 'kubernetes'))) continue;
    const prefix = (metadata.name ?? '').toUpperCase().replaceAll('-', '_');
    values[`${prefix}_SERVICE_HOST`] = ip;
    values[`${prefix}_SERVICE_PORT`] = String(first.port);
    values[`${prefix}_PORT`] = `${(first.protocol ?? 'TCP').toLowerCase()}://${ip}:${first.port}`;
    for (const { name, port, protocol = 'TCP' } of spec.ports ?? []) {
      if (name) values[`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`] = String(port);
      const one = `${prefix}_PORT_${port}_${protocol}`;
      values[one] = `${protocol.toLowerCase()}://${ip}:${port}`;
      values[`${one}_PROTO`] = protocol.toLowerCase();
      values[`${one}_PORT`] = String(port);
      values[`${one}_ADDR`] = ip;
    }
  }
  return values;
}
