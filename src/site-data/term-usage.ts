import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeMarkdownHeadingIds } from '@docusaurus/utils';
import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { termsUsed } from '../remark/term-links.ts';
import { terms } from '../terms/terms.ts';
import { readChapters } from './chapters.ts';
import type { TermUsage } from './lab-data.ts';

/** Qué capítulos usan cada término, leyendo su prosa. */
export function readTermUsage(root: string): TermUsage {
  const usage: TermUsage = Object.fromEntries(terms.map((term) => [term.id, []]));
  for (const { id, path, title } of readChapters(root)) {
    const tree = parseMdx(readFileSync(join(root, path, 'index.mdx'), 'utf8'));
    for (const term of termsUsed(tree, terms)) usage[term] = [...(usage[term] ?? []), { title: `${id} · ${title}`, path }];
  }
  return usage;
}

/** El mismo análisis que hace Docusaurus, sin sus complementos. */
export function parseMdx(source: string): Root {
  return unified().use(remarkParse).use(remarkFrontmatter).use(remarkDirective).use(remarkGfm).use(remarkMdx).parse(escapeMarkdownHeadingIds(source)) as Root;
}
