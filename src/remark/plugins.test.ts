import { describe, expect, it } from 'vitest';
import type { Term } from '../terms/term.ts';
import { diagram } from './diagram.ts';
import { labData } from './lab-data.ts';
import { looseCode } from './loose-code.ts';
import { termLinks } from './term-links.ts';
import { projectWith, transform } from './testing.ts';

const root = '/proyecto';
const here = (line: number, reason: string): Error => new Error(`docs/99-prueba/index.mdx:${line}: ${reason}`);

describe('código pegado', () => {
  const run = (source: string): Promise<string> => transform(root, source, looseCode({ root }));
  const loose = 'hay código pegado: usa ::include{file="…"}, una grabación, o di por qué no se ejecuta con ilustrativo="motivo"';

  it.each([
    ['con lenguaje', '```yaml\na: 1\n```'],
    ['sin lenguaje', '```\n$ kubectl get pods\n```'],
    ['dentro de una lista', '- uno\n  ```bash\n  ls\n  ```'],
  ])('detiene la construcción ante un bloque %s', async (_, source) => {
    await expect(run(source)).rejects.toThrow(new RegExp(`^docs/99-prueba/index\\.mdx:[12]: ${loose.replace(/[{}().…]/g, '.')}$`));
  });

  it('admite un bloque ilustrativo y lleva su motivo a la página', async () => {
    expect(await run('```yaml ilustrativo="no se aplica: es la forma antigua"\na: 1\n```')).toBe(
      '<Ilustrativo reason="no se aplica: es la forma antigua" language="yaml" code="a: 1" />',
    );
  });

  it('pide un motivo de verdad', async () => {
    await expect(run('```yaml ilustrativo="x"\na: 1\n```')).rejects.toThrow(
      here(1, 'ilustrativo lleva su motivo, con palabras: ilustrativo="es la salida de otra versión"'),
    );
  });

  it('no deja colarlo con el componente', async () => {
    await expect(run('<pre>a: 1</pre>')).rejects.toThrow(here(1, '<pre> no se escribe a mano: usa ::include{file="…"} o una grabación'));
  });

  it('deja pasar los diagramas', async () => {
    expect(await run('```mermaid\ngraph LR\n```')).toBe('```mermaid\ngraph LR\n```');
  });
});

describe('diagramas', () => {
  const run = (source: string): Promise<string> => transform(root, source, diagram({ root }));

  it('llevan su título y su texto equivalente al componente', async () => {
    expect(await run('```mermaid\ngraph LR\n  accTitle: Dos Pods\n  accDescr: Uno lleva a otro.\n  A --> B\n```')).toMatchInlineSnapshot(`
      "<Diagrama
        chart="graph LR
        accTitle: Dos Pods
        accDescr: Uno lleva a otro.
        A --> B"
        title="Dos Pods"
        description="Uno lleva a otro."
      />"
    `);
  });

  it('juntan en una frase la descripción de varias líneas', async () => {
    expect(await run('```mermaid\ngraph LR\n  accTitle: T\n  accDescr {\n    Uno\n    y dos.\n  }\n```')).toMatch(/description="Uno y dos\."/);
  });

  it.each([
    ['título', 'accDescr: D', 'al diagrama le falta accTitle: qué es, en una línea'],
    ['descripción', 'accTitle: T', 'al diagrama le falta accDescr: lo mismo que se ve, con palabras'],
  ])('sin %s detienen la construcción', async (_, line, reason) => {
    await expect(run(`Texto.\n\n\`\`\`mermaid\ngraph LR\n  ${line}\n\`\`\``)).rejects.toThrow(here(3, reason));
  });
});

