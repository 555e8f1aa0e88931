import { deployment, pod, statefulSet } from '../pieces.ts';
import type { Manifest, Scenario } from '../scenario.ts';

const settings = (data: Record<string, string>): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ajustes' }, data });
const fields = ['data', 'metadata.managedFields'];

export const applyScenarios: readonly Scenario[] = [
  {
    id: 'apply-conflicto-y-force',
    title: 'Dos dueños del mismo campo chocan; force se lo queda; quien aplica lo mismo lo comparte',
    steps: [
      {
        title: 'uno aplica',
        act: [
          { apply: settings({ a: '1', b: '1' }), manager: 'uno' },
          { read: 'ConfigMap/ajustes', fields },
        ],
      },
      {
        title: 'otro pide lo mismo',
        act: [
          { apply: settings({ a: '1' }), manager: 'dos' },
          { read: 'ConfigMap/ajustes', fields },
        ],
      },
      { title: 'otro pide otra cosa', act: [{ apply: settings({ a: '2', b: '2' }), manager: 'dos' }] },
      {
        title: 'con force',
        act: [
          { apply: settings({ a: '2', b: '2' }), manager: 'dos', force: true },
          { read: 'ConfigMap/ajustes', fields },
        ],
      },
    ],
  },
  {
    id: 'apply-suelta-campos',
    title: 'Lo que se deja de aplicar se borra si nadie más lo quiere, y se queda si alguien lo comparte',
    steps: [
      {
        title: 'dos dueños',
        act: [
          { apply: settings({ a: '1', b: '1' }), manager: 'uno' },
          { apply: settings({ b: '1', c: '1' }), manager: 'dos' },
        ],
      },
      {
        title: 'uno lo suelta todo',
        act: [
          { apply: settings({}), manager: 'uno' },
          { read: 'ConfigMap/ajustes', fields },
        ],
      },
    ],
  },
  {
    id: 'apply-hereda-de-update',
    title: 'Lo escrito con patch y con scale tiene su dueño, y aplicar encima choca nombrándolo',
    steps: [
      {
        title: 'aplicar',
        act: [{ apply: deployment(0), manager: 'uno' }],
        until: [{ of: 'Deployment/web', is: { 'status.observedGeneration': 1 } }],
      },
      {
        title: 'escalar y parchear',
        act: [
          { scale: 'Deployment/web', to: 0 },
          { patch: 'Deployment/web', with: { spec: { minReadySeconds: 3 } } },
        ],
        until: [{ of: 'Deployment/web', is: { 'status.observedGeneration': 2 } }],
      },
      {
        title: 'aplicar otra cosa',
        act: [
          { apply: deployment(1, { minReadySeconds: 5 }), manager: 'uno' },
          { read: 'Deployment/web', fields: ['spec.minReadySeconds', 'spec.replicas'] },
        ],
      },
    ],
  },
  {
    id: 'apply-listas-por-clave',
    title: 'Cada gestor tiene su contenedor y sus variables: las listas con clave se funden, no se pisan',
    steps: [
      { title: 'uno', act: [{ apply: deployment(0), manager: 'uno' }], until: [{ of: 'Deployment/web', is: { 'status.observedGeneration': 1 } }] },
      {
        title: 'otro añade una variable',
        act: [
          {
            apply: {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              metadata: { name: 'web' },
              spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'OTRA', value: 'x' }] }] } } },
            },
            manager: 'dos',
          },
          { read: 'Deployment/web', fields: ['spec.template.spec.containers[0].env', 'metadata.managedFields'] },
        ],
      },
    ],
  },
  {
    id: 'campo-desconocido',
    title: 'Con Strict un campo que no existe se rechaza por su nombre; con Warn y con Ignore se acepta',
    steps: [
      {
        title: 'Strict',
        act: [
          { apply: { ...deployment(0), spec: { ...(deployment(0).spec as object), replicass: 1 } } },
          { create: { ...deployment(0), spec: { ...(deployment(0).spec as object), replicass: 1 } } },
        ],
      },
      { title: 'Warn', act: [{ create: { ...deployment(0), spec: { ...(deployment(0).spec as object), replicass: 1 } }, validation: 'Warn' }] },
    ],
  },
  {
    id: 'cambio-inmutable',
    title: 'Cambiar lo que no se puede cambiar da 422 con el motivo entero',
    steps: [
      {
        title: 'crear',
        act: [{ apply: deployment(0) }, { apply: { ...statefulSet(0), metadata: { name: 'base' } } }, { apply: pod('suelto') }],
        until: [{ pods: 'app=web', total: 1, ready: 1 }],
      },
      { title: 'selector de un Deployment', act: [{ patch: 'Deployment/web', with: { spec: { selector: { matchLabels: { app: 'otra' } } } } }] },
      { title: 'serviceName de un StatefulSet', act: [{ patch: 'StatefulSet/base', with: { spec: { serviceName: 'otro' } } }] },
      {
        title: 'contenedores de un Pod',
        act: [{ patch: 'Pod/suelto', as: 'json', with: [{ op: 'replace', path: '/spec/containers/0/command', value: ['sleep', '1'] }] }],
      },
      { title: 'el nombre', act: [{ patch: 'Deployment/web', with: { metadata: { name: 'otro' } } }] },
    ],
  },
  {
    id: 'version-vieja',
    title: 'Escribir con una resourceVersion vieja da 409',
    steps: [
      { title: 'crear', act: [{ apply: settings({ a: '1' }) }] },
      { title: 'PUT con versión vieja', act: [{ replace: 'ConfigMap/ajustes', with: { data: { a: '2' } }, staleVersion: true }] },
      { title: 'patch con versión vieja', act: [{ patch: 'ConfigMap/ajustes', with: { metadata: { resourceVersion: '1' }, data: { a: '2' } } }] },
      {
        title: 'PUT al día',
        act: [
          { replace: 'ConfigMap/ajustes', with: { data: { a: '2' } } },
          { read: 'ConfigMap/ajustes', fields: ['data'] },
        ],
      },
    ],
  },
  {
    id: 'rechazos-de-validacion',
    title: 'Cada entrada mala se rechaza con su campo y su motivo',
    steps: [
      {
        title: 'Pods',
        act: [
          { create: { ...pod('Mayusculas') } },
          { create: pod('sin-contenedores', { containers: [] }) },
          {
            create: pod('repetidos', {
              containers: [
                { name: 'a', image: 'busybox:1.37' },
                { name: 'a', image: 'busybox:1.37' },
              ],
            }),
          },
          { create: pod('sin-volumen', { containers: [{ name: 'a', image: 'busybox:1.37', volumeMounts: [{ name: 'no-esta', mountPath: '/x' }] }] }) },
          { create: pod('politica', { restartPolicy: 'Siempre' }) },
        ],
      },
      {
        title: 'lo que no existe',
        act: [{ delete: 'Pod/no-existe' }, { scale: 'Deployment/no-existe', to: 1 }, { patch: 'StatefulSet/no-existe', with: { spec: { replicas: 1 } } }],
      },
      { title: 'crear dos veces', act: [{ create: settings({ a: '1' }) }, { create: settings({ a: '1' }) }] },
      {
        title: 'Deployment',
        act: [
          { create: deployment(1, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }) },
          { create: deployment(1, { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } }) },
          { create: deployment(1, { minReadySeconds: 700 }) },
        ],
      },
    ],
  },
  {
    id: 'generate-name',
    title: 'generateName pone cinco letras, y dry-run no guarda nada',
    steps: [
      {
        title: 'crear',
        act: [{ create: { ...pod('x'), metadata: { generateName: 'suelto-', labels: { app: 'web' } } } }],
        until: [{ pods: 'app=web', total: 1, ready: 1 }],
      },
      {
        title: 'en seco',
        act: [
          { create: pod('seco'), dryRun: true },
          { apply: pod('seco'), dryRun: true },
        ],
        until: [{ gone: 'Pod/seco' }],
      },
    ],
  },
];
