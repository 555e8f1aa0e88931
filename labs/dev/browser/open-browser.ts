import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

/** El de Debian; otro, con CHROMIUM=/ruta/al/ejecutable. */
const DEFAULT_EXECUTABLE = '/usr/bin/chromium';

// Callado: que toda petición que salga la haya hecho la página.
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const browserPath = (): string => process.env['CHROMIUM'] ?? DEFAULT_EXECUTABLE;
export const hasBrowser = (): boolean => existsSync(browserPath());

/** Un navegador con un perfil vacío que se borra al cerrar. */
export async function openBrowser(options: BrowserContextOptions = {}): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'bitacora-navegador-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath: browserPath(), headless: true, args: QUIET, locale: 'es-ES', ...options });
  return {
    context,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
