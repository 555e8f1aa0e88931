import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Progress } from '../../progress.ts';
import type { Component, Group } from '../components.ts';
import { type Binaries, ensureBinaries } from '../ensure-binaries.ts';
import type { Place } from '../place.ts';

/** Qué hará el `go` de mentira. */
interface Plan {
  version?: string;
  toolchain?: string;
  sum?: string;
  /** La orden que falla (`build`, `mod`, `list`, `env`) y lo que dice en stderr. */
  fails?: string;
  says?: string;
  /** Segundos que tarda en compilar. */
  takes?: string;
}

const usual: Required<Plan> = { version: 'go1.26.8', toolchain: 'auto', sum: 'h1:uno=', fails: '', says: '', takes: '' };

const one: Component = {
  name: 'uno',
  title: 'Uno',
  version: '1.0.0',
  group: 'cluster',
  license: 'Apache-2.0',
  source: { module: 'example.com/uno', sum: 'h1:uno=' },
  packages: ['./cmd/uno', './cmd/otro'],
  into: 'cosas',
};

const two: Component = { ...one, name: 'dos', title: 'Dos', version: '2.0.0', source: { folder: 'dos' }, packages: ['.'], into: '', aliases: ['segundo'] };

const withC: Component = {
  ...two,
  name: 'conc',
  title: 'ConC',
  group: 'kwok',
  source: { folder: 'conc' },
  usesC: true,
  aliases: [],
  library: { name: 'libseccomp', without: 'nada filtraría' },
  tags: ['seccomp'],
};

export interface Workshop {
  root: string;
  bin: string;
  place: Place;
  /** Lo que ha contado, en orden. */
  progress: Progress[];
  plan(change: Plan): void;
  program(name: string, script: string): void;
  calls(): string[];
  ensure(options?: { groups?: readonly Group[]; signal?: AbortSignal; place?: Place }): Promise<Binaries>;
  /** Qué hay en `bin`, sin las claves, que en una prueba no dicen nada. */
  entries(): string[];
  /** La carpeta de una pieza. */
  entry(name: string): string;
  remove(): void;
}

/** Un taller de juguete: dos piezas, un `go` de mentira en un PATH que solo tiene eso, y todo en una carpeta temporal. */
export function createWorkshop(): Workshop {
  const root = mkdtempSync(path.join(tmpdir(), 'binarios-'));
  const tools = path.join(root, 'path');
  const bin = path.join(root, 'cache', 'bin');
  for (const folder of ['path', 'modulo-uno', 'go/hyper', 'go/dos', 'go/conc']) mkdirSync(path.join(root, folder), { recursive: true });
  for (const folder of ['hyper', 'dos', 'conc']) {
    writeFileSync(path.join(root, 'go', folder, 'go.mod'), 'module ejemplo\n\ngo 1.26.0\n');
    writeFileSync(path.join(root, 'go', folder, 'main.go'), 'package main\n');
  }
  const program = (name: string, script: string) => writeFileSync(path.join(tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const plan = (change: Plan) => {
    const lines = Object.entries({ ...usual, ...change }).map(
      ([name, value]) => `${name}='${value}'
`,
    );
    writeFileSync(path.join(root, 'plan.sh'), lines.join(''));
  };
  const calls = path.join(root, 'llamadas.log');
  const place: Place = { components: [one, two, withC], goFolder: path.join(root, 'go'), env: { PATH: tools }, platform: 'linux' };
  const progress: Progress[] = [];
  plan({});
  program('go', `exec /bin/sh "${path.join(import.meta.dirname, 'fake-go.sh')}" "${root}" "$@"`);
  program('pkg-config', 'exit 0');
  program('gcc', 'exit 0');
  return {
    root,
    bin,
    place,
    progress,
    plan,
    program,
    calls() {
      const text = readFileSync(calls, 'utf8');
      writeFileSync(calls, '');
      return text.trim().split('\n');
    },
    ensure: ({ groups = ['cluster'] as const, signal = new AbortController().signal, place: other = place } = {}) =>
      ensureBinaries({ cacheDir: path.join(root, 'cache'), groups, onProgress: (step) => progress.push(step), signal }, other),
    entries: () =>
      readdirSync(bin)
        .map((name) => name.replace(/-[0-9a-f]{16}$/, ''))
        .sort(),
    entry: (name) => path.join(bin, readdirSync(bin).find((found) => found.startsWith(`${name}-`)) ?? ''),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
