import { LabError } from '../../engine/lab-error.ts';
import { type Component, titleOf } from './components.ts';
import type { Place } from './place.ts';
import { run } from './run.ts';

/** Lo que hay que instalar para compilar y enlazar con C. */
export const installForC = 'apt-get install --no-install-recommends libseccomp-dev pkg-config gcc libc6-dev';

/**
 * Comprueba lo que pide lo que se enlaza con C. Va antes de compilar nada: runc llega después de Kubernetes, a los diez minutos, y un
 * fallo entonces es media mañana perdida.
 * @throws {LabError} `ENVIRONMENT`: dice todo lo que falta de una vez, y la orden que lo instala.
 */
export async function requireLibraries(components: readonly Component[], { env }: Place, signal: AbortSignal): Promise<void> {
  const answer = async (program: string, args: readonly string[]) => (await run(program, args, { cwd: '/', env, signal })).code;
  const compiler = env.CC || 'gcc';
  for (const component of components) {
    if (!component.usesC) continue;
    const { library } = component;
    const lacks: string[] = [];
    // Un programa vacío que incluye una cabecera de la biblioteca de C: mira a la vez que hay compilador y libc6-dev.
    const compiled = await answer('/bin/sh', ['-c', `${compiler} -S -o /dev/null -include stdlib.h -x c /dev/null`]);
    if (compiled === 127) lacks.push(`no hay ${compiler}`);
    else if (compiled !== 0) lacks.push(`${compiler} no encuentra stdlib.h`);
    const found = library ? await answer('pkg-config', ['--exists', library.name]) : 0;
    if (found === 127) lacks.push('no hay pkg-config');
    else if (found !== 0) lacks.push(`pkg-config no encuentra ${library?.name}`);
    if (lacks.length === 0) continue;
    throw new LabError(`Falta lo que ${titleOf(component)} enlaza de C${library ? `: sin ${library.name}, ${library.without}` : ''}.`, {
      code: 'ENVIRONMENT',
      where: lacks.join('; '),
      fix: installForC,
    });
  }
}
