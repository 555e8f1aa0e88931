// Vuelve a hacer los datos de la página «lo que no imita»: corre el catálogo en la maqueta y lo compara con lo grabado.
// Uso: node labs/dev/fidelity/publish.ts
import { writeFile } from 'node:fs/promises';
import { catalogue } from '../../fidelity/catalogue.ts';
import { compareWithReal, type Result } from '../../fidelity/maqueta-results.ts';
import { publish, publishedFile } from '../../fidelity/published.ts';
import { readCompared } from '../../fidelity/random/compared.ts';
import { readTraces } from '../../fidelity/traces.ts';

const recorded = await readTraces();
const results: Result[] = [];
for (const scenario of catalogue) {
  const trace = recorded.get(scenario.id);
  if (trace) results.push(await compareWithReal(scenario, trace));
}
const published = publish(results, recorded, await readCompared());
await writeFile(new URL(`../../../${publishedFile}`, import.meta.url), `${JSON.stringify(published, null, 2)}\n`);
const { lines, scenarios, random } = published;
console.log(
  `${publishedFile}: ${lines.equal} de ${lines.total} líneas y ${scenarios.equal} de ${scenarios.total} escenarios iguales; ${random.programs.equal} de ${random.programs.total} programas al azar.`,
);
