import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dispatch } from '../commands/dispatch.ts';
import { explainError } from '../commands/explain-error.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import type { Environment } from '../environment.ts';
import { exitCodeOf } from '../exit-code.ts';
import { defineLab, type LabDefinition, step } from '../lab.ts';
import { parse, type TargetWord } from '../parse.ts';
import { createProgressStore } from '../progress/store.ts';
import { folderOf, type LabEntry } from '../registry.ts';
import { fakeTarget } from './fake-target.ts';
import { memoryScreen } from './memory-screen.ts';

/** Un laboratorio de dos pasos; el segundo pasa o no según `passes`. */
export const testLab = (passes: () => boolean = () => true): LabDefinition =>
  defineLab({
    id: '04',
    slug: 'prueba',
    title: 'Laboratorio de prueba',
    proves: 'Nada.',
    needs: {},
    images: [],
    steps: [
      step('uno', 'El primero pasa', async ({ note }) => note('visto: añádelo'), { points: 1, hints: ['¿Una?'] }),
      step(
        'dos',
        'El segundo depende',
        async ({ eventually }) => {
          await eventually(
            async () => passes(),
            { describe: 'que pase', test: (value) => (value ? { ok: true } : { ok: false, mismatch: { path: 'spec.pasa', expected: 'sí', found: 'no' } }) },
            { within: '2s' },
          );
        },
        { points: 2, hints: ['¿Primera?', '¿Segunda?'] },
      ),
    ],
    challenge: {
      title: 'Un reto de prueba',
      brief: 'Arregla web.yaml.',
      given: [],
      steps: [
        step(
          'arreglo',
          'Está arreglado',
          async ({ expect }) =>
            expect(passes(), {
              describe: 'arreglado',
              test: (value) => (value ? { ok: true } : { ok: false, mismatch: { path: 'x', expected: 'sí', found: 'no' } }),
            }),
          { points: 3, hints: ['¿Qué falta?'] },
        ),
      ],
      wrong: {},
    },
  });

export interface FakeOptions {
  lab?: LabDefinition;
  isTTY?: boolean;
  columns?: number;
  env?: Record<string, string>;
  /** Qué se abre con cada destino. Sin decirlo, no hay minikube y la maqueta está vacía. */
  open?(word: TargetWord): Promise<{ target: Target; instead?: string }>;
  /** Sin decirlo, ninguno. */
  manifests?: Environment['manifestsOf'];
  ask?: Environment['ask'];
  signal?: AbortSignal;
  kubectl?: string;
  /** El que está en marcha, como se presenta. */
  taller?: string;
}

/** Una carpeta de proyecto desechable y una función que hace lo que `npm run -s lab …`, sin proceso. */
export function fakeProject(defaults: FakeOptions = {}) {
  const root = mkdtempSync(join(tmpdir(), 'bitacora-'));
  mkdirSync(join(root, 'manifests/04-prueba/reto'), { recursive: true });
  writeFileSync(join(root, 'manifests/04-prueba/reto/web.yaml'), 'apiVersion: v1\n');
  let turn = 0;
  let spaces = 0;
  let now = Date.parse('2026-11-20T12:00:00Z');

  const lab = async (line: string, options: FakeOptions = {}) => {
    const merged = { ...defaults, ...options };
    const definition = merged.lab ?? testLab();
    for (const folder of [`labs/${folderOf(definition)}`, `manifests/${folderOf(definition)}`]) mkdirSync(join(root, folder), { recursive: true });
    const source = join(root, `labs/${folderOf(definition)}/lab.ts`);
    if (!existsSync(source)) writeFileSync(source, '// prueba');
    const entry: LabEntry = { id: definition.id, slug: definition.slug, title: definition.title, load: async () => definition };
    const request = parse(line === '' ? [] : line.split(' '), [entry]);
    const screen = memoryScreen({ isTTY: merged.isTTY ?? false, columns: merged.columns ?? 80, env: merged.env ?? {}, format: request.format });
    const environment: Environment = {
      root,
      labs: [entry],
      nodeVersion: 'v24.21.0',
      screen,
      progress: createProgressStore({ folder: join(root, '.bitacora'), now: Date.now, pause: async () => undefined, unique: () => `prueba-${turn++}` }),
      signal: merged.signal ?? new AbortController().signal,
      now: () => (now += 500),
      pause: async () => undefined,
      suffix: () => `x${String(++spaces).padStart(3, '0')}`,
      openTarget: merged.open ?? noMinikube,
      runningTaller: async () => merged.taller,
      manifestsOf: merged.manifests ?? (() => ({ read: async () => [], answers: async () => [] })),
      kubectlVersion: async () => merged.kubectl,
      ask: merged.ask,
      personal: () => [{ text: root, shown: '<proyecto>' }],
    };
    let exitCode: number;
    try {
      exitCode = exitCodeOf(await dispatch(request, environment));
    } catch (error) {
      const explained = explainError(error, request, screen);
      screen.err(`${explained.lines.join('\n')}\n`);
      exitCode = explained.exitCode;
    }
    return { exitCode, stdout: screen.visible(), stderr: screen.stderr(), raw: screen.stdout() };
  };
  return { root, lab };
}

const missing = new LabError('minikube no está instalado.', { code: 'ENVIRONMENT', fix: 'minikube start --keep-context' });

async function noMinikube(word: TargetWord): Promise<{ target: Target; instead?: string }> {
  if (word.kind === 'maqueta') return { target: fakeTarget() };
  if (word.kind === 'automatic') return { target: fakeTarget(), instead: missing.message };
  if (word.kind === 'taller') throw new LabError('El taller no está levantado.', { code: 'ENVIRONMENT', fix: 'npm run taller' });
  throw missing;
}
