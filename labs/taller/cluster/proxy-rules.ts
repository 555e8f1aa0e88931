import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { LabError } from '../../engine/lab-error.ts';
import { type Folders, foldersOf } from './folders.ts';

/**
 * Las reglas que kube-proxy ha escrito en el núcleo de un nodo. La tabla es de la red del nodo: se lee desde dentro de ella.
 * @throws {LabError} `ENVIRONMENT` si el nodo está apagado o no deja leerlas.
 */
export async function readProxyRules(cacheDir: string, node: string): Promise<string> {
  const pid = await proxyOf(foldersOf(cacheDir), node);
  if (pid === undefined) throw new LabError(`En ${node} no corre ningún kube-proxy.`, { code: 'ENVIRONMENT', fix: 'npm run taller estado' });
  const args = [`--net=/proc/${pid}/ns/net`, 'nft', 'list', 'table', 'ip', 'kube-proxy'];
  const { exitCode, stdout, stderr } = await execa('nsenter', args, { reject: false, timeout: 20_000, stdin: 'ignore' });
  if (exitCode === 0) return stdout;
  throw new LabError(`No se pueden leer las reglas de ${node}: ${stderr.trim().split('\n').at(-1) || 'sin respuesta'}.`, {
    code: 'ENVIRONMENT',
    fix: `nsenter ${args.join(' ')}`,
  });
}

/** El kube-proxy que se lanzó con la configuración de ese nodo de este taller: nunca se busca por nombre. */
async function proxyOf({ config }: Folders, node: string): Promise<string | undefined> {
  const wanted = `--config=${path.join(config, node, 'kube-proxy.yaml')}`;
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue;
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if (path.basename(words[0] ?? '') === 'kube-proxy' && words.includes(wanted)) return pid;
  }
  return undefined;
}
