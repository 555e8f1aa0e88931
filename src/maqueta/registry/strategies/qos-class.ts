import type { PodSpec } from '../../schema/types.generated.ts';

/** Sigue a pkg/apis/core/v1/helper/qos/qos.go. */
export function qosClass(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const amounts = containers.map(({ resources }) => ({ requests: resources?.requests ?? {}, limits: resources?.limits ?? {} }));
  const counted = (list: Record<string, string>) => Object.keys(list).filter((name) => name === 'cpu' || name === 'memory');
  if (amounts.every(({ requests, limits }) => counted(requests).length === 0 && counted(limits).length === 0)) return 'BestEffort';
  const isGuaranteed = amounts.every(
    ({ requests, limits }) => counted(limits).length === 2 && counted(limits).every((name) => requests[name] === limits[name]),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
