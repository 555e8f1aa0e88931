import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';

/** Una comprobación: no devuelve nada si se cumple y lanza una frase si no. */
export interface PageCheck {
  title: string;
  run(): Promise<void>;
}

export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Abre la página y apunta lo que escribe en la consola y lo que pide fuera de `origin`. */
export async function visit(
  context: BrowserContext,
  origin: string,
  path: string,
): Promise<{ page: Page; complaints: string[]; outside: string[]; bytes: () => number }> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const outside: string[] = [];
  let bytes = 0;
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) outside.push(url);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    void response.body().then(
      (body) => {
        bytes += body.length;
      },
      () => undefined,
    );
  });
  await page.goto(origin + path, { waitUntil: 'networkidle' });
  return { page, complaints, outside, bytes: () => bytes };
}

/** axe se inyecta en la página y no deja tipos en ella: lo que aquí se usa de él. */
interface InjectedAxe {
  axe: {
    run(
      where: Document,
      options: { resultTypes: string[] },
    ): Promise<{ violations: { id: string; impact: string; help: string; nodes: { target: string[] }[] }[] }>;
  };
}

let axeSource: Promise<string> | undefined;

/** Faltas graves y críticas según axe-core, con el elemento que falla. */
export async function seriousFaults(page: Page): Promise<string[]> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(await axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as InjectedAxe;
    return (await axe.run(document, { resultTypes: ['violations'] })).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes.length}; ${nodes
          .slice(0, 3)
          .map((node) => node.target.join(' '))
          .join(' | ')})`,
    );
}
