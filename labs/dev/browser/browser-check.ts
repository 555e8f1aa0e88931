import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chapterChecks, everyPage, readableOnPaper, readableWithoutScript } from './chapter-checks.ts';
import { browserPath, hasBrowser, openBrowser } from './open-browser.ts';
import type { PageCheck } from './page-checks.ts';
import { serveBuild } from './serve-build.ts';

// Abre el sitio construido en un navegador de verdad y comprueba lo que el HTML no puede decir.
// node labs/dev/browser/browser-check.ts   (antes, npm run build)   CHROMIUM=/ruta para usar otro navegador

const root = join(import.meta.dirname, '../../..');
const build = join(root, 'build');

if (!existsSync(join(build, 'index.html'))) {
  console.error('No hay sitio construido en build/. Prueba:  npm run build');
  process.exit(3);
}
if (!hasBrowser()) {
  console.error(`No hay navegador en ${browserPath()}. Prueba:  apt-get install chromium   o   CHROMIUM=/ruta/al/ejecutable`);
  process.exit(3);
}

const documents = readdirSync(join(build, 'docs'), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [`/docs/${entry.name}/`] : []));
const chapters = documents.filter((path) => /^\/docs\/\d\d-/.test(path));
const site = await serveBuild(build);
const browser = await openBrowser();
const scriptless = await openBrowser({ javaScriptEnabled: false });
let passed = 0;
let failed = 0;
try {
  for (const check of allChecks()) {
    try {
      await check.run();
      passed += 1;
      console.log(`  ✔ ${check.title}`);
    } catch (error) {
      failed += 1;
      console.log(`  ✖ ${check.title}\n      ${error instanceof Error ? error.message : String(error)}`);
    }
  }
} finally {
  await browser.close();
  await scriptless.close();
  await site.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;

function allChecks(): PageCheck[] {
  const pages = ['/', ...documents];
  return [
    ...pages.flatMap((path) => (['light', 'dark'] as const).flatMap((scheme) => everyPage(browser.context, site.origin, path, scheme))),
    ...chapters.flatMap((path) => [
      ...chapterChecks(browser.context, site.origin, path),
      ...readableWithoutScript(scriptless.context, site.origin, path),
      readableOnPaper(browser.context, site.origin, path),
    ]),
  ];
}
