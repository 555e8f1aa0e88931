import type { KubeConfig } from '@kubernetes/client-node';
import { Node } from '../engine/kinds.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import { judgeMinikube, judgeNamed, judgeNodes } from './guard.ts';
import { findContext, type KubeconfigPlace, type WrittenContext } from './kubeconfig.ts';
import { explainMissingContext, explainNoAnswer, type RunMinikube, runMinikube } from './minikube-command.ts';
import { minikubePower } from './minikube-power.ts';
import type { NodePower } from './node-power.ts';
import { realClock } from './real-clock.ts';

export interface MinikubeOptions {
  place: KubeconfigPlace;
  /** Perfil y contexto, que se llaman igual. */
  profile?: string;
  run?: RunMinikube;
}

/**
 * El minikube de quien lee, reconocido por contexto + dirección + etiqueta de los nodos.
 * @throws {LabError} `ENVIRONMENT` con la causa exacta y la orden que la arregla.
 */
export async function openMinikubeTarget({ place, profile = 'minikube', run = runMinikube }: MinikubeOptions): Promise<Target> {
  const context = await findContext(profile, place);
  if (!context) throw await explainMissingContext(profile, run);
  const { server } = judgeMinikube(context);
  let target: Target;
  try {
    target = await openJudged({ context, server, id: 'minikube', title: `${profile} → ${server}`, power: minikubePower(profile) });
  } catch (error) {
    if (error instanceof LabError && error.canHeal) throw await explainNoAnswer(profile, error, run);
    throw error;
  }
  try {
    judgeNodes((await target.cluster.list(Node)).items, profile, server);
  } catch (error) {
    await target.close();
    throw error;
  }
  return target;
}

/** Otro clúster, por su nombre exacto. La confirmación escrita la pide la capa de órdenes. */
export async function openContextTarget({ place, name, isConfirmed }: { place: KubeconfigPlace; name: string; isConfirmed: boolean }): Promise<Target> {
  const context = await findContext(name, place);
  if (!context) throw new LabError(`No hay ningún contexto «${name}» en tu kubeconfig.`, { code: 'ENVIRONMENT', fix: 'kubectl config get-contexts -o name' });
  const { server } = judgeNamed(context, isConfirmed);
  return openJudged({ context, server, id: 'contexto', title: `${name} → ${server}` });
}

export interface OpenJudgedOptions {
  context: WrittenContext;
  /** La dirección que la guarda ha dado por buena. */
  server: string;
  id: Target['id'];
  title: string;
  kubectlArguments?: readonly string[];
  power?: NodePower;
  /** Cuando nadie contesta: puede lanzar un `LabError` que lo explique mejor que la red. */
  onSilence?: () => Promise<void>;
}

/** Abre un contexto que ya ha pasado su guarda. */
export async function openJudged({
  context,
  server,
  id,
  title,
  kubectlArguments = ['--context', context.name],
  power,
  onSilence,
}: OpenJudgedOptions): Promise<Target> {
  // El cliente se importa aquí, ya pasada la guarda: cuesta unas décimas y no hace falta para rechazar.
  const [{ KubeConfig }, { openKubeTarget }] = await Promise.all([import('@kubernetes/client-node'), import('./kube-target.ts')]);
  let config: KubeConfig;
  try {
    config = toKubeConfig(new KubeConfig(), context, server);
    return await openKubeTarget({ config, id, title, clock: realClock, kubectlArguments, ...(power ? { power } : {}), ...(onSilence ? { onSilence } : {}) });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (path !== undefined && code !== undefined) {
      throw new LabError(`El contexto «${context.name}» nombra un certificado que no se puede leer (${code}).`, {
        code: 'ENVIRONMENT',
        where: path,
        cause: error,
      });
    }
    throw error;
  }
}

/** Solo lo juzgado llega al cliente: ni otros contextos, ni exec, ni intermediarios. */
function toKubeConfig(config: KubeConfig, { name, cluster, user }: WrittenContext, server: string): KubeConfig {
  const text = (entry: Record<string, unknown>, key: string) => (typeof entry[key] === 'string' ? { [key]: entry[key] as string } : {});
  const renamed = (entry: Record<string, unknown>, names: Record<string, string>) =>
    Object.fromEntries(Object.entries(names).flatMap(([from, to]) => Object.values(text(entry, from)).map((value) => [to, value])));
  config.loadFromOptions({
    clusters: [
      { name, server, ...renamed(cluster, { 'certificate-authority': 'caFile', 'certificate-authority-data': 'caData', 'tls-server-name': 'tlsServerName' }) },
    ],
    users: [
      {
        name,
        ...renamed(user, {
          'client-certificate': 'certFile',
          'client-certificate-data': 'certData',
          'client-key': 'keyFile',
          'client-key-data': 'keyData',
          token: 'token',
          username: 'username',
          password: 'password',
        }),
      },
    ],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  return config;
}
