import { expect, test } from 'vitest';
import type { Deployment, ReplicaSet } from '../schema/types.generated.ts';
import { newSetAnnotations, revisionAnnotation } from './deployment-revisions.ts';
import { controllerBench } from './test-controllers.ts';

const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image }] } });

test.each([
  ['7', '8'],
  // Mayor que 2^53: un number la redondearía.
  ['3546343826724305832', '3546343826724305833'],
  ['no es un número', '1'],
])('un Deployment que adopta la revisión %s sigue por la %s', (adopted, next) => {
  const bench = controllerBench();
  bench.create({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'viejo', labels: { app: 'web' }, annotations: { [revisionAnnotation]: adopted } },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template('nginx:1.29') },
  });
  bench.clock.advance(5000);
  bench.create({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: template('nginx:1.30') },
  });
  bench.clock.advance(20_000);
  expect(bench.get<Deployment>('apps/deployments', 'web')?.metadata.annotations?.[revisionAnnotation]).toBe(next);
  const sets = [...bench.store.collection<ReplicaSet>('apps/replicasets').list('default')];
  expect(sets.map(({ metadata }) => metadata.annotations?.[revisionAnnotation]).sort()).toEqual([adopted, next].sort());
});

test('volver a una versión anterior le da el número siguiente y guarda el que tuvo, por grande que sea', () => {
  const deployment: Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: template('nginx:1.30') },
  };
  expect(newSetAnnotations(deployment, { [revisionAnnotation]: '9007199254740993' }, 9007199254740994n)).toEqual({
    [revisionAnnotation]: '9007199254740994',
    'deployment.kubernetes.io/revision-history': '9007199254740993',
  });
});
