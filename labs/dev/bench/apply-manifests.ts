import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type KubeObject, keyOf } from '../../../src/maqueta/object.ts';
import { resources } from '../../../src/maqueta/schema/resources.generated.ts';
import type { World } from '../../../src/maqueta/world.ts';

/** Crea en `default` lo que dicen esos archivos de manifests/, sin pasar por HTTP. */
export function applyManifests(world: World, root: string, files: readonly string[], change: (object: KubeObject) => KubeObject = (object) => object): void {
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(join(root, 'manifests', file), 'utf8'))) {
      const object = document.toJS() as KubeObject;
      world.registry.create(keyFor(object), change({ ...object, metadata: { namespace: 'default', ...object.metadata } }));
    }
  }
}

function keyFor({ apiVersion, kind }: KubeObject): string {
  const found = resources.find(
    (resource) => resource.kind === kind && apiVersion === (resource.group ? `${resource.group}/${resource.version}` : resource.version),
  );
  if (!found) throw new Error(`La maqueta no modela ${apiVersion} ${kind}`);
  return keyOf(found.group, found.plural);
}