describe('términos', () => {
  const term = (id: string, ...forms: string[]): Term => ({ id, term: id, english: id, definition: id, forms, official: '/docs/' });
  const terms = [term('pod', 'Pod', 'Pods'), term('almacen', 'almacenamiento'), term('clase', 'clase de almacenamiento'), term('replica', 'réplica')];
  const run = (source: string): Promise<string> => transform(root, source, termLinks({ terms, root }));

  it('se enlazan solo la primera vez', async () => {
    expect(await run('Un Pod y otro Pod.\n\nMás Pods.')).toBe('Un <Termino id="pod">Pod</Termino> y otro Pod.\n\nMás Pods.');
  });

  it('gana la forma más larga', async () => {
    expect(await run('La clase de almacenamiento.')).toBe('La <Termino id="clase">clase de almacenamiento</Termino>.');
  });

  it('son palabras enteras, también con tildes y guiones', async () => {
    expect(await run('PodTemplate, réplicas, Pod-x')).toBe('PodTemplate, réplicas, Pod-x');
  });

  it('no se enlazan dentro de títulos, enlaces ni código', async () => {
    const source = '# Pod\n\n[Pod](https://a.test) y `Pod`';
    expect(await run(source)).toBe(source);
  });

  it('uno puesto a mano cuenta como la primera vez', async () => {
    expect(await run('Un Pod antes y <Termino id="pod">este Pod</Termino> después.')).toBe('Un Pod antes y <Termino id="pod">este Pod</Termino> después.');
  });

  it('uno que no está en el glosario detiene la construcción', async () => {
    await expect(run('Hola <Termino id="pood">Pod</Termino>')).rejects.toThrow(here(1, '«pood» no está en el glosario (src/terms)'));
  });
});

describe('datos del laboratorio', () => {
  const run = (source: string): Promise<string> => transform(root, source, labData({ root, labs: () => ['04'] }));

  it('llegan con un import, una vez por laboratorio', async () => {
    expect(await run('<Cabecera lab="04" />\n\n<Laboratorio id="04" />')).toBe(
      'import siteData_04 from "@generated/bitacora-datos/default/lab-04.json"\n\n<Cabecera lab="04" data={siteData_04} />\n\n<Laboratorio id="04" data={siteData_04} />',
    );
  });

  it('un laboratorio que no existe detiene la construcción', async () => {
    await expect(run('<Laboratorio id="99" />')).rejects.toThrow(here(1, 'no hay laboratorio «99» (hay: 04)'));
  });

  it('un componente sin su laboratorio detiene la construcción', async () => {
    await expect(run('Texto.\n\n<Paso id="imagen" />')).rejects.toThrow(here(3, 'a <Paso> le falta lab="NN"'));
  });

  it('una medida de la sonda llega del laboratorio que la grabó, o de la suya si existe', async () => {
    expect(await run('<GraficaDeSonda lab="04" paso="relevo" />')).toContain('<GraficaDeSonda lab="04" paso="relevo" data={siteData_04} />');
    await expect(run('<GraficaDeSonda medida="relevo" />')).rejects.toThrow(here(1, 'no hay medida «relevo» en labs/sonda/recordings'));
    await expect(run('<ContrasteDeSonda servicio="fallos" />')).rejects.toThrow(
      here(1, 'no hay contraste que enseñar: falta labs/sonda/contrast/contrast.json'),
    );
    const project = projectWith({ 'labs/sonda/recordings/relevo.json': '{}', 'labs/sonda/contrast/contrast.json': '{}' });
    const measured = await transform(
      project,
      '<GraficaDeSonda medida="relevo" />\n\n<ContrasteDeSonda servicio="fallos" />',
      labData({ root: project, labs: () => [] }),
    );
    expect(measured).toBe(
      [
        'import siteData_medida_relevo from "@generated/bitacora-datos/default/sonda-medida-relevo.json"',
        'import siteData_contraste from "@generated/bitacora-datos/default/sonda-contraste.json"',
        '<GraficaDeSonda medida="relevo" data={siteData_medida_relevo} />',
        '<ContrasteDeSonda servicio="fallos" data={siteData_contraste} />',
      ].join('\n\n'),
    );
  });
});
