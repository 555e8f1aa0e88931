import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SidebarsConfig } from '@docusaurus/plugin-content-docs';
import { readChapters } from './site-data/chapters.ts';

const chapters = readChapters(join(dirname(fileURLToPath(import.meta.url)), '..'));

export default {
  bitacora: [
    { type: 'category', label: 'Capítulos', collapsible: false, items: chapters.map(({ path }) => `${path.slice('/docs/'.length)}index`) },
    // Cómo se sabe que lo que cuentan los capítulos es verdad.
    { type: 'category', label: 'Cómo lo comprobamos', collapsible: false, items: ['sonda', 'taller', 'conformidad', 'lo-que-no-imita'] },
    { type: 'doc', id: 'terminos', label: 'Glosario' },
  ],
} satisfies SidebarsConfig;
