import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastWords, runNode } from './child.ts';
import type { Measure, Missing, Reading } from './measure.ts';
import { weighPage } from './page-weight.ts';
import { summarize } from './statistics.ts';

const docusaurus = 'node_modules/@docusaurus/core/bin/docusaurus.mjs';
const chapter = 'mundo-real';
/** Sin nada guardado y con la máquina ocupada pasa de los dos minutos. */
const patience = 600_000;

/** Construye el sitio en una carpeta que luego se borra y pesa la página del capítulo 04. Una vez: tarda. */
export const site: Measure = {
  id: 'sitio',
  title: 'construcción del sitio y peso de la página del capítulo 04',
  async run({ root, report }) {
    if (!existsSync(join(root, docusaurus))) return [{ id: 'sitio', title: 'construcción del sitio', reason: 'Docusaurus no está instalado' }];
    const target = mkdtempSync(join(tmpdir(), 'bitacora-sitio-'));
    try {
      report('construcción del sitio');
      const run = await runNode([docusaurus, 'build', '--out-dir', target], root, patience);
      if (run.exitCode !== 0) return [{ id: 'sitio', title: 'construcción del sitio', reason: lastWords(run, root) }];
      const build: Reading = { id: 'sitio', title: 'construcción del sitio', unit: 'ms', samples: summarize([run.total]) };
      return [build, weigh(target)];
    } finally {
      rmSync(target, { recursive: true, force: true });
    }
  },
};

function weigh(build: string): Reading | Missing {
  const id = 'pagina-04';
  const title = 'JS comprimido de la página del capítulo 04';
  try {
    const { kilobytes } = weighPage(build, chapter);
    return { id, title, unit: 'kB', samples: summarize([kilobytes]) };
  } catch (error) {
    return { id, title, reason: error instanceof Error ? error.message : String(error) };
  }
}
