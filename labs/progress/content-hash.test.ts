import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';

let root = '';
const write = (file: string, text: string) => writeFileSync(join(root, file), text);
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'huella-'));
  mkdirSync(join(root, 'labs/04-a/recordings'), { recursive: true });
  mkdirSync(join(root, 'manifests/04-a/reto'), { recursive: true });
  write('labs/04-a/lab.ts', 'uno\ndos\n');
  write('manifests/04-a/reto/web.yaml', 'kind: Pod\n');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('cambia con el laboratorio y con sus manifiestos; no con las grabaciones ni con los finales de línea', async () => {
  const first = await contentHash(root, '04-a');
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  write('labs/04-a/lab.ts', 'uno\r\ndos\r\n');
  write('labs/04-a/recordings/maqueta.json', '{}');
  expect(await contentHash(root, '04-a')).toBe(first);
  write('manifests/04-a/reto/web.yaml', 'kind: Service\n');
  const second = await contentHash(root, '04-a');
  expect(second).not.toBe(first);
  write('labs/04-a/lab.ts', 'otro');
  expect(await contentHash(root, '04-a')).not.toBe(second);
});
