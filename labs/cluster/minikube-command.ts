import { execa } from 'execa';
import { LabError } from '../engine/lab-error.ts';

/** Lo que devuelve `minikube …`, o `undefined` si no está instalado. */
export type RunMinikube = (args: readonly string[]) => Promise<{ exitCode: number | undefined; stdout: string; timedOut: boolean } | undefined>;

/** Con Docker parado, minikube puede quedarse pensando: se le pone plazo. */
const patience = 15_000;

export const runMinikube: RunMinikube = async (args) => {
  const result = await execa('minikube', [...args], { reject: false, timeout: patience, stdin: 'ignore' });
  if (result.code === 'ENOENT') return undefined;
  return { exitCode: result.exitCode, stdout: result.stdout, timedOut: result.timedOut };
};

const start = (profile: string) => `minikube start --keep-context${profile === 'minikube' ? '' : ` -p ${profile}`}`;

interface Profiles {
  valid?: { Name: string; Status: string }[] | null;
  invalid?: { Name: string }[] | null;
}

/** Por qué no hay contexto: `minikube stop` lo quita del kubeconfig, así que parado y nunca creado solo los distingue minikube. */
export async function explainMissingContext(profile: string, run: RunMinikube): Promise<LabError> {
  const result = await run(['profile', 'list', '-o', 'json']);
  if (!result)
    return new LabError('minikube no está instalado.', {
      code: 'ENVIRONMENT',
      fix: 'Instálalo desde https://minikube.sigs.k8s.io/docs/start/ y después: minikube start --keep-context',
    });
  if (result.timedOut)
    return new LabError(`minikube no dice qué perfiles hay: sin respuesta en ${patience / 1000} s.`, { code: 'ENVIRONMENT', fix: 'minikube profile list' });
  const profiles = parseJson<Profiles>(result.stdout);
  if (!profiles) return new LabError('minikube está instalado, pero no dice qué perfiles hay.', { code: 'ENVIRONMENT', fix: 'minikube profile list' });
  const found = profiles.valid?.find((one) => one.Name === profile);
  if (!found) {
    const isBroken = profiles.invalid?.some((one) => one.Name === profile);
    if (isBroken) return new LabError(`El perfil «${profile}» de minikube está dañado.`, { code: 'ENVIRONMENT', fix: `minikube delete -p ${profile}` });
    return new LabError(`minikube está instalado, pero el perfil «${profile}» no se ha creado.`, { code: 'ENVIRONMENT', fix: start(profile) });
  }
  // Stopped, Paused… : solo OK y Running están en marcha.
  if (!['OK', 'Running', 'Starred'].includes(found.Status))
    return new LabError(`El perfil «${profile}» de minikube está parado (${found.Status}).`, { code: 'ENVIRONMENT', fix: start(profile) });
  return new LabError(`El perfil «${profile}» de minikube está en marcha, pero tu kubeconfig no tiene su contexto.`, {
    code: 'ENVIRONMENT',
    fix: start(profile),
  });
}

interface NodeStatus {
  Name: string;
  Host: string;
  APIServer: string;
}

/** El contexto existe y nadie contesta: qué dice minikube de su máquina y de su servidor de API. */
export async function explainNoAnswer(profile: string, error: LabError, run: RunMinikube): Promise<LabError> {
  const result = await run(['status', '-o', 'json', '-p', profile]);
  const options = { code: 'ENVIRONMENT', fix: start(profile), cause: error } as const;
  if (!result)
    return new LabError(`${error.message} Y minikube no está instalado: ese contexto no es de aquí.`, {
      ...options,
      fix: `kubectl config view --minify --context ${profile}`,
    });
  const parsed = parseJson<NodeStatus | NodeStatus[]>(result.stdout);
  // Con un nodo es un objeto; con varios, una lista.
  const [node] = Array.isArray(parsed) ? parsed : parsed ? [parsed] : [];
  if (node?.Host && node.Host !== 'Running') return new LabError(`El perfil «${profile}» de minikube está parado (${node.Host}).`, options);
  if (node?.APIServer && node.APIServer !== 'Running')
    return new LabError(`El perfil «${profile}» de minikube está en marcha, pero su servidor de API no (${node.APIServer}).`, options);
  return new LabError(error.message, options);
}

function parseJson<T>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as T) : undefined;
  } catch {
    // `status -p otro` escribe sucesos, uno por línea: tampoco es lo que esperamos.
    return undefined;
  }
}
