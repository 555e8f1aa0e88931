import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ChapterData } from './lab-data.ts';

/** Capítulos escritos, por su número. El título y la pregunta salen de su cabecera. */
export function readChapters(root: string): ChapterData[] {
  return readdirSync(join(root, 'docs'))
    .filter((name) => /^\d\d-/.test(name) && existsSync(join(root, 'docs', name, 'index.mdx')))
    .sort()
    .map((name) => {
      const { title, pregunta } = frontMatter(readFileSync(join(root, 'docs', name, 'index.mdx'), 'utf8'));
      if (!title || !pregunta) throw new Error(`docs/${name}/index.mdx:1: la cabecera lleva title y pregunta`);
      return { id: name.slice(0, 2), path: `/docs/${name}/`, title, question: pregunta };
    });
}

function frontMatter(source: string): { title?: string; pregunta?: string } {
  const block = /^---\n([\s\S]*?)\n---/.exec(source)?.[1];
  return block ? (parse(block) as { title?: string; pregunta?: string }) : {};
}
