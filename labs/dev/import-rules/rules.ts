import { codeOnly } from './code-only.ts';
import { importsOf } from './imports-of.ts';
import type { SourceFile } from './project-files.ts';

/** Una regla de la casa. `broken` devuelve qué la cruza en ese archivo; vacío si nada. */
export interface Rule {
  name: string;
  appliesTo(path: string): boolean;
  broken(file: SourceFile): string[];
}

const isCode = (path: string) => /\.(ts|tsx|mjs|js)$/.test(path);
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || /(^|\/)(test-[^/]*|testing\/[^/]*)\.ts$/.test(path);
const inside =
  (...folders: string[]) =>
  (path: string) =>
    isCode(path) && folders.some((folder) => path.startsWith(folder));
const isProbeScript = (path: string) => path.startsWith('labs/sonda/script/');
const isLab = (path: string) => /^labs\/\d\d-[^/]+\/[^/]+\.ts$/.test(path);
const isSite = (path: string) => isCode(path) && ((path.startsWith('src/') && !path.startsWith('src/maqueta/')) || path === 'docusaurus.config.ts');
const isExternal = (specifier: string) => !/^(labs|src|docs|manifests|static)\//.test(specifier);
const isPackage = (name: string) => (specifier: string) => specifier === name || specifier.startsWith(`${name}/`);

const imports =
  (forbidden: (specifier: string, path: string) => boolean) =>
  ({ path, text }: SourceFile): string[] =>
    importsOf(path, text).filter((specifier) => forbidden(specifier, path));

const mentions =
  (pattern: RegExp) =>
  ({ text }: SourceFile): string[] =>
    [...codeOnly(text).matchAll(new RegExp(pattern, 'g'))].map((match) => match[0].trim());

const writes =
  (pattern: RegExp) =>
  ({ text }: SourceFile): string[] =>
    [...text.matchAll(new RegExp(pattern, 'g'))].map((match) => match[0].trim());

