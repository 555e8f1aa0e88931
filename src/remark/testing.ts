import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { VFile } from 'vfile';

/** Un proyecto de mentira en una carpeta nueva. */
export function projectWith(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'bitacora-remark-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** MDX de entrada → MDX de salida, como si el capítulo fuera `docs/99-prueba/index.mdx`. */
export async function transform(root: string, source: string, plugin: (tree: Root, file: VFile) => void): Promise<string> {
  const processor = unified()
    .use(remarkParse)
    .use(remarkDirective)
    .use(remarkMdx, { quoteSmart: true })
    .use(() => plugin)
    .use(remarkStringify);
  return String(await processor.process({ path: join(root, 'docs/99-prueba/index.mdx'), value: source })).trim();
}
