import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.ts';
import { inlineScript, scriptParts } from './inline-script.ts';

const root = join(import.meta.dirname, '../..');
const parts = await Promise.all(scriptParts.map((path) => readFile(join(root, path), 'utf8')));
for (const [path, text] of Object.entries(generatedFiles(inlineScript(parts)))) await writeFile(join(root, path), text);
