import { describe, expect, it } from 'vitest';
import { region, wholeFile, yamlPaths } from './fragment.ts';

const yaml = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { app.kubernetes.io/name: web }
spec:
  # Una por persona de guardia.
  replicas: 4
  template:
    spec:
      containers:
        - name: app
          image: node:24
          args:
            - uno
            - dos

        - name: otro
          image: node:22
`;

const show = (lines: ReturnType<typeof wholeFile>): string =>
  lines
    .map((line) => ('omitted' in line ? `… ${line.omitted}` : `${line.number}${line.lit ? '*' : ''}${line.mark ? ` [${line.mark}]` : ''} ${line.text}`))
    .join('\n');

describe('rutas YAML', () => {
  it('enseña la clave con su comentario y las claves que la contienen, y dice cuánto falta', () => {
    expect(show(yamlPaths(yaml, ['spec.replicas'], ['A']))).toMatchInlineSnapshot(`
      "… 5
      6 spec:
      7*   # Una por persona de guardia.
      8* [A]   replicas: 4
      … 11"
    `);
  });

  it('entra en las listas por su posición y no se come la línea en blanco que sigue', () => {
    expect(show(yamlPaths(yaml, ['spec.template.spec.containers[0].args'], ['A']))).toMatchInlineSnapshot(`
      "… 5
      6 spec:
      … 2
      9   template:
      10     spec:
      11       containers:
      12         - name: app
      … 1
      14* [A]           args:
      15*             - uno
      16*             - dos
      … 3"
    `);
  });

  it('admite claves con puntos entre comillas simples', () => {
    expect(show(yamlPaths(yaml, ["metadata.labels.'app.kubernetes.io/name'"]))).toBe(
      '… 2\n3 metadata:\n… 1\n5*   labels: { app.kubernetes.io/name: web }\n… 14',
    );
  });

  it('junta en la misma línea las letras de dos rutas que empiezan en ella', () => {
    const lines = yamlPaths('a: { b: 1, c: 2 }\n', ['a.b', 'a.c'], ['A', 'B']);
    expect(lines).toEqual([{ number: 1, text: 'a: { b: 1, c: 2 }', lit: true, mark: 'A B' }]);
  });

  it.each([
    ['una clave que no está', 'spec.replicass', 'no existe la ruta «spec.replicass»'],
    ['una posición que no está', 'spec.template.spec.containers[9]', 'no existe la ruta «spec.template.spec.containers[9]»'],
    ['seguir dentro de un valor', 'spec.replicas.uno', 'no existe la ruta «spec.replicas.uno»'],
  ])('rechaza %s', (_, path, message) => {
    expect(() => yamlPaths(yaml, [path])).toThrow(new Error(message));
  });

  it('dice que el YAML está roto en vez de que falta la ruta', () => {
    expect(() => yamlPaths('a: [1\nb: 2\n', ['a'])).toThrow(/^no es YAML válido: /);
  });
});

describe('regiones', () => {
  const source = 'uno\n  // #region dos\n  dentro\n\n    más\n  // #endregion\nfuera\n';

  it('saca lo de dentro sin el sangrado común y con su número de línea', () => {
    expect(show(region(source, 'dos'))).toBe('3 dentro\n4 \n5   más');
  });

  it('no enseña las marcas de las regiones que lleve dentro', () => {
    expect(show(region('# #region a\nx\n# #region b\ny\n# #endregion\nz\n# #endregion\n', 'a'))).toBe('2 x\n4 y\n6 z');
  });

  it('nombra las que hay cuando falta la pedida', () => {
    expect(() => region(source, 'tres')).toThrow(new Error('no hay ninguna región «tres» (regiones: dos)'));
  });

  it('no se conforma con una región sin cerrar', () => {
    expect(() => region('// #region a\nx\n', 'a')).toThrow(new Error('la región «a» no se cierra: falta #endregion'));
  });
});

it('el archivo entero se enseña sin marcas de región y con sus números', () => {
  expect(show(wholeFile('a\n# #region x\nb\n# #endregion\n'))).toBe('1 a\n3 b');
});
