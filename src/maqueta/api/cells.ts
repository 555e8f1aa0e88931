import type { KubeObject, ResourceKey } from '../object.ts';
import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Event,
  LabelSelector,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
  StatefulSet,
  StorageClass,
} from '../schema/types.generated.ts';
import { humanAge } from './age.ts';
import { containerImages, containerNames, summarizePod } from './pod-cells.ts';

type Cell = string | number | boolean;
type Row = (object: KubeObject, now: number) => Cell[];

const none = '<none>';
const ageOf = ({ metadata }: KubeObject, now: number): string =>
  metadata.creationTimestamp ? humanAge(now - Date.parse(metadata.creationTimestamp)) : '<unknown>';

/** Una etiqueta por pareja, como `metav1.FormatLabelSelector`. */
const selectorText = (selector: LabelSelector | undefined): string =>
  [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) =>
      operator === 'Exists' ? key : operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator.toLowerCase()} (${values.join(',')})`,
    ),
  ].join(',') || none;
const mapText = (labels: Record<string, string> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',') || none;

const accessModes: Readonly<Record<string, string>> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX', ReadWriteOncePod: 'RWOP' };
const modesText = (modes: readonly string[] | undefined): string => (modes ?? []).map((mode) => accessModes[mode] ?? mode).join(',');

const typed = <T extends KubeObject>(row: (object: T, now: number) => Cell[]): Row => row as unknown as Row;

/** Celdas de cada recurso, en el orden de las columnas generadas. Sigue a pkg/printers/internalversion/printers.go. */
export const rowsByResource: Readonly<Record<ResourceKey, Row>> = {
  pods: typed<Pod>((pod, now) => {
    const { ready, status, restarts } = summarizePod(pod, now);
    return [
      pod.metadata.name ?? '',
      ready,
      status,
      restarts,
      ageOf(pod, now),
      pod.status?.podIP ?? none,
      pod.spec?.nodeName ?? none,
      pod.status?.nominatedNodeName ?? none,
      none,
    ];
  }),
  services: typed<Service>((service, now) => {
    const spec = service.spec ?? {};
    const external =
      spec.type === 'ExternalName'
        ? (spec.externalName ?? '')
        : spec.type === 'LoadBalancer'
          ? (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname).join(',') || '<pending>'
          : (spec.externalIPs ?? []).join(',') || none;
    const ports = (spec.ports ?? []).map(({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol ?? 'TCP'}`).join(',') || none;
    return [
      service.metadata.name ?? '',
      spec.type ?? 'ClusterIP',
      spec.type === 'ExternalName' ? none : (spec.clusterIP ?? none),
      external,
      ports,
      ageOf(service, now),
      mapText(spec.selector),
    ];
  }),
  nodes: typed<Node>((node, now) => {
    const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
    const status = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown', ...(node.spec?.unschedulable ? ['SchedulingDisabled'] : [])].join(
      ',',
    );
    const roles =
      Object.keys(node.metadata.labels ?? {})
        .filter((key) => key.startsWith('node-role.kubernetes.io/'))
        .map((key) => key.slice(24))
        .sort()
        .join(',') || none;
    const address = (type: string) => node.status?.addresses?.find((one) => one.type === type)?.address ?? none;
    const info = node.status?.nodeInfo;
    return [
      node.metadata.name ?? '',
      status,
      roles,
      ageOf(node, now),
      info?.kubeletVersion ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      info?.osImage ?? '<unknown>',
      info?.kernelVersion ?? '<unknown>',
      info?.containerRuntimeVersion ?? '<unknown>',
    ];
  }),
  namespaces: typed<Namespace>((namespace, now) => [namespace.metadata.name ?? '', namespace.status?.phase ?? '', ageOf(namespace, now)]),
  configmaps: (object, now) => {
    const { data = {}, binaryData = {} } = object as KubeObject & { data?: object; binaryData?: object };
    return [object.metadata.name ?? '', Object.keys(data).length + Object.keys(binaryData).length, ageOf(object, now)];
  },
  secrets: typed<Secret>((secret, now) => [secret.metadata.name ?? '', secret.type ?? '', Object.keys(secret.data ?? {}).length, ageOf(secret, now)]),
  serviceaccounts: (object, now) => [object.metadata.name ?? '', ageOf(object, now)],
  events: typed<Event>((event, now) => {
    const first = event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '';
    const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? first;
    const age = (time: string) => (time ? humanAge(now - Date.parse(time)) : '<unknown>');
    const count = event.series?.count ?? event.count ?? 1;
    const seen = count > 1 ? `${age(last)} (x${count} over ${age(first)})` : age(last);
    const about = event.involvedObject;
    const source = [event.source?.component ?? event.reportingComponent, event.source?.host].filter(Boolean).join(', ');
    return [
      seen,
      event.type ?? '',
      event.reason ?? '',
      `${about.kind?.toLowerCase()}/${about.name}`,
      about.fieldPath ?? '',
      source,
      (event.message ?? '').trim(),
      age(first),
      count,
      event.metadata.name ?? '',
    ];
  }),
  persistentvolumes: typed<PersistentVolume>((volume, now) => {
    const { spec, status, metadata } = volume;
    const phase = metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');
    const claim = spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '';
    return [
      metadata.name ?? '',
      spec?.capacity?.storage ?? '',
      modesText(spec?.accessModes),
      spec?.persistentVolumeReclaimPolicy ?? '',
      phase,
      claim,
      spec?.storageClassName ?? '',
      '<unset>',
      status?.reason ?? '',
      ageOf(volume, now),
      spec?.volumeMode ?? '<unset>',
    ];
  }),
  persistentvolumeclaims: typed<PersistentVolumeClaim>((claim, now) => {
    const { spec, status, metadata } = claim;
    const isBound = Boolean(spec?.volumeName);
    const phase = metadata.deletionTimestamp ? 'Terminating' : (status?.phase ?? '');
    return [
      metadata.name ?? '',
      phase,
      spec?.volumeName ?? '',
      isBound ? (status?.capacity?.storage ?? '') : '',
      isBound ? modesText(status?.accessModes) : '',
      spec?.storageClassName ?? '',
      '<unset>',
      ageOf(claim, now),
      spec?.volumeMode ?? '<unset>',
    ];
  }),
  'apps/deployments': typed<Deployment>((deployment, now) => {
    const { spec, status, metadata } = deployment;
    return [
      metadata.name ?? '',
      `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
      status?.updatedReplicas ?? 0,
      status?.availableReplicas ?? 0,
      ageOf(deployment, now),
      containerNames(spec?.template.spec?.containers),
      containerImages(spec?.template.spec?.containers),
      selectorText(spec?.selector),
    ];
  }),
  'apps/replicasets': typed<ReplicaSet>((set, now) => {
    const { spec, status, metadata } = set;
    return [
      metadata.name ?? '',
      spec?.replicas ?? 0,
      status?.replicas ?? 0,
      status?.readyReplicas ?? 0,
      ageOf(set, now),
      containerNames(spec?.template?.spec?.containers),
      containerImages(spec?.template?.spec?.containers),
      selectorText(spec?.selector),
    ];
  }),
  'apps/statefulsets': typed<StatefulSet>((set, now) => [
    set.metadata.name ?? '',
    `${set.status?.readyReplicas ?? 0}/${set.spec?.replicas ?? 0}`,
    ageOf(set, now),
    containerNames(set.spec?.template.spec?.containers),
    containerImages(set.spec?.template.spec?.containers),
  ]),
  'apps/daemonsets': typed<DaemonSet>((set, now) => {
    const { spec, status, metadata } = set;
    return [
      metadata.name ?? '',
      status?.desiredNumberScheduled ?? 0,
      status?.currentNumberScheduled ?? 0,
      status?.numberReady ?? 0,
      status?.updatedNumberScheduled ?? 0,
      status?.numberAvailable ?? 0,
      mapText(spec?.template.spec?.nodeSelector),
      ageOf(set, now),
      containerNames(spec?.template.spec?.containers),
      containerImages(spec?.template.spec?.containers),
      selectorText(spec?.selector),
    ];
  }),
  'apps/controllerrevisions': typed<ControllerRevision>((revision, now) => {
    const owner = revision.metadata.ownerReferences?.find(({ controller }) => controller);
    const group = owner?.apiVersion.split('/')[0];
    return [revision.metadata.name ?? '', owner ? `${owner.kind.toLowerCase()}.${group}/${owner.name}` : none, revision.revision ?? 0, ageOf(revision, now)];
  }),
  'discovery.k8s.io/endpointslices': typed<EndpointSlice>((slice, now) => {
    const short = (items: readonly string[]) => (items.length > 3 ? `${items.slice(0, 3).join(',')} + ${items.length - 3} more...` : items.join(','));
    const ports = (slice.ports ?? []).map(({ port }) => String(port ?? '*'));
    const addresses = (slice.endpoints ?? []).flatMap((endpoint) => endpoint.addresses);
    return [slice.metadata.name ?? '', slice.addressType, short(ports) || '<unset>', short(addresses) || '<unset>', ageOf(slice, now)];
  }),
  'storage.k8s.io/storageclasses': typed<StorageClass>((one, now) => {
    const isDefault = one.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    return [
      `${one.metadata.name}${isDefault ? ' (default)' : ''}`,
      one.provisioner,
      one.reclaimPolicy ?? '',
      one.volumeBindingMode ?? '',
      one.allowVolumeExpansion ?? false,
      ageOf(one, now),
    ];
  }),
  'policy/poddisruptionbudgets': typed<PodDisruptionBudget>((budget, now) => [
    budget.metadata.name ?? '',
    String(budget.spec?.minAvailable ?? 'N/A'),
    String(budget.spec?.maxUnavailable ?? 'N/A'),
    budget.status?.disruptionsAllowed ?? 0,
    ageOf(budget, now),
  ]),
  resourcequotas: typed<ResourceQuota>((quota, now) => {
    const { hard = {}, used = {} } = quota.status ?? {};
    const column = (isLimit: boolean) =>
      Object.keys(hard)
        .sort()
        .filter((name) => name.startsWith('limits') === isLimit)
        .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name]}`)
        .join(', ');
    return [quota.metadata.name ?? '', column(false), column(true), ageOf(quota, now)];
  }),
};

/** Sin celdas propias: nombre y fecha, como hace el servidor con un tipo que no conoce. */
export const plainRow: Row = (object) => [object.metadata.name ?? '', object.metadata.creationTimestamp ?? ''];
