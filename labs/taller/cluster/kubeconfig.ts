import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Folders } from './folders.ts';

interface KubeconfigOptions {
  folders: Folders;
  /** Nombre del certificado de cliente. */
  user: string;
  server: string;
  file: string;
}

/** Con los certificados dentro: se puede copiar a otra carpeta y sigue valiendo. JSON es YAML. */
export async function writeKubeconfig({ folders, user, server, file }: KubeconfigOptions): Promise<void> {
  const data = async (name: string) => (await readFile(path.join(folders.pki, name))).toString('base64');
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'taller', cluster: { server, 'certificate-authority-data': await data('ca.crt') } }],
    users: [{ name: user, user: { 'client-certificate-data': await data(`${user}.crt`), 'client-key-data': await data(`${user}.key`) } }],
    contexts: [{ name: 'taller', context: { cluster: 'taller', user } }],
    'current-context': 'taller',
  };
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}

export const kubeconfigOf = ({ config }: Folders, user: string): string => path.join(config, `${user}.kubeconfig`);
