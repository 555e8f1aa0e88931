import { splitName } from '../../object.ts';
import type { PersistentVolumeClaim } from '../../schema/types.generated.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const plugin = 'VolumeRestrictions';
const rejection = reject(plugin, 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod', true);

// Sigue a kube-scheduler: framework/plugins/volumerestrictions/volume_restrictions.go.
export const volumeRestrictions: FilterPlugin = {
  name: plugin,
  prepare(pod, { cluster, store }) {
    const taken = pod.claims.filter((claim) => {
      const { namespace, name } = splitName(claim);
      const modes = store.collection<PersistentVolumeClaim>('persistentvolumeclaims').get(namespace, name)?.spec?.accessModes ?? [];
      return modes.includes('ReadWriteOncePod') && cluster.claimUsers(claim).size > 0;
    });
    return taken.length === 0 ? skip : { kind: 'filter', filter: () => rejection };
  },
};
