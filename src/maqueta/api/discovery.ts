import type { ResourceInfo } from '../schema/definition.ts';
import { resources } from '../schema/resources.generated.ts';

/** Subrecursos que sirve la maqueta, por recurso. */
const subresources: Readonly<Record<string, readonly { name: string; kind: string; group?: string; version?: string; verbs: readonly string[] }[]>> = {
  pods: [
    { name: 'status', kind: 'Pod', verbs: ['get', 'patch', 'update'] },
    { name: 'log', kind: 'Pod', verbs: ['get'] },
    { name: 'proxy', kind: 'PodProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
    { name: 'binding', kind: 'Binding', verbs: ['create'] },
    { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  ],
  services: [
    { name: 'status', kind: 'Service', verbs: ['get', 'patch', 'update'] },
    { name: 'proxy', kind: 'ServiceProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
  ],
};
const scalable = new Set(['deployments', 'replicasets', 'statefulsets']);
const withStatus = new Set([
  'nodes',
  'namespaces',
  'persistentvolumes',
  'persistentvolumeclaims',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'poddisruptionbudgets',
  'resourcequotas',
]);

/** Si el recurso tiene `status` propio, se escribe por él. */
export const hasStatusSubresource = (plural: string): boolean => withStatus.has(plural) || plural === 'pods' || plural === 'services';

const subresourcesOf = (resource: ResourceInfo) => [
  ...(subresources[resource.plural] ?? []),
  ...(withStatus.has(resource.plural) ? [{ name: 'status', kind: resource.kind, verbs: ['get', 'patch', 'update'] }] : []),
  ...(scalable.has(resource.plural) ? [{ name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] }] : []),
];

/** Los recursos que se sirven de verdad: los que tienen verbos propios. */
export const served: readonly ResourceInfo[] = resources.filter((resource) => resource.verbs.length > 0 && !resource.plural.includes('/'));

const groups = [...new Set(served.map(({ group }) => group))];
const versionsOf = (group: string) => [...new Set(served.filter((one) => one.group === group).map(({ version }) => version))];
const responseKind = (group: string, version: string, kind: string) => ({ group, version, kind });

/** Descubrimiento agregado v2: lo que piden kubectl y los clientes modernos. */
export const aggregated = (isCore: boolean) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: 'apidiscovery.k8s.io/v2',
  metadata: {},
  items: groups
    .filter((group) => (group === '') === isCore)
    .map((group) => ({
      metadata: { ...(group ? { name: group } : {}), creationTimestamp: null },
      versions: versionsOf(group).map((version) => ({
        version,
        freshness: 'Current',
        resources: served
          .filter((one) => one.group === group && one.version === version)
          .map((one) => ({
            resource: one.plural,
            responseKind: responseKind(group, version, one.kind),
            scope: one.namespaced ? 'Namespaced' : 'Cluster',
            singularResource: one.singular,
            verbs: one.verbs,
            ...(one.shortNames.length > 0 ? { shortNames: one.shortNames } : {}),
            ...(one.categories.length > 0 ? { categories: one.categories } : {}),
            subresources: subresourcesOf(one).map(({ name, kind, group: other, version: otherVersion, verbs }) => ({
              subresource: name,
              responseKind: responseKind(other ?? group, otherVersion ?? version, kind),
              verbs,
            })),
          })),
      })),
    })),
});

export const coreVersions = () => ({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1' }],
});

const groupOf = (name: string) => {
  const versions = versionsOf(name).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
};

export const groupList = () => ({ kind: 'APIGroupList', apiVersion: 'v1', groups: groups.filter(Boolean).map(groupOf) });

export const group = (name: string) => (groups.includes(name) && name ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(name) } : undefined);

export function resourceList(groupName: string, version: string): Record<string, unknown> | undefined {
  const list = served.filter((one) => one.group === groupName && one.version === version);
  if (list.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: groupName ? `${groupName}/${version}` : version,
    resources: list.flatMap((one) => [
      {
        name: one.plural,
        singularName: one.singular,
        namespaced: one.namespaced,
        kind: one.kind,
        verbs: one.verbs,
        ...(one.shortNames.length ? { shortNames: one.shortNames } : {}),
        ...(one.categories.length ? { categories: one.categories } : {}),
      },
      ...subresourcesOf(one).map(({ name, kind, group: other, version: otherVersion, verbs }) => ({
        name: `${one.plural}/${name}`,
        singularName: '',
        namespaced: one.namespaced,
        ...(other ? { group: other, version: otherVersion } : {}),
        kind,
        verbs,
      })),
    ]),
  };
}
