import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Component } from './components.ts';
import type { Toolchain } from './toolchain.ts';

/** Sube cuando cambie cómo se compila (las banderas de compile.ts): lo guardado deja de valer. */
const recipe = 1;

/** Resume todo lo que cambia el ejecutable: lo mismo da siempre la misma clave. */
export async function keyOf(component: Component, toolchain: Toolchain, goFolder: string): Promise<string> {
  const { name, version, source, packages, isTest, usesC, set, tags = [] } = component;
  const code = 'module' in source ? source.sum : await sourcesHash(path.join(goFolder, source.folder), packages.includes('.'));
  const parts = { recipe, name, version, code, packages, isTest, usesC, set, tags, go: toolchain.version, target: toolchain.target };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** De un paquete ajeno que se compila desde nuestro módulo solo importan go.mod y go.sum. */
async function sourcesHash(folder: string, isOurs: boolean): Promise<string> {
  const hash = createHash('sha256');
  for (const file of isOurs ? await sourcesIn(folder) : ['go.mod', 'go.sum']) {
    hash
      .update(`${file}\0`)
      .update(await readFile(path.join(folder, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('_test.go'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
