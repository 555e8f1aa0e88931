import { describe, expect, it } from 'vitest';
import { ApiError } from '../registry/api-error.ts';
import type { Pod, ReplicaSet, ResourceQuota } from '../schema/types.generated.ts';
import { controllerBench, workload } from './test-controllers.ts';

const second = 1000;

function limited(hard: Record<string, string>) {
  const bench = controllerBench();
  bench.create({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'justa' }, spec: { hard } });
  bench.clock.advance(second);
  const refusal = (object: object): string => {
    try {
      bench.create(object);
      return 'entra';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return `${error.code} ${error.message}`;
    }
  };
  const status = () => bench.get<ResourceQuota>('resourcequotas', 'justa')?.status;
  return { ...bench, refusal, status };
}

const pod = (name: string, resources: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'app', image: 'nginx:1.30', resources }] },
});
const claim = (name: string, storage: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
});

describe('una ResourceQuota', () => {
  it('deja entrar hasta su límite y rechaza lo que pasa de él, con lo pedido, lo gastado y lo que hay', () => {
    const { refusal } = limited({ pods: '1' });
    expect(refusal(pod('uno'))).toBe('entra');
    expect(refusal(pod('dos'))).toBe('403 pods "dos" is forbidden: exceeded quota: justa, requested: pods=1, used: pods=1, limited: pods=1');
  });

  it('suma lo que piden los contenedores, y nombra solo lo que se pasa', () => {
    const { refusal } = limited({ pods: '10', 'requests.cpu': '1', 'limits.memory': '128Mi' });
    const sized = { requests: { cpu: '250m' }, limits: { memory: '96Mi' } };
    expect(refusal(pod('uno', sized))).toBe('entra');
    expect(refusal(pod('dos', sized))).toBe(
      '403 pods "dos" is forbidden: exceeded quota: justa, requested: limits.memory=96Mi, used: limits.memory=96Mi, limited: limits.memory=128Mi',
    );
  });

  it('exige decir lo que limita', () => {
    const { refusal } = limited({ 'limits.memory': '1Gi', 'requests.cpu': '1' });
    expect(refusal(pod('mudo'))).toBe('403 pods "mudo" is forbidden: failed quota: justa: must specify limits.memory for: app; requests.cpu for: app');
  });

  it('cuenta discos y cualquier otro objeto del espacio', () => {
    const { refusal } = limited({ 'requests.storage': '1Gi', 'count/configmaps': '3' });
    expect(refusal(claim('uno', '600Mi'))).toBe('entra');
    expect(refusal(claim('dos', '600Mi'))).toBe(
      '403 persistentvolumeclaims "dos" is forbidden: exceeded quota: justa, requested: requests.storage=600Mi, used: requests.storage=600Mi, limited: requests.storage=1Gi',
    );
    // Todo espacio trae ya una: kube-root-ca.crt.
    const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    expect([refusal(config('uno')), refusal(config('dos')), refusal(config('tres'))]).toEqual([
      'entra',
      'entra',
      '403 configmaps "tres" is forbidden: exceeded quota: justa, requested: count/configmaps=1, used: count/configmaps=3, limited: count/configmaps=3',
    ]);
  });

  it('a un ReplicaSet lo deja a medias: lo dice en un suceso, y sigue en cuanto queda sitio', () => {
    const { create, clock, pods, events, edit, get } = limited({ pods: '2' });
    create(workload('ReplicaSet', 'web', { replicas: 3 }));
    clock.advance(10 * second);
    expect(pods('web')).toHaveLength(2);
    expect(events('web', 'FailedCreate')[0]).toMatch(
      /^Warning FailedCreate: Error creating: pods "web-\w{5}" is forbidden: exceeded quota: justa, requested: pods=1, used: pods=2, limited: pods=2$/,
    );
    expect(get<ReplicaSet>('apps/replicasets', 'web')?.status?.conditions?.[0]).toMatchObject({
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
    });
    edit<ResourceQuota>('resourcequotas', 'justa', (quota) => ({ ...quota, spec: { hard: { pods: '3' } } }));
    clock.advance(1000 * second);
    expect(pods('web')).toHaveLength(3);
  });

  it('apunta lo gastado, y lo que acaba o se borra deja de contar', () => {
    const { create, clock, status, registry, get, world } = limited({ pods: '5', cpu: '2', 'limits.memory': '1Gi' });
    for (const name of ['uno', 'dos']) create(pod(name, { requests: { cpu: '250m' }, limits: { memory: '64Mi' } }));
    clock.advance(second);
    expect(status()).toEqual({ hard: { pods: '5', cpu: '2', 'limits.memory': '1Gi' }, used: { pods: '2', cpu: '500m', 'limits.memory': '128Mi' } });
    registry.updateStatus('pods', { ...get<Pod>('pods', 'uno'), status: { phase: 'Succeeded' } } as Pod);
    world.registry.delete('pods', 'default', 'dos', { gracePeriodSeconds: 0 });
    clock.advance(100);
    expect(status()?.used).toEqual({ pods: '0', cpu: '0', 'limits.memory': '0' });
  });

  it('rechaza, nombrándolo, un recurso que la maqueta no sabe contar', () => {
    const { refusal } = limited({});
    expect(refusal({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'otra' }, spec: { hard: { 'requests.nvidia.com/gpu': '1' } } })).toBe(
      '422 ResourceQuota "otra" is invalid: spec.hard[requests.nvidia.com/gpu]: Invalid value: "requests.nvidia.com/gpu": la maqueta no cuenta «requests.nvidia.com/gpu» en una cuota',
    );
  });
});
