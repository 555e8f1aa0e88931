import type { SourceFile } from '../import-rules/project-files.ts';

/** Lo que a un laboratorio le queda por escribir: cada «FALTA:» de la plantilla y cada pieza que no está. */
export function unfinished(folder: string, files: readonly SourceFile[]): string[] {
  const own = files.filter(({ path }) => new RegExp(`^(labs|manifests|docs)/${folder}/`).test(path));
  return [
    ...missingPieces(
      folder,
      own.map(({ path }) => path),
    ),
    ...own.flatMap(markers),
  ];
}

function missingPieces(folder: string, paths: readonly string[]): string[] {
  const has = (start: string) => paths.some((path) => path.startsWith(start));
  const wrong = new Set(paths.map((path) => path.match(/\/wrong\/([^/]+)\//)?.[1]).filter(Boolean));
  return [
    ...(has(`docs/${folder}/`) ? [] : [`docs/${folder}/index.mdx: FALTA: el capítulo`]),
    ...(has(`manifests/${folder}/reto/`) ? [] : [`manifests/${folder}/reto/: FALTA: el punto de partida del reto`]),
    ...(has(`manifests/${folder}/solution/`) ? [] : [`manifests/${folder}/solution/: FALTA: la solución`]),
    ...(wrong.size >= 2 ? [] : [`manifests/${folder}/wrong/: FALTA: al menos dos soluciones erróneas (hay ${wrong.size})`]),
    ...(has(`labs/${folder}/recordings/`) ? [] : [`labs/${folder}/recordings/: FALTA: la grabación; se hace con npm run grabar ${folder.slice(0, 2)}`]),
  ];
}

const markers = ({ path, text }: SourceFile): string[] =>
  text.split('\n').flatMap((line, index) => {
    const found = line.match(/FALTA: ([^'"]*)/);
    return found ? [`${path}:${index + 1}: FALTA: ${found[1]?.trim()}`] : [];
  });
