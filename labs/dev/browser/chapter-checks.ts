import type { BrowserContext, Page } from 'playwright-core';
import { demand, type PageCheck, seriousFaults, visit } from './page-checks.ts';

type Scheme = 'light' | 'dark';

const tablist = '[role=tablist]';
const selectedTab = async (page: Page): Promise<string> => (await page.locator(`${tablist} [aria-selected=true]`).first().textContent()) ?? '';
const visiblePanels = (page: Page): Promise<number> => page.locator('[role=tabpanel]:visible').count();

/**
 * Toda página: carga sin quejas, sin salir de casa y sin faltas de accesibilidad. Se abre una vez y se mira en este orden: primero lo que
 * estropearía tocarla, al final axe, que despliega todo y la cierra.
 */
export function everyPage(context: BrowserContext, origin: string, path: string, scheme: Scheme): PageCheck[] {
  const name = `${path} (${scheme === 'dark' ? 'oscuro' : 'claro'})`;
  let opened: ReturnType<typeof open> | undefined;
  const visited = () => (opened ??= open(context, origin, path, scheme));
  return [
    {
      title: `${name}: sin errores de consola ni peticiones fuera de 127.0.0.1`,
      async run() {
        const { complaints, outside } = await visited();
        demand(complaints.length === 0, `la consola dice: ${complaints.join(' · ')}`);
        demand(outside.length === 0, `ha pedido ${outside.join(', ')}`);
      },
    },
    {
      title: `${name}: en español, con un solo h1, y el primer tabulador salta al contenido`,
      async run() {
        const { page } = await visited();
        demand((await page.locator('html').getAttribute('lang')) === 'es', 'la página no dice que está en español');
        demand((await page.locator('h1').count()) === 1, `hay ${await page.locator('h1').count()} h1`);
        await page.keyboard.press('Tab');
        const first = await page.evaluate(() => document.activeElement?.textContent ?? '');
        demand(first === 'Saltar al contenido principal', `el primer tabulador va a «${first}»`);
      },
    },
    {
      title: `${name}: cabe a 360 px de ancho`,
      async run() {
        const { page } = await visited();
        const usual = page.viewportSize();
        await page.setViewportSize({ width: 360, height: 740 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (usual) await page.setViewportSize(usual);
        demand(overflow <= 0, `se sale ${overflow} px por la derecha`);
      },
    },
    {
      title: `${name}: axe no encuentra faltas graves`,
      async run() {
        const { page } = await visited();
        const closed = await seriousFaults(page);
        // Lo plegado también se lee: se abre todo y se mira otra vez.
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) {
            details.removeAttribute('name');
            details.open = true;
          }
          // Sin esta marca las pestañas se despliegan: se miran también los paneles que no estaban elegidos.
          delete document.documentElement.dataset['js'];
        });
        const unfolded = await seriousFaults(page);
        await page.close();
        const faults = [...new Set([...closed, ...unfolded])];
        demand(faults.length === 0, faults.join('\n      '));
      },
    },
  ];
}

