import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from '@docusaurus/preset-classic';
import type { Config, PluginModule } from '@docusaurus/types';
import { darkInks, lightInks } from './src/css/prism-themes.ts';
import { diagram } from './src/remark/diagram.ts';
import { include } from './src/remark/include.ts';
import { labData } from './src/remark/lab-data.ts';
import { looseCode } from './src/remark/loose-code.ts';
import { termLinks } from './src/remark/term-links.ts';
import { labFolders } from './src/site-data/load-lab.ts';
import { siteDataPlugin } from './src/site-data/site-data-plugin.ts';
import { terms } from './src/terms/terms.ts';

// jiti, con el que Docusaurus lee este archivo, no conoce import.meta.dirname.
const root = dirname(fileURLToPath(import.meta.url));

export default {
  title: 'Bitácora',
  tagline: 'Kubernetes con estado, visto con experimentos que se ejecutan',
  favicon: 'img/favicon.svg',
  // Solo sirven para las direcciones canónicas: el sitio no depende de dónde se publique.
  url: process.env.SITIO_URL ?? 'http://localhost:3000',
  baseUrl: process.env.SITIO_BASE ?? '/',
  trailingSlash: true,
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  onDuplicateRoutes: 'throw',
  i18n: { defaultLocale: 'es', locales: ['es'], path: 'src/i18n' },
  markdown: {
    format: 'mdx',
    // Sin esto, `<!-- -->` y los `{#id}` a la antigua se aceptarían en silencio.
    mdx1Compat: { comments: false, admonitions: false, headingIds: true },
    emoji: false,
    hooks: { onBrokenMarkdownLinks: 'throw', onBrokenMarkdownImages: 'throw' },
  },
  // Antes de pintar: con esto las pestañas salen ya plegadas y, sin JavaScript, todo seguido.
  headTags: [{ tagName: 'script', attributes: {}, innerHTML: "document.documentElement.dataset.js=''" }],
  presets: [
    [
      'classic',
      {
        docs: {
          path: 'docs',
          routeBasePath: 'docs',
          sidebarPath: './src/sidebars.ts',
          // El número se queda en la dirección: /docs/04-mundo-real/
          numberPrefixParser: false,
          breadcrumbs: false,
          beforeDefaultRemarkPlugins: [
            [looseCode, { root }],
            [diagram, { root }],
            [include, { root }],
            [labData, { root, labs: () => labFolders(root).map((folder) => folder.slice(0, 2)) }],
          ],
          remarkPlugins: [[termLinks, { terms, root }]],
        },
        blog: false,
        sitemap: false,
        theme: { customCss: './src/css/custom.css' },
      } satisfies Options,
    ],
  ],
  plugins: [siteDataPlugin as PluginModule],
  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    prism: { theme: lightInks, darkTheme: darkInks },
    navbar: {
      title: 'Bitácora',
      logo: { alt: '', src: 'img/logo.svg', srcDark: 'img/logo-dark.svg', width: 28, height: 28 },
      items: [
        { type: 'docSidebar', sidebarId: 'bitacora', label: 'Capítulos', position: 'left' },
        { to: '/docs/terminos/', label: 'Glosario', position: 'left' },
      ],
    },
    tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    footer: {
      copyright: 'Bitácora: Kubernetes con estado. Lo que sale en pantalla se ejecutó y se grabó; nada está escrito a mano.',
    },
  },
} satisfies Config;
