import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { planLab } from './plan-lab.ts';

/** `npm run nuevo 05 servicios`: escribe el esqueleto de un laboratorio en la carpeta desde la que se llama. */
const root = process.cwd();
const plan = planLab(process.argv.slice(2), {
  folders: ['labs', 'manifests', 'docs'].flatMap(foldersIn),
  registry: readFileSync(join(root, 'labs/registry.ts'), 'utf8'),
});

if (plan.kind === 'usage') {
  console.error(`${plan.problem}\n  Prueba:  ${plan.fix}`);
  process.exitCode = 2;
} else {
  for (const { path, text } of plan.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    console.log(`  + ${path}`);
  }
  const id = plan.folder.slice(0, 2);
  console.log(
    [
      '',
      `Ya corre:        npm run -s lab ${id} maqueta`,
      'Qué le falta:    npm test -- labs/dev/nuevo',
      `Al acabar:       npm run grabar ${id}   y   npm run build`,
      'Paso a paso:     CONTRIBUTING.md',
    ].join('\n'),
  );
}

function foldersIn(parent: string): string[] {
  return existsSync(join(root, parent)) ? readdirSync(join(root, parent)).filter((name) => /^\d\d-/.test(name)) : [];
}
