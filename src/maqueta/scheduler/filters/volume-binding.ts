import type { PersistentVolume } from '../../schema/types.generated.ts';
import { readPodClaims } from '../volume-claims.ts';
import { isReachable, planVolumes } from '../volume-plan.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const plugin = 'VolumeBinding';
const elsewhere = "node(s) didn't match PersistentVolume's node affinity";
const nothingToBind = "node(s) didn't find available persistent volumes to bind";
const lost = 'node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)';

// Sigue a kube-scheduler: framework/plugins/volumebinding/volume_binding.go (Filter).
export const volumeBinding: FilterPlugin = {
  name: plugin,
  prepare(pod, { store }) {
    if (pod.claims.length === 0) return skip;
    const claims = readPodClaims(pod, store);
    if (claims.kind === 'blocked') return { kind: 'rejected', rejection: reject(plugin, claims.reason) };
    const volumes = claims.bound.map((claim) => store.collection<PersistentVolume>('persistentvolumes').get('', claim.spec?.volumeName ?? ''));
    return {
      kind: 'filter',
      filter(node) {
        const first = volumes.findIndex((volume) => !volume || !isReachable(volume, node));
        const isLost = first >= 0 && !volumes[first];
        const reasons: string[] = [];
        if (first >= 0 && !isLost) reasons.push(elsewhere);
        if (claims.delayed.length > 0 && !planVolumes(claims.delayed, node, store)) reasons.push(nothingToBind);
        if (isLost) reasons.push(lost);
        return reasons.length > 0 ? { plugin, reasons, isResolvable: false } : undefined;
      },
    };
  },
};