/** Lo que solo tiene un capítulo: pestañas, copiar, diagrama, línea de tiempo, pistas. */
export function chapterChecks(context: BrowserContext, origin: string, path: string): PageCheck[] {
  return [
    {
      title: `${path}: las pestañas se recorren con el teclado y se recuerda la elegida`,
      async run() {
        const { page } = await open(context, origin, path, 'light');
        const first = await selectedTab(page);
        await page.locator(`${tablist} [aria-selected=true]`).first().focus();
        await page.keyboard.press('ArrowRight');
        const second = await selectedTab(page);
        demand(second !== first, 'la flecha derecha no cambia de pestaña');
        demand((await page.evaluate(() => document.activeElement?.textContent)) === second, 'el foco no sigue a la pestaña');
        demand((await visiblePanels(page)) === 1, 'no se ve exactamente un panel');
        await page.keyboard.press('End');
        await page.keyboard.press('ArrowRight');
        demand((await selectedTab(page)) === first, 'desde la última, la flecha derecha no vuelve a la primera');
        await page.keyboard.press('ArrowLeft');
        const last = await selectedTab(page);
        await page.reload({ waitUntil: 'networkidle' });
        const remembered = await selectedTab(page);
        await page.keyboard.press('Home');
        await page.evaluate(() => localStorage.clear());
        await page.close();
        demand(remembered === last, `tras recargar está en «${remembered}» y se dejó en «${last}»`);
      },
    },
    {
      title: `${path}: Copiar deja la orden exacta en el portapapeles y lo anuncia`,
      async run() {
        await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
        const { page } = await open(context, origin, path, 'light');
        const button = page.getByRole('button', { name: /^Copiar: npm run -s lab/ }).first();
        await button.focus();
        await page.keyboard.press('Enter');
        await page.locator('[role=status]', { hasText: 'Copiado' }).first().waitFor({ state: 'attached', timeout: 2000 });
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        await page.close();
        demand(/^npm run -s lab \d\d$/.test(copied), `en el portapapeles hay «${copied}»`);
      },
    },
    {
      title: `${path}: copiar un archivo con tildes no las estropea ni copia los números de línea`,
      async run() {
        await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
        const { page } = await open(context, origin, path, 'light');
        const buttons = page
          .locator('figure:has(pre):visible')
          .filter({ hasText: /[áéíóúñ]/ })
          .getByRole('button', { name: /^Copiar/ });
        await buttons.first().click();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        await page.close();
        demand(/[áéíóúñ]/.test(copied), 'el texto copiado ha perdido las tildes');
        demand(!/^\s*\d+\s+\S/m.test(copied), 'el texto copiado lleva números de línea');
      },
    },
    {
      title: `${path}: el diagrama se dibuja, con título y descripción, en claro y en oscuro`,
      async run() {
        const { page } = await open(context, origin, path, 'light');
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.evaluate((theme) => document.documentElement.setAttribute('data-theme', theme), scheme);
          // Se dibuja al acercarse: se baja hasta él como haría quien lee.
          await page.locator('[data-diagrama]').first().scrollIntoViewIfNeeded();
          // Al cambiar de tema se vuelve a dibujar: se espera al dibujo acabado, no al primero que asome.
          const drawn = await page
            .waitForFunction(
              () => {
                const svg = document.querySelector('figure .mermaid[data-processed] svg');
                const box = svg?.getBoundingClientRect();
                return box && box.width > 50 && box.height > 30 && svg?.querySelector('title') && svg.querySelector('desc');
              },
              undefined,
              { timeout: 15_000 },
            )
            .then(
              () => true,
              () => false,
            );
          demand(drawn, `en ${scheme} el diagrama no se dibuja con su title y su desc`);
          demand((await page.locator('figure .mermaid').filter({ hasText: 'Syntax error' }).count()) === 0, 'mermaid no entiende un diagrama');
        }
        await page.close();
      },
    },
    {
      title: `${path}: la línea de tiempo avanza y dice el estado con palabras`,
      async run() {
        const { page } = await open(context, origin, path, 'light');
        await page.getByRole('tab', { name: 'Línea de tiempo' }).click();
        const now = page.locator('[role=tabpanel]:visible [role=status]').first();
        const before = await now.textContent();
        await page.getByRole('button', { name: 'Siguiente', exact: true }).first().click();
        const after = await now.textContent();
        await page.evaluate(() => localStorage.clear());
        await page.close();
        demand(before !== after, 'Siguiente no cambia el suceso');
        demand(/empieza|esperando|visto|hecho|todavía no/.test(after ?? ''), `el estado no se dice con palabras: «${after}»`);
      },
    },
    {
      title: `${path}: la pista y la solución nunca están abiertas a la vez`,
      async run() {
        const { page } = await open(context, origin, path, 'light');
        const names = await page.locator('details[name]').evaluateAll((all) => all.map((each) => each.getAttribute('name')));
        const shared = names.find((name, index) => names.indexOf(name) !== index);
        const group = page.locator(`details[name="${shared}"]`);
        demand((await group.count()) >= 2, 'no hay una pista y su solución');
        await group.nth(0).locator('summary').click();
        await group.last().locator('summary').click();
        const open_ = await group.evaluateAll((all) => all.filter((each) => (each as HTMLDetailsElement).open).length);
        await page.close();
        demand(open_ === 1, `hay ${open_} abiertas`);
      },
    },
    {
      title: `${path}: cada salida grabada dice de dónde salió y cuándo`,
      async run() {
        const { page } = await open(context, origin, path, 'light');
        const text = (await page.locator('main').textContent()) ?? '';
        await page.close();
        demand(/Grabado en (la maqueta|minikube|el taller).*\d{4}/.test(text), 'ningún rótulo de grabación');
      },
    },
  ];
}

/** Sin JavaScript y al imprimir, todo seguido: nada escondido tras una pestaña. */
export function readableWithoutScript(context: BrowserContext, origin: string, path: string): PageCheck[] {
  return [
    {
      title: `${path}: sin JavaScript se leen todas las pestañas y el diagrama, con palabras`,
      async run() {
        const { page } = await visit(context, origin, path);
        const panels = await page.locator('[role=tabpanel]').count();
        const visible = await visiblePanels(page);
        const titles = await page.locator('[role=tabpanel] h3:visible').count();
        const words = await page.locator('[data-diagrama] > p:visible').count();
        await page.close();
        demand(panels > 1 && visible === panels, `se ven ${visible} de ${panels} paneles`);
        demand(titles >= panels, `solo ${titles} paneles llevan título`);
        demand(words > 0, 'no se lee la descripción del diagrama');
      },
    },
  ];
}

export function readableOnPaper(context: BrowserContext, origin: string, path: string): PageCheck {
  return {
    title: `${path}: al imprimir se ven todas las pestañas`,
    async run() {
      const { page } = await open(context, origin, path, 'light');
      await page.emulateMedia({ media: 'print' });
      const panels = await page.locator('[role=tabpanel]').count();
      const visible = await visiblePanels(page);
      await page.close();
      demand(panels > 1 && visible === panels, `se imprimen ${visible} de ${panels} paneles`);
    },
  };
}

async function open(context: BrowserContext, origin: string, path: string, scheme: Scheme) {
  const visited = await visit(context, origin, path);
  await visited.page.emulateMedia({ colorScheme: scheme });
  await visited.page.evaluate((theme) => {
    localStorage.setItem('theme', theme);
  }, scheme);
  await visited.page.reload({ waitUntil: 'networkidle' });
  const theme = await visited.page.locator('html').getAttribute('data-theme');
  demand(theme === scheme, `se pidió el tema ${scheme} y la página está en ${theme}`);
  return visited;
}
