import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** Ruta relativa a la raíz, con `/`. */
  path: string;
  text: string;
}

/** Los archivos del proyecto, los confirmados y los que aún no: lo que git no ignora. */
export function projectFiles(root: string): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  return listed
    .split('\0')
    .filter((path) => path !== '')
    .flatMap((path) => readText(root, path));
}

function readText(root: string, path: string): SourceFile[] {
  try {
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  } catch {
    return []; // Borrado y aún no confirmado, o un enlace que no lleva a un archivo.
  }
}
