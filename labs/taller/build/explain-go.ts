import { statfs } from 'node:fs/promises';
import { LabError } from '../../engine/lab-error.ts';
import { installForC } from './require-libraries.ts';

interface Context {
  /** Lo que se compilaba: «Kubernetes 1.37.1». */
  title: string;
  /** Donde Go escribe: si falta sitio, una de estas es la que está llena. */
  folders: readonly string[];
}

/** Compilarlo todo desde cero, medido: la caché de compilación, los módulos y los ejecutables. */
const roomNeeded = '12 GB';

/** Causa y remedio de lo que quien lee puede arreglar. Se prueban en orden. */
const known: readonly [pattern: RegExp, cause: (title: string) => string, fix: string][] = [
  [
    /checksum mismatch|SECURITY ERROR/,
    (title) => `Un módulo de ${title} llegó distinto de como lo anota su go.sum: no se usa.`,
    'go clean -modcache   (y repite; si vuelve a pasar, mira quién hay detrás de: go env GOPROXY)',
  ],
  [
    /: (403 Forbidden|404 Not Found|410 Gone)|unknown revision|no matching versions/,
    (title) => `Quien sirve los módulos no tiene alguno de los de ${title}.`,
    'go env GOPROXY   (prueba con otro; el de Go es el que viene puesto)',
  ],
  [
    /x509: |certificate signed by unknown authority/,
    (title) => `El certificado de quien sirve los módulos de ${title} no es de fiar para Go.`,
    'go env GOPROXY   (en una red con inspección TLS, su certificado debe estar en el sistema: update-ca-certificates)',
  ],
  [
    /dial tcp|no such host|i\/o timeout|TLS handshake timeout|connection (refused|reset)|network is unreachable|proxyconnect|unexpected EOF|50[0-9] |GOPROXY list is not the empty string|module lookup disabled/,
    (title) => `No se han podido bajar los módulos de ${title}: no hay conexión con quien los sirve.`,
    'go env GOPROXY   (y repite la orden cuando responda; lo ya bajado no se baja otra vez)',
  ],
  [/(gcc|cc|clang)": executable file not found|C compiler ".*" not found/, (title) => `Falta el compilador de C, que ${title} necesita.`, installForC],
  [/fatal error: .*\.h: No such file or directory/, (title) => `Faltan las cabeceras de C que ${title} necesita.`, installForC],
  [
    /signal: killed|cannot allocate memory|out of memory/,
    (title) => `El sistema ha matado al compilador de ${title}: suele ser que falta memoria.`,
    'free -h   (hacen falta unos 4 GB libres; cierra algo y repite: lo ya compilado queda)',
  ],
  [
    /requires go >= |toolchain not available|go\.mod file indicates go/,
    (title) => `Este Go es demasiado viejo para ${title}.`,
    'go version   (y actualízalo: https://go.dev/doc/install)',
  ],
  [
    /permission denied|read-only file system/,
    (title) => `Go no puede escribir en sus carpetas al compilar ${title}.`,
    'go env GOCACHE GOMODCACHE   (y mira de quién son: ls -ld)',
  ],
  [
    /missing go\.sum entry|updates to go\.mod needed|go\.mod file not found|inconsistent vendoring/,
    (title) => `El go.mod de ${title} no casa con su código.`,
    'git status labs/taller/go   (y deshaz lo que no sea tuyo)',
  ],
];

/** Un fallo de Go convertido en qué pasó, dónde y qué orden pegar. */
export async function explainGo(output: string, { title, folders }: Context): Promise<LabError> {
  const said = meaningfulLines(output);
  if (/no space left on device|disk quota exceeded/.test(output)) {
    return new LabError(`No queda sitio en el disco al compilar ${title}. Desde cero hacen falta ${roomNeeded} entre todas las carpetas.`, {
      code: 'ENVIRONMENT',
      where: (await Promise.all([...new Set(folders)].map(freeIn))).join('; '),
      fix: 'libera sitio, o usa otro disco: XDG_CACHE_HOME=/otro/disco GOCACHE=/otro/disco/go npm run taller',
    });
  }
  const found = known.find(([pattern]) => pattern.test(output));
  return new LabError(found ? found[1](title) : `La compilación de ${title} falla.`, {
    code: 'ENVIRONMENT',
    ...(said.length > 0 ? { where: said.join(' · ') } : {}),
    fix: found?.[2] ?? 'go version && go clean -cache   (y repite la orden; si sigue, es un fallo nuestro)',
  });
}

/** Lo que no es «bajando» ni el nombre de un paquete que se compila: las cuatro últimas líneas, que son las del error. */
export const meaningfulLines = (output: string): string[] =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^go: downloading |^[\w.-]+(\/[\w.~-]+)*$/.test(line))
    .slice(-4);

async function freeIn(folder: string): Promise<string> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return `${folder} tiene ${((bavail * bsize) / 1e9).toFixed(1).replace('.', ',')} GB libres`;
  } catch {
    return `${folder} no se puede leer`;
  }
}
