import { changeLines, compareRuns, isTrue } from './compare-runs.ts';
import { type ConformanceRun, passing, resultsFile } from './result.ts';

export interface Verdict {
  /** Lo que ha cambiado respecto de lo guardado. */
  lines: string[];
  /** ¿Se guarda esta pasada en lugar de la anterior? */
  isSaved: boolean;
  error?: { message: string; fix: string };
}

/**
 * Qué hacer con una pasada. En el taller pasan todas: es Kubernetes de verdad. En la maqueta, lo guardado tiene que ser verdad: una que
 * deja de pasar nunca se guarda sola, y en CI tampoco se guarda lo que mejora, que es cosa de quien lo arregló.
 */
export function judge(run: ConformanceRun, saved: ConformanceRun | undefined, { isCi }: { isCi: boolean }): Verdict {
  const command = run.target === 'taller' ? 'npm run taller conformidad' : 'npm run taller conformidad maqueta';
  const file = resultsFile(run.target);
  const failing = run.tests.length - passing(run);
  if (run.target === 'taller' && failing > 0)
    return {
      lines: [],
      isSaved: false,
      error: {
        message: `${failing === 1 ? 'Una prueba' : `${failing} pruebas`} de conformidad no ${failing === 1 ? 'pasa' : 'pasan'} en el taller.`,
        fix: command,
      },
    };
  if (!saved) {
    if (!isCi) return { lines: [], isSaved: true };
    return { lines: [], isSaved: false, error: { message: `No hay ${file}: nadie ha guardado el resultado.`, fix: `${command}   (y confirma ese archivo)` } };
  }
  const changes = compareRuns(saved, run);
  const lines = changeLines(changes, file);
  if (changes.broken.length > 0)
    return {
      lines,
      isSaved: false,
      error: {
        message: `${changes.broken.length === 1 ? 'Una prueba de conformidad que pasaba ya no pasa' : `${changes.broken.length} pruebas de conformidad que pasaban ya no pasan`}.`,
        fix: `rm ${file} && ${command}   (solo si es lo que querías)`,
      },
    };
  if (isTrue(saved, changes)) return { lines, isSaved: !isCi && changes.retold.length > 0 };
  if (!isCi) return { lines, isSaved: true };
  return { lines, isSaved: false, error: { message: `${file} ya no dice la verdad.`, fix: `${command}   (y confirma ese archivo)` } };
}
