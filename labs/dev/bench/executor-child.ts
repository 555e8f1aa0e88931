import { randomInt } from 'node:crypto';
import path from 'node:path';
import { cleanUp } from '../../cluster/cleanup.ts';
import { readManifestFile } from '../../cluster/manifests.ts';
import { openTallerTarget } from '../../cluster/taller-target.ts';
import { recordLab } from '../../recording/record.ts';
import { folderOf, labs } from '../../registry.ts';
import { spaceSuffix } from '../../space-suffix.ts';
import { tallerCache } from '../../taller/cache.ts';
import { meterTarget } from './meter.ts';

// El laboratorio 04 en el taller, con un cronómetro delante. Escribe una línea al acabar, y después limpia.

const root = path.join(import.meta.dirname, '../../..');
const entry = labs.find(({ id }) => id === '04');
if (!entry) throw new Error('No hay laboratorio 04');
const lab = await entry.load();
const folder = folderOf(entry);
const suffix = spaceSuffix(randomInt);
const target = await openTallerTarget(tallerCache(process.env));
const { signal } = new AbortController();
const meter = meterTarget(target, () => performance.now());
try {
  const { events } = await recordLab({
    lab,
    target: meter.target,
    manifests: { read: (file) => readManifestFile(root, `manifests/${folder}/${file}`), answers: async () => [] },
    content: '',
    suffix,
    signal,
    now: Date.now,
    versions: {},
  });
  const ended = events.findLast((event) => event.kind === 'labEnded');
  console.log(JSON.stringify({ outcome: ended?.outcome, clusterTime: meter.clusterTime() }));
} finally {
  await cleanUp(target, { lab: lab.id, signal, only: [`lab-${lab.id}-${suffix}`] });
  await target.close();
}
