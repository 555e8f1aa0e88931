import { posix } from 'node:path';

/**
 * Lo que importa un archivo: `import`, `export … from`, `import()` y `import('…')` en un tipo. Lo relativo sale como
 * ruta desde la raíz (`labs/engine/wait.ts`) y `@site/…` también; lo demás, tal cual (`node:fs`, `execa`).
 */
export function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(/(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"])([^'"\n]+)\1/g)].map((match) => match[2] ?? '');
  return found.map((specifier) => {
    if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier.replace(/[?].*$/, ''));
    return specifier.replace(/^@site\//, '');
  });
}
