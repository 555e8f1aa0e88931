import { execa } from 'execa';

/** Versión de kubectl, o `undefined` si no está instalado o no contesta. No mira ningún kubeconfig. */
export async function kubectlVersion(): Promise<string | undefined> {
  const result = await execa('kubectl', ['version', '--client', '-o', 'json'], { reject: false, timeout: 10_000, stdin: 'ignore', env: { KUBECONFIG: '' } });
  if (result.exitCode !== 0) return undefined;
  try {
    return (JSON.parse(result.stdout) as { clientVersion?: { gitVersion?: string } }).clientVersion?.gitVersion;
  } catch {
    return undefined;
  }
}
