import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Machine } from './check-machine.ts';
import { checkImages } from './ensure-images.ts';

const poor: Machine = { platform: 'linux', uid: 0, has: async (program) => program !== 'debootstrap', freeBytes: async () => 50e9 };

const emptyCache = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'imagenes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

test('antes de compilar se dice qué programa falta para las imágenes', async () => {
  await expect(checkImages(['mariadb:11.8'], emptyCache(), poor)).rejects.toThrow('Para hacer las imágenes falta debootstrap.');
});

test('a la que no lo usa no le hace falta', async () => {
  await expect(checkImages(['node:24.21-alpine'], emptyCache(), poor)).resolves.toBeUndefined();
});

test('una imagen sin receta se rechaza antes de compilar nada', async () => {
  await expect(checkImages(['redis:8'], emptyCache(), poor)).rejects.toThrow('redis:8');
});
