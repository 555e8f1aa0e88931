import { execa } from 'execa';
import { LabError } from '../../engine/lab-error.ts';

export interface ToolRun {
  command: string;
  args: readonly string[];
  /** Qué se estaba haciendo, para el mensaje: «instalar mariadb-server». */
  task: string;
  signal: AbortSignal;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}

export type RunTool = (run: ToolRun) => Promise<string>;

/** Ejecuta un programa de la máquina y devuelve lo que escribió; si falla, dice la causa y qué hacer. */
export const runTool: RunTool = async ({ command, args, task, signal, cwd, env }) => {
  const result = await execa(command, [...args], {
    reject: false,
    cancelSignal: signal,
    ...(cwd === undefined ? {} : { cwd }),
    env: { LC_ALL: 'C', ...env },
    stdin: 'ignore',
  });
  if (result.isCanceled || signal.aborted) throw new LabError(`Cortado mientras se iba a ${task}.`, { code: 'ABORTED' });
  if (result.exitCode === 0) return result.stdout;
  if (result.code === 'ENOENT') throw new LabError(`No se puede ${task}: falta ${command}.`, { code: 'ENVIRONMENT', cause: result });
  throw explainToolFailure(task, `${result.stderr}\n${result.stdout}`, result);
};

/** De lo que escribió un programa a su causa. Lo último que dijo va siempre: es lo que se busca en la red. */
export function explainToolFailure(task: string, output: string, cause?: unknown): LabError {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const last = lines.slice(-6).join('\n');
  const found = knownCauses.find(({ pattern }) => pattern.test(output));
  if (!found) return new LabError(`No se pudo ${task}:\n${last}`, { code: 'ENVIRONMENT', cause });
  const line = lines.findLast((text) => found.pattern.test(text)) ?? last;
  return new LabError(`No se pudo ${task}: ${found.says}\n${line}`, { code: 'ENVIRONMENT', fix: found.fix, cause });
}

const knownCauses: readonly { pattern: RegExp; says: string; fix: string }[] = [
  { pattern: /No space left on device|ENOSPC/i, says: 'no queda disco.', fix: 'df -h ~/.cache /tmp' },
  {
    pattern:
      /Temporary failure|Could not resolve|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|Network is unreachable|Connection (timed out|refused)|Cannot initiate the connection/i,
    says: 'no se llega al registro de paquetes.',
    fix: 'Comprueba la red y repite: lo que ya se hizo está guardado.',
  },
  {
    pattern: /unshare.*Operation not permitted|mount: .*permission denied|Operation not permitted/i,
    says: 'el sistema no deja crear montajes propios.',
    fix: 'sudo -E npm run taller',
  },
];