export const rules: readonly Rule[] = [
  {
    name: 'labs/engine no importa nada de fuera',
    appliesTo: (path) => inside('labs/engine/')(path) && !isTest(path),
    broken: imports((specifier) => !specifier.startsWith('labs/engine/')),
  },
  {
    // server-side apply llega en YAML, y en la página no hay quien lo lea: esa biblioteca, y solo donde se lee el cuerpo.
    name: 'src/maqueta no importa nada de fuera: ni Node, ni labs, ni el sitio, ni paquetes (salvo yaml en api/body.ts)',
    appliesTo: (path) => inside('src/maqueta/')(path) && !isTest(path),
    broken: imports((specifier, path) => !specifier.startsWith('src/maqueta/') && !(specifier === 'yaml' && path === 'src/maqueta/api/body.ts')),
  },
  {
    name: 'labs/engine y src/maqueta no se conocen, tampoco en sus pruebas',
    appliesTo: inside('labs/engine/', 'src/maqueta/'),
    broken: imports((specifier, path) => specifier.startsWith(path.startsWith('src/') ? 'labs/' : 'src/maqueta/')),
  },
  {
    name: 'src/maqueta no usa Node ni el DOM',
    appliesTo: (path) => inside('src/maqueta/')(path) && !isTest(path),
    // Los programas de la maqueta construyen su propio `process`: uno declarado en el archivo no es el de Node.
    broken: (file) =>
      mentions(/(?<![.\w$])(process|Buffer|__dirname|document|window|localStorage|navigator|console)(?=[.[(])/)(file).filter(
        (name) => !new RegExp(`\\b(const|let) ${name}\\b`).test(file.text),
      ),
  },
  {
    name: '@kubernetes/client-node, solo en labs/cluster',
    appliesTo: (path) => isCode(path) && !path.startsWith('labs/cluster/') && !isTest(path),
    broken: imports(isPackage('@kubernetes/client-node')),
  },
  {
    name: 'execa, solo en labs/cluster y labs/taller',
    appliesTo: (path) => isCode(path) && !path.startsWith('labs/cluster/') && !path.startsWith('labs/taller/'),
    broken: imports(isPackage('execa')),
  },
  {
    name: 'process y console, solo en labs/cli.ts, labs/dev y los adaptadores de labs/cluster y labs/taller (console, ni ahí)',
    appliesTo: (path) =>
      inside('labs/')(path) && path !== 'labs/cli.ts' && !path.startsWith('labs/dev/') && !isProbeScript(path) && !isFidelityOrder(path) && !isTest(path),
    broken: (file) => mentions(mayUseProcess(file.path) ? /(?<![.\w$])console(?=[.[])/ : /(?<![.\w$])(process|console)(?=[.[])/)(file),
  },
  {
    // Se monta en un ConfigMap: dentro del Pod no hay más que Node.
    name: 'labs/sonda/script, que corre dentro de un Pod, solo importa de Node, de su carpeta y los tipos de su resultado',
    appliesTo: (path) => isProbeScript(path) && !isTest(path),
    broken: imports(
      (specifier) => !specifier.startsWith('node:') && !specifier.startsWith('labs/sonda/script/') && specifier !== 'labs/engine/probe-result.ts',
    ),
  },
  {
    // Lo que hace falta para hablar con su aplicación va al lado de lab.ts, y ahí ve además los tipos con los que se escribe.
    name: 'un laboratorio solo importa labs/lab.ts, el vocabulario del motor y lo de su carpeta',
    appliesTo: (path) => isLab(path) && !isTest(path),
    broken: imports(
      (specifier, path) =>
        specifier !== 'labs/lab.ts' &&
        !specifier.startsWith(path.slice(0, path.lastIndexOf('/') + 1)) &&
        !/^labs\/engine\/([a-z]+-)?(checks|kinds|reading)\.ts$/.test(specifier) &&
        !(/^labs\/engine\/(check|ports)\.ts$/.test(specifier) && !path.endsWith('/lab.ts')),
    ),
  },
  {
    name: 'el sitio nunca importa labs/cluster ni labs/taller',
    appliesTo: isSite,
    broken: imports((specifier) => specifier.startsWith('labs/cluster/') || specifier.startsWith('labs/taller/')),
  },
  {
    name: 'labs/cluster no conoce las pantallas ni las órdenes',
    appliesTo: (path) => inside('labs/cluster/')(path) && !isTest(path),
    broken: imports((specifier) => specifier.startsWith('labs/ui/') || specifier.startsWith('labs/commands/')),
  },
  {
    name: 'labs/ui y labs/progress no conocen labs/cluster',
    appliesTo: (path) => inside('labs/ui/', 'labs/progress/')(path) && !isTest(path),
    broken: imports((specifier) => specifier.startsWith('labs/cluster/')),
  },
  {
    // Un método propio que se llame setTimeout, como el de una petición HTTP, no es el temporizador global.
    name: 'el motor y la maqueta no miran el reloj ni el azar de verdad',
    appliesTo: inside('labs/engine/', 'src/maqueta/'),
    broken: mentions(
      /(?<![.\w$])(Date\.now|setTimeout|setInterval|setImmediate|Math\.random|performance\.now)(?=\()(?!\([^()]*\)(: [\w<>[\]| ]+)? \{)|new Date\(\)/,
    ),
  },
  {
    name: 'sin any rendido: ni «as any» ni @ts-ignore',
    appliesTo: (path) => /\.(ts|tsx)$/.test(path),
    broken: (file) => [...mentions(/\bas any\b/)(file), ...writes(/@ts-(ignore|nocheck|expect-error)\b/)(file)],
  },
  {
    name: 'los import relativos llevan su extensión',
    appliesTo: (path) => inside('labs/')(path) || inside('src/maqueta/')(path),
    broken: imports((specifier) => !isExternal(specifier) && !/\.[a-z]+$/.test(specifier)),
  },
  {
    name: 'ningún archivo nombra rutas de una máquina ni anfitriones de registros',
    appliesTo: (path) => !path.includes('/fixtures/'),
    broken: (file) => [
      ...writes(/(?<![\w.~}/-])\/(work|root|home|Users)\/[a-z][\w.-]*|\bregistry\.npmjs\.org\b|\bproxy\.golang\.org\b|"resolved": "https?:[^"]*/)(file),
      // Los contenedores de la maqueta tienen su propio /tmp.
      ...(file.path.startsWith('src/maqueta/') ? [] : writes(/(?<![\w.~}/-])\/tmp\/[a-z][\w.-]*/)(file)),
    ],
  },
];

/** Las dos órdenes que CI lanza contra el taller: cada una es su propio programa. */
const isFidelityOrder = (path: string) => path === 'labs/fidelity/record.ts' || path === 'labs/fidelity/random.ts';

/** Los adaptadores hablan con el sistema; el resto de labs lo recibe como argumento. */
const mayUseProcess = (path: string) => path.startsWith('labs/cluster/') || path.startsWith('labs/taller/');

/** Donde se desactiva la comprobación TLS. Es una sola decisión: más de un archivo es que se ha escapado. */
export const filesThatSkipTls = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path, text }) => isCode(path) && !isTest(path) && /skipTLSVerify: true|rejectUnauthorized: false/.test(codeOnly(text)))
    .map(({ path }) => path);

/** «ruta: qué · regla», una línea por cruce. */
export const brokenRules = (files: readonly SourceFile[]): string[] =>
  files.flatMap((file) =>
    rules.filter((rule) => rule.appliesTo(file.path)).flatMap((rule) => rule.broken(file).map((what) => `${file.path}: ${what} · ${rule.name}`)),
  );
