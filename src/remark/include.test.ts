import { expect, it } from 'vitest';
import { include, includedFiles } from './include.ts';
import { projectWith, transform } from './testing.ts';

const root = projectWith({
  'manifests/web.yaml': 'kind: Deployment\nspec:\n  replicas: 4\n  paused: false\n',
  'labs/lab.ts': 'antes\n// #region paso\nawait nada();\n// #endregion\n',
});
const run = (source: string): Promise<string> => transform(root, source, include({ root }));

it('mete la región del archivo con su ruta por título', async () => {
  expect(await run('::include{file="labs/lab.ts" region="paso"}')).toBe(
    `<Incluido id="codigo-1" file="labs/lab.ts" language="typescript" lines='[{"number":3,"text":"await nada();"}]' region="paso" />`,
  );
});

it('convierte la lista que sigue a unas rutas en notas A y B, enlazadas con su línea', async () => {
  const output = await run('::include{file="manifests/web.yaml" paths="spec.replicas,spec.paused"}\n\n- Cuatro.\n- Sin pausa.');
  expect(output).toMatchInlineSnapshot(`
    "<Incluido id="codigo-1" file="manifests/web.yaml" language="yaml" lines='[{"omitted":1},{"number":2,"text":"spec:"},{"number":3,"text":"  replicas: 4","lit":true,"mark":"A"},{"number":4,"text":"  paused: false","lit":true,"mark":"B"}]' />

    1. <Letra letter="A" block="codigo-1" />Cuatro.
    2. <Letra letter="B" block="codigo-1" />Sin pausa."
  `);
});

it('no toca la lista que sigue a un include sin rutas', async () => {
  expect(await run('::include{file="labs/lab.ts" region="paso"}\n\n- Una lista cualquiera.')).toMatch(/\n\n\* Una lista cualquiera\.$/);
});

it.each([
  ['el archivo', '::include{file="manifests/no.yaml"}', 'no existe el archivo «manifests/no.yaml»'],
  ['la región', '::include{file="labs/lab.ts" region="otra"}', 'en «labs/lab.ts» no hay ninguna región «otra» (regiones: paso)'],
  ['la ruta', '::include{file="manifests/web.yaml" paths="spec.replicass"}', 'en «manifests/web.yaml» no existe la ruta «spec.replicass»'],
  ['file', '::include{region="paso"}', 'al include le falta file="…"'],
])('si falta %s, nombra el .mdx y la línea', async (_, directive, reason) => {
  await expect(run(`# Título\n\nTexto.\n\n${directive}`)).rejects.toThrow(new Error(`docs/99-prueba/index.mdx:5: ${reason}`));
});

it.each([
  ['una palabra que no conoce', '::include{file="labs/lab.ts" linea="3"}', 'include no conoce «linea» (conoce file, region, paths)'],
  ['región y rutas a la vez', '::include{file="labs/lab.ts" region="paso" paths="a"}', 'un include lleva region o paths, no las dos'],
  ['un archivo de fuera', '::include{file="../../etc/passwd"}', '«../../etc/passwd» queda fuera del proyecto'],
  ['un include en mitad de una frase', 'Mira :include{file="labs/lab.ts"} esto', 'el include va solo en su línea: ::include{file="…"}'],
  [
    'más notas que rutas',
    '::include{file="manifests/web.yaml" paths="spec.replicas"}\n\n- Una.\n- Dos.',
    'la lista que sigue tiene 2 notas y el include, 1 rutas; cada nota acompaña a una ruta, por orden',
  ],
])('rechaza %s', async (_, source, reason) => {
  await expect(run(source)).rejects.toThrow(new Error(`docs/99-prueba/index.mdx:1: ${reason}`));
});

it('dice de qué archivos depende una página, cada uno una vez', () => {
  expect(includedFiles('a\n::include{file="x.yaml" paths="a"}\n\n::include{file="y.ts"}\n::include{file="x.yaml"}\n')).toEqual(['x.yaml', 'y.ts']);
});
