import { join } from 'node:path';
import type { LoadContext, Plugin } from '@docusaurus/types';
import { readChapters } from './chapters.ts';
import type { LabData, SiteData, TermUsage } from './lab-data.ts';
import { labFolders, loadLab } from './load-lab.ts';
import { contrastFile, readProbeData } from './probe-data.ts';
import { readTermUsage } from './term-usage.ts';

interface Content {
  labs: LabData[];
  usage: TermUsage;
  site: SiteData;
  probe: ReturnType<typeof readProbeData>;
}

/**
 * Convierte laboratorios, grabaciones y capítulos en los JSON que los componentes importan.
 * Cada laboratorio va en el suyo para que solo lo descargue su página.
 */
export function siteDataPlugin({ siteDir, generatedFilesDir }: LoadContext): Plugin<Content> {
  return {
    name: 'bitacora-datos',
    getPathsToWatch: () =>
      ['labs/*/lab.ts', 'labs/*/recordings/*.json', 'manifests/*/*.yaml', 'docs/*/index.mdx', contrastFile].map((pattern) => join(siteDir, pattern)),
    async loadContent() {
      const labs = await Promise.all(labFolders(siteDir).map((folder) => loadLab(siteDir, folder)));
      const silent = labs.filter((lab) => !lab.recording).map((lab) => `labs/${lab.id}-${lab.slug}/recordings/maqueta.json`);
      if (silent.length && process.env.NODE_ENV === 'production') {
        throw new Error(`Faltan grabaciones: ${silent.join(', ')}. La página solo enseña lo que salió de verdad: grábalas antes de construir.`);
      }
      return { labs, usage: readTermUsage(siteDir), site: { chapters: readChapters(siteDir) }, probe: readProbeData(siteDir) };
    },
    async contentLoaded({ content, actions }) {
      await Promise.all(content.labs.map((lab) => actions.createData(`lab-${lab.id}.json`, JSON.stringify(lab))));
      await Promise.all(Object.entries(content.probe).map(([name, measured]) => actions.createData(name, JSON.stringify(measured))));
      await actions.createData('terms.json', JSON.stringify(content.usage));
      actions.setGlobalData(content.site);
    },
    configureWebpack: (_, isServer) => ({
      // Docusaurus mete en un mismo trozo, que pide toda página, lo que comparten dos trozos cualesquiera: también mermaid.
      // Sin nombre, cada página pide solo lo compartido que usa.
      ...(isServer ? {} : { optimization: { splitChunks: { cacheGroups: { common: { name: false } } } } }),
      module: {
        rules: [
          {
            test: /\.mdx$/,
            enforce: 'pre',
            // Docusaurus mira `include` en toda regla de .mdx para saber quién se ocupa de cada carpeta: no puede faltar.
            include: [join(siteDir, 'docs')],
            use: [{ loader: join(siteDir, 'src/remark/watch-includes-loader.ts'), options: { root: siteDir } }],
          },
          // El proyecto es `"type": "module"`, pero las rutas que genera Docusaurus usan require.resolveWeak, de CommonJS.
          { test: /\.js$/, include: [generatedFilesDir], type: 'javascript/auto' },
        ],
      },
    }),
  };
}
