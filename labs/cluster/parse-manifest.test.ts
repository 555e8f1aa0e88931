import { expect, test } from 'vitest';
import { LabError } from '../engine/lab-error.ts';
import { rejectRepeated } from './manifests.ts';
import { parseManifest } from './parse-manifest.ts';

const web = `# comentario
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { "a.b/c": x }
spec:
  replicass: 3
  template:
    spec:
      containers:
        - name: otro
          image: a
        - name: app
          image: b
---
apiVersion: v1
kind: Service
metadata: { name: web }
`;

const rejection = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof LabError) return `${error.code} ${error.where} ${error.message}`;
    throw error;
  }
  return 'no lanza';
};

test.each([
  ['spec.replicass', 8],
  ['.spec.replicass', 8],
  ['metadata.labels["a.b/c"]', 6],
  ['spec.template.spec.containers[1].image', 15],
  ['.spec.template.spec.containers[name="app"].image', 15],
  ['spec.template.spec.containers[1].resources', 14],
  ['status.nada', 2],
])('la línea de %s es la %i', (path, line) => {
  expect(parseManifest(web, 'web.yaml')[0]?.lineOf(path)).toBe(line);
});

test('cada documento sabe en qué línea empieza, y los vacíos no cuentan', () => {
  expect(parseManifest(`${web}---\n---\n# nada\n`, 'web.yaml').map(({ line, object }) => `${line} ${object.kind}`)).toEqual(['2 Deployment', '17 Service']);
});

test.each([
  ['roto', 'a: [1,\nb: 2\n', 'MANIFEST x.yaml:2 El YAML no se puede leer: Flow sequence in block collection must be sufficiently indented and end with a ].'],
  ['con una clave repetida', 'kind: Pod\nkind: Pod\n', 'MANIFEST x.yaml:2 El YAML no se puede leer: Map keys must be unique.'],
  ['sin kind', 'apiVersion: v1\nmetadata: { name: a }\n', 'MANIFEST x.yaml:1 kind: falta, y sin él no se sabe qué objeto es.'],
  ['sin apiVersion', '\nkind: Pod\n', 'MANIFEST x.yaml:2 apiVersion: falta, y sin él no se sabe qué objeto es.'],
  ['sin nombre', 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {}\n', 'MANIFEST x.yaml:3 metadata.name: a este Pod le falta el nombre.'],
  ['sin metadata', 'apiVersion: v1\nkind: Pod\n', 'MANIFEST x.yaml:1 metadata.name: a este Pod le falta el nombre.'],
  ['que es una lista', '- a\n', 'MANIFEST x.yaml:1 Se esperaba un objeto de Kubernetes y hay otra cosa.'],
  ['que es texto', 'hola\n', 'MANIFEST x.yaml:1 Se esperaba un objeto de Kubernetes y hay otra cosa.'],
])('un YAML %s se rechaza con archivo, línea y campo', (_, text, expected) => {
  expect(rejection(() => parseManifest(text, 'x.yaml'))).toBe(expected);
});

test('dos documentos con el mismo tipo y nombre se rechazan nombrando los dos', () => {
  const twice = [...parseManifest(web, 'a.yaml'), ...parseManifest(web, 'b.yaml')];
  expect(rejection(() => rejectRepeated(twice))).toBe('MANIFEST b.yaml:5 metadata.name: ya hay un Deployment «web» en a.yaml:2, y este lo pisaría.');
});
