import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContrastRecording } from '../../labs/sonda/contrast/recording.ts';
import type { ProbeRecording } from '../../labs/sonda/probe-recording.ts';

/** Dónde están las medidas de la sonda que no son de ningún laboratorio, y cómo se llama lo que la página importa. */
export const measuresFolder = 'labs/sonda/recordings';
export const contrastFile = 'labs/sonda/contrast/contrast.json';
export const contrastData = 'sonda-contraste.json';
export const measureData = (name: string): string => `sonda-medida-${name}.json`;

/** Nombre de lo que se importa → lo medido. Cada uno va en el suyo: solo lo descarga la página que lo enseña. */
export function readProbeData(root: string): Record<string, ProbeRecording | ContrastRecording> {
  const read = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
  const names = existsSync(join(root, measuresFolder)) ? readdirSync(join(root, measuresFolder)).filter((name) => name.endsWith('.json')) : [];
  return {
    ...Object.fromEntries(names.map((name) => [measureData(name.slice(0, -'.json'.length)), read<ProbeRecording>(`${measuresFolder}/${name}`)])),
    ...(existsSync(join(root, contrastFile)) ? { [contrastData]: read<ContrastRecording>(contrastFile) } : {}),
  };
}
