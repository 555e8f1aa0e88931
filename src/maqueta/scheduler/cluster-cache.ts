import type { Node } from '../schema/types.generated.ts';
import type { LabelMatcher } from './label-matcher.ts';
import { addToNode, createNodeInfo, type NodeInfo, removeFromNode, setNode } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';

/** Cuántos Pods de un espacio que casan con un selector, y que no se están borrando, hay en cada nodo. */
export type PodCount = (node: NodeInfo) => number;

export interface ClusterCache {
  /** Nodos que existen, alternando zonas, para que el muestreo no se coma una entera. */
  nodes(): readonly NodeInfo[];
  find(name: string): NodeInfo | undefined;
  setNode(node: Node): NodeInfo;
  removeNode(name: string): void;
  /** Cuenta el Pod en su nodo. Si ya estaba, sustituye lo que se sabía de él. */
  place(pod: PodInfo, nodeName: string): void;
  remove(uid: string): PodInfo | undefined;
  nodeOf(uid: string): NodeInfo | undefined;
  placed(uid: string): PodInfo | undefined;
  countBy(namespace: string, selector: LabelMatcher): PodCount;
  readonly withAffinity: ReadonlySet<NodeInfo>;
  readonly withRequiredAntiAffinity: ReadonlySet<NodeInfo>;
  /** En cuántos nodos está cada imagen. */
  readonly imageSpread: ReadonlyMap<string, number>;
  /** En cuántos nodos hay algún taint PreferNoSchedule. */
  readonly softTainted: number;
  /** Pods que usan cada reclamación (`espacio/nombre`). */
  claimUsers(claim: string): ReadonlySet<PodInfo>;
}

interface Counter {
  namespace: string;
  selector: LabelMatcher;
  byNode: Map<NodeInfo, number>;
}

/** Recuentos que se mantienen vivos a la vez. De más, se rehacen al pedirlos. */
const liveCounters = 128;
const nobody: ReadonlySet<PodInfo> = new Set();

export function createClusterCache(): ClusterCache {
  const byName = new Map<string, NodeInfo>();
  const homes = new Map<string, NodeInfo>();
  const counters = new Map<string, Counter>();
  const claims = new Map<string, Set<PodInfo>>();
  const withAffinity = new Set<NodeInfo>();
  const withRequiredAntiAffinity = new Set<NodeInfo>();
  const imageSpread = new Map<string, number>();
  let softTainted = 0;
  let ordered: readonly NodeInfo[] | undefined;

  const infoOf = (name: string): NodeInfo => {
    let info = byName.get(name);
    if (!info) byName.set(name, (info = createNodeInfo(name)));
    return info;
  };

  const track = (info: NodeInfo, sign: 1 | -1) => {
    for (const image of info.images) imageSpread.set(image, (imageSpread.get(image) ?? 0) + sign);
    if (info.softTaints.length > 0) softTainted += sign;
  };

  const tally = (pod: PodInfo, info: NodeInfo, sign: 1 | -1) => {
    if (!pod.isTerminating) {
      for (const { namespace, selector, byNode } of counters.values()) {
        if (namespace === pod.namespace && selector.matches(pod.labels)) byNode.set(info, (byNode.get(info) ?? 0) + sign);
      }
    }
    if (info.withAffinity.size > 0) withAffinity.add(info);
    else withAffinity.delete(info);
    if (info.withRequiredAntiAffinity.size > 0) withRequiredAntiAffinity.add(info);
    else withRequiredAntiAffinity.delete(info);
    for (const claim of pod.claims) {
      const users = claims.get(claim) ?? new Set<PodInfo>();
      if (sign > 0) claims.set(claim, users.add(pod));
      else if (users.delete(pod) && users.size === 0) claims.delete(claim);
    }
  };

  const remove = (uid: string): PodInfo | undefined => {
    const info = homes.get(uid);
    const pod = info?.placed.get(uid);
    if (!info || !pod) return undefined;
    homes.delete(uid);
    removeFromNode(info, pod);
    tally(pod, info, -1);
    if (!info.node && info.placed.size === 0) byName.delete(info.name);
    return pod;
  };

  return {
    withAffinity,
    withRequiredAntiAffinity,
    imageSpread,
    get softTainted() {
      return softTainted;
    },
    nodes: () => (ordered ??= alternateZones([...byName.values()].filter((info) => info.node))),
    find: (name) => {
      const info = byName.get(name);
      return info?.node ? info : undefined;
    },
    setNode(node) {
      const info = infoOf(node.metadata.name ?? '');
      const zone = zoneOf(info);
      if (!info.node) ordered = undefined;
      track(info, -1);
      setNode(info, node);
      track(info, 1);
      if (zoneOf(info) !== zone) ordered = undefined;
      return info;
    },
    removeNode(name) {
      const info = byName.get(name);
      if (!info) return;
      track(info, -1);
      info.node = undefined;
      info.images = [];
      info.softTaints = [];
      ordered = undefined;
      if (info.placed.size === 0) byName.delete(name);
    },
    place(pod, nodeName) {
      remove(pod.uid);
      const info = infoOf(nodeName);
      homes.set(pod.uid, info);
      addToNode(info, pod);
      tally(pod, info, 1);
    },
    remove,
    nodeOf: (uid) => homes.get(uid),
    placed: (uid) => homes.get(uid)?.placed.get(uid),
    countBy(namespace, selector) {
      if (selector.isEmpty) return () => 0;
      const key = `${namespace}/${selector.key}`;
      let counter = counters.get(key);
      if (!counter) {
        counter = { namespace, selector, byNode: countPods(byName.values(), namespace, selector) };
        if (counters.size >= liveCounters) counters.delete(counters.keys().next().value as string);
        counters.set(key, counter);
      }
      const { byNode } = counter;
      return (node) => byNode.get(node) ?? 0;
    },
    claimUsers: (claim) => claims.get(claim) ?? nobody,
  };
}

function countPods(nodes: Iterable<NodeInfo>, namespace: string, selector: LabelMatcher): Map<NodeInfo, number> {
  const byNode = new Map<NodeInfo, number>();
  for (const info of nodes) {
    let found = 0;
    for (const pod of info.placed.values()) if (!pod.isTerminating && pod.namespace === namespace && selector.matches(pod.labels)) found += 1;
    if (found > 0) byNode.set(info, found);
  }
  return byNode;
}

const zoneOf = ({ labels }: NodeInfo): string => `${labels['topology.kubernetes.io/region'] ?? ''}:${labels['topology.kubernetes.io/zone'] ?? ''}`;

// Sigue a kube-scheduler: backend/cache/node_tree.go (list).
function alternateZones(nodes: readonly NodeInfo[]): readonly NodeInfo[] {
  const zones = Map.groupBy(nodes, zoneOf);
  if (zones.size <= 1) return nodes;
  const result: NodeInfo[] = [];
  for (let turn = 0; result.length < nodes.length; turn++) {
    for (const zone of zones.values()) if (zone[turn]) result.push(zone[turn] as NodeInfo);
  }
  return result;
}
