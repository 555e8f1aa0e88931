import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { captureCommand, replaceCapture } from './replace-capture.ts';

// Ejecuta la orden que README.md dice enseñar y pone en su sitio lo que salió: una captura no se escribe a mano.
// node labs/dev/capture/capture.ts

const root = join(import.meta.dirname, '../../..');
const path = join(root, 'README.md');
const readme = readFileSync(path, 'utf8');
const command = captureCommand(readme);
if (!command) throw new Error('README.md no dice qué orden enseñar.');

const { stdout, status } = spawnSync(command, { cwd: root, shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
if (status === 0) writeFileSync(path, replaceCapture(readme, stdout));
else console.error(`«${command}» ha salido con ${status}: README.md queda como estaba.`);
process.exitCode = status === 0 ? 0 : 1;
