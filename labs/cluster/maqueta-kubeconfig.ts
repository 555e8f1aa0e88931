import { stringify } from 'yaml';

export interface KubeconfigParts {
  server: string;
  token: string;
  /** PEM de la autoridad en la que fiarse. */
  authority: string;
}

/** Un kubeconfig con un solo contexto, llamado `maqueta`. */
export const maquetaKubeconfig = ({ server, token, authority }: KubeconfigParts): string =>
  stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'maqueta', cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') } }],
      users: [{ name: 'maqueta', user: { token } }],
      contexts: [{ name: 'maqueta', context: { cluster: 'maqueta', user: 'maqueta' } }],
      'current-context': 'maqueta',
    },
    { lineWidth: 0 },
  );
