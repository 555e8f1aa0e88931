import type { Scenario } from './scenario.ts';
import { applyScenarios } from './scenarios/apply.ts';
import { containerScenarios } from './scenarios/containers.ts';
import { daemonSetScenarios } from './scenarios/daemonset.ts';
import { deletionScenarios } from './scenarios/deletion.ts';
import { deploymentScenarios } from './scenarios/deployment.ts';
import { disruptionScenarios } from './scenarios/disruption.ts';
import { endpointScenarios } from './scenarios/endpoints.ts';
import { probeScenarios } from './scenarios/probes.ts';
import { replicaSetScenarios } from './scenarios/replicaset.ts';
import { schedulingScenarios } from './scenarios/scheduling.ts';
import { statefulSetScenarios } from './scenarios/statefulset.ts';
import { volumeScenarios } from './scenarios/volumes.ts';

/** Todo lo que se compara con un Kubernetes de verdad. */
export const catalogue: readonly Scenario[] = [
  ...deploymentScenarios,
  ...replicaSetScenarios,
  ...statefulSetScenarios,
  ...daemonSetScenarios,
  ...schedulingScenarios,
  ...volumeScenarios,
  ...containerScenarios,
  ...probeScenarios,
  ...endpointScenarios,
  ...applyScenarios,
  ...deletionScenarios,
  ...disruptionScenarios,
];

/** Lo que los escenarios arrancan. El taller las trae puestas. */
export const images: readonly string[] = ['busybox:1.37', 'node:24.21-alpine'];
