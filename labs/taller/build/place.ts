import path from 'node:path';
import { type Component, components } from './components.ts';

/** Lo que hay alrededor: las pruebas ponen otro. */
export interface Place {
  components: readonly Component[];
  /** Donde están las carpetas de Go del repositorio. */
  goFolder: string;
  env: Readonly<Record<string, string | undefined>>;
  platform: string;
}

export const realPlace = (): Place => ({
  components,
  goFolder: path.join(import.meta.dirname, '..', 'go'),
  env: process.env,
  platform: process.platform,
});

/**
 * El entorno con que se llama a Go. Se descartan GOFLAGS y GOWORK de la persona: cambiarían lo que sale sin cambiar la clave de la caché.
 * GOPROXY, GOSUMDB, GOTOOLCHAIN y sus excepciones se respetan: dicen por dónde y con qué garantías se baja.
 */
export const goEnvironment = (env: Place['env'], more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> => ({
  ...env,
  GOFLAGS: '',
  GOWORK: 'off',
  GO111MODULE: 'on',
  GOOS: 'linux',
  GOARCH: '',
  CGO_ENABLED: '0',
  // Los errores de gcc se reconocen por su texto.
  LC_ALL: 'C',
  ...more,
});
