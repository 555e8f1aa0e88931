import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { projectFiles } from './project-files.ts';
import { brokenRules, filesThatSkipTls, rules } from './rules.ts';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

// Cada regla, con un archivo que la cruza: una regla que no puede saltar no guarda nada.
const crossings: [rule: string, path: string, text: string][] = [
  ['labs/engine no importa nada de fuera', 'labs/engine/wait.ts', "import { readFile } from 'node:fs/promises';"],
  ['labs/engine no importa nada de fuera', 'labs/engine/wait.ts', "import type { Screen } from '../ui/screen.ts';"],
  [
    'src/maqueta no importa nada de fuera: ni Node, ni labs, ni el sitio, ni paquetes (salvo yaml en api/body.ts)',
    'src/maqueta/api/list.ts',
    "import { parse } from 'yaml';",
  ],
  [
    'src/maqueta no importa nada de fuera: ni Node, ni labs, ni el sitio, ni paquetes (salvo yaml en api/body.ts)',
    'src/maqueta/api/list.ts',
    "const { join } = await import('node:path');",
  ],
  [
    'labs/engine y src/maqueta no se conocen, tampoco en sus pruebas',
    'labs/engine/wait.test.ts',
    "import { createMaqueta } from '../../src/maqueta/maqueta.ts';",
  ],
  ['labs/engine y src/maqueta no se conocen, tampoco en sus pruebas', 'src/maqueta/x.test.ts', "import { isReady } from '../../labs/engine/checks.ts';"],
  ['src/maqueta no usa Node ni el DOM', 'src/maqueta/api/list.ts', 'const size = Buffer.from(text).length;'],
  ['src/maqueta no usa Node ni el DOM', 'src/maqueta/api/list.ts', "document.querySelector('main');"],
  ['@kubernetes/client-node, solo en labs/cluster', 'labs/commands/run.ts', "import { KubeConfig } from '@kubernetes/client-node';"],
  ['execa, solo en labs/cluster y labs/taller', 'labs/dev/bench/bench.ts', "import { execa } from 'execa';"],
  [
    'process y console, solo en labs/cli.ts, labs/dev y los adaptadores de labs/cluster y labs/taller (console, ni ahí)',
    'labs/ui/screen.ts',
    'const width = process.stdout.columns;',
  ],
  [
    'process y console, solo en labs/cli.ts, labs/dev y los adaptadores de labs/cluster y labs/taller (console, ni ahí)',
    'labs/cluster/rest.ts',
    "console.log('aquí');",
  ],
  [
    'labs/sonda/script, que corre dentro de un Pod, solo importa de Node, de su carpeta y los tipos de su resultado',
    'labs/sonda/script/measure.ts',
    "import { humanDuration } from '../../engine/reading.ts';",
  ],
  [
    'un laboratorio solo importa labs/lab.ts, el vocabulario del motor y lo de su carpeta',
    'labs/04-mundo-real/lab.ts',
    "import { wait } from '../engine/wait.ts';",
  ],
  [
    'un laboratorio solo importa labs/lab.ts, el vocabulario del motor y lo de su carpeta',
    'labs/07-statefulset/notebook.ts',
    "import { lab } from '../04-mundo-real/lab.ts';",
  ],
  ['el sitio nunca importa labs/cluster ni labs/taller', 'src/components/lab/Lab.tsx', "import { rest } from '@site/labs/cluster/rest.ts';"],
  ['labs/cluster no conoce las pantallas ni las órdenes', 'labs/cluster/rest.ts', "import { passed } from '../ui/messages.ts';"],
  ['labs/ui y labs/progress no conocen labs/cluster', 'labs/ui/screen.ts', "export { rest } from '../cluster/rest.ts';"],
  ['el motor y la maqueta no miran el reloj ni el azar de verdad', 'src/maqueta/store/store.ts', 'const now = Date.now();'],
  ['el motor y la maqueta no miran el reloj ni el azar de verdad', 'labs/engine/wait.ts', 'setTimeout(retry, 100);'],
  ['sin any rendido: ni «as any» ni @ts-ignore', 'labs/ui/screen.ts', 'const width = (output as any).columns;'],
  ['sin any rendido: ni «as any» ni @ts-ignore', 'labs/ui/screen.ts', '// @ts-ignore\nconst width = output.columns;'],
  ['los import relativos llevan su extensión', 'labs/ui/screen.ts', "import { passed } from './messages';"],
  ['ningún archivo nombra rutas de una máquina ni anfitriones de registros', 'docs/04-mundo-real/index.mdx', 'cd /home/ana/bitacora'],
  ['ningún archivo nombra rutas de una máquina ni anfitriones de registros', 'package-lock.json', '"resolved": "https://ejemplo.test/x.tgz"'],
];

describe('las reglas saltan', () => {
  test.each(crossings)('%s (%s)', (rule, path, text) => {
    expect(brokenRules([{ path, text }]).map((line) => line.split(' · ')[1])).toContain(rule);
  });

  test('toda regla tiene su ejemplo', () => {
    expect(rules.map((rule) => rule.name).filter((name) => !crossings.some(([rule]) => rule === name))).toEqual([]);
  });

  test('dicen archivo, qué y regla', () => {
    expect(brokenRules([{ path: 'labs/dev/bench/bench.ts', text: "import { execa } from 'execa';" }])).toEqual([
      'labs/dev/bench/bench.ts: execa · execa, solo en labs/cluster y labs/taller',
    ]);
  });

  test('un comentario o un texto que nombra algo prohibido no es un cruce', () => {
    expect(brokenRules([{ path: 'src/maqueta/programs/x.ts', text: 'const source = `console.log(1)`;' }])).toEqual([]);
    expect(brokenRules([{ path: 'labs/engine/wait.ts', text: "// Nunca Date.now() ni process.exit\nconst hint = 'usa setTimeout(…)';" }])).toEqual([]);
  });
});

test('un método propio que se llama como un global no es un cruce', () => {
  const text = "const process = new EventEmitter();\nprocess.emit('exit');\nclass Request {\n  setTimeout(delay: number): this {\n    return this;\n  }\n}";
  expect(brokenRules([{ path: 'src/maqueta/programs/x.ts', text }])).toEqual([]);
});

describe('la casa las cumple', () => {
  // Aquí dentro están los ejemplos que las cruzan.
  const files = projectFiles(root).filter(({ path }) => !path.startsWith('labs/dev/import-rules/'));

  test('hay archivos que mirar', () => {
    expect(files.some(({ path }) => path === 'labs/lab.ts')).toBe(true);
  });

  test('ningún archivo cruza una raya', () => {
    expect(brokenRules(files)).toEqual([]);
  });

  test('TLS sin comprobar, como mucho en un archivo', () => {
    expect(filesThatSkipTls(files).length, filesThatSkipTls(files).join(', ')).toBeLessThanOrEqual(1);
  });

  test('dos archivos que apagan TLS se notan', () => {
    const text = 'const options = { skipTLSVerify: true };';
    expect(
      filesThatSkipTls([
        { path: 'labs/a.ts', text },
        { path: 'labs/b.ts', text },
      ]),
    ).toEqual(['labs/a.ts', 'labs/b.ts']);
  });
});
