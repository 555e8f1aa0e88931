import { parseDuration } from '../engine/duration.ts';
import type { ActionsPort, ClusterPort, Kind, ObjectQuery, Taint, Target } from '../engine/ports.ts';

/** Un destino que apunta, en forma de órdenes kubectl, lo que se le pide. */
export interface CommandLog {
  target: Target;
  /** Sin repetidas seguidas: mirar cien veces lo mismo mientras se espera es una sola orden con `--watch`. */
  commands(): string[];
}

const forMinikube = ['--context', 'minikube'];

/**
 * Las órdenes salen de lo que el laboratorio hace de verdad. La maqueta no tiene cómo nombrarse con kubectl:
 * sus órdenes se escriben para minikube, como todas las que se enseñan a otra persona.
 */
export function logCommands(target: Target, { forOthers = false }: { forOthers?: boolean } = {}): CommandLog {
  const commands: string[] = [];
  const base = ['kubectl', ...(forOthers || target.kubectlArguments.length === 0 ? forMinikube : target.kubectlArguments)];
  const inside = (namespace: string | undefined) => (namespace === undefined ? base : [...base, '-n', namespace]);
  const note = (words: readonly string[]) => {
    const command = words.map(quote).join(' ');
    if (!recent(commands).includes(command)) commands.push(command);
  };

  const cluster: ClusterPort = {
    get(kind, namespace, name) {
      note([...inside(namespace), 'get', resource(kind), name]);
      return target.cluster.get(kind, namespace, name);
    },
    list(query) {
      // Antes de un watch siempre va su lista: la orden con --watch hace las dos cosas.
      note([...inside(query.namespace), 'get', ...asked(query)]);
      return target.cluster.list(query);
    },
    watch(query, from, signal) {
      const watching = [...inside(query.namespace), 'get', ...asked(query)].map(quote).join(' ');
      if (commands.at(-1) === watching) commands.pop();
      note([...inside(query.namespace), 'get', ...asked(query), '--watch']);
      return target.cluster.watch(query, from, signal);
    },
  };

  const actions: ActionsPort = {
    ...target.actions,
    apply(manifest, namespace, options) {
      if (!options?.dryRun) note([...inside(namespace), 'apply', '--server-side', '-f', manifest.file]);
      return target.actions.apply(manifest, namespace, options);
    },
    delete(object, options) {
      const grace = options?.gracePeriod === undefined ? [] : [`--grace-period=${Math.ceil(parseDuration(options.gracePeriod) / 1000)}`];
      note([...inside(object.metadata.namespace), 'delete', resource(object), object.metadata.name, ...grace, '--wait=false']);
      return target.actions.delete(object, options);
    },
    scale(kind, namespace, name, replicas) {
      note([...inside(namespace), 'scale', resource(kind), name, `--replicas=${replicas}`]);
      return target.actions.scale(kind, namespace, name, replicas);
    },
    setImage(kind, namespace, name, container, image) {
      note([...inside(namespace), 'set', 'image', resource(kind), name, `${container}=${image}`]);
      return target.actions.setImage(kind, namespace, name, container, image);
    },
    patch(kind, namespace, name, changes) {
      note([...inside(namespace), 'patch', resource(kind), name, '-p', JSON.stringify(changes)]);
      return target.actions.patch(kind, namespace, name, changes);
    },
    taint(node, taint) {
      note([...base, 'taint', 'node', node, '--overwrite', written(taint)]);
      return target.actions.taint(node, taint);
    },
    untaint(node, taint) {
      note([...base, 'taint', 'node', node, `${written(taint)}-`]);
      return target.actions.untaint(node, taint);
    },
    label(node, key, value) {
      note([...base, 'label', 'node', node, '--overwrite', `${key}=${value}`]);
      return target.actions.label(node, key, value);
    },
    unlabel(node, key) {
      note([...base, 'label', 'node', node, `${key}-`]);
      return target.actions.unlabel(node, key);
    },
    cordon(node) {
      note([...base, 'cordon', node]);
      return target.actions.cordon(node);
    },
    uncordon(node) {
      note([...base, 'uncordon', node]);
      return target.actions.uncordon(node);
    },
    evict(pod) {
      // kubectl no tiene verbo para desalojar uno solo: drain lo hace con todo el nodo, y aquí se toca solo lo del laboratorio.
      const { namespace, name } = pod.metadata;
      note([...base, 'create', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, '-f', '-']);
      return target.actions.evict(pod);
    },
    logs(namespace, pod, options) {
      note([...inside(namespace), 'logs', pod, ...(options?.container ? ['-c', options.container] : []), ...(options?.previous ? ['--previous'] : [])]);
      return target.actions.logs(namespace, pod, options);
    },
    proxyGet(namespace, pod, port, path) {
      note([...base, 'get', '--raw', `/api/v1/namespaces/${namespace}/pods/${pod}:${port}/proxy/${path.replace(/^\//, '')}`]);
      return target.actions.proxyGet(namespace, pod, port, path);
    },
    createNamespace(name, labels) {
      note([...base, 'create', 'namespace', name]);
      for (const [key, value] of Object.entries(labels)) note([...base, 'label', 'namespace', name, `${key}=${value}`]);
      return target.actions.createNamespace(name, labels);
    },
    powerOff(node) {
      note(target.id === 'taller' ? ['npm', 'run', 'taller', 'apagar', node] : ['minikube', 'node', 'stop', node]);
      return target.actions.powerOff(node);
    },
    powerOn(node) {
      note(target.id === 'taller' ? ['npm', 'run', 'taller', 'encender', node] : ['minikube', 'node', 'start', node]);
      return target.actions.powerOn(node);
    },
  };

  const { proxyRules } = target;
  const rules = proxyRules && {
    proxyRules(node: string) {
      // Dentro del nodo, con kube-proxy en modo nftables; en modo iptables sería `iptables-save -t nat`.
      note(['nft', 'list', 'table', 'ip', 'kube-proxy']);
      return proxyRules(node);
    },
  };

  return { target: { ...target, ...rules, cluster, actions }, commands: () => [...commands] };
}

/** Las de la espera en curso: desde la última orden que cambió algo. */
function recent(commands: readonly string[]): readonly string[] {
  const lastChange = commands.findLastIndex((command) => !/ (get|logs) /.test(command) || / --raw /.test(command));
  return commands.slice(Math.max(lastChange, 0));
}

const asked = ({ labels, fields, ...kind }: ObjectQuery) => [
  resource(kind),
  ...(labels ? ['-l', labels] : []),
  ...(fields ? ['--field-selector', fields] : []),
];

const written = ({ key, value, effect }: Taint) => `${key}${value ? `=${value}` : ''}:${effect}`;

/** kubectl admite el tipo en singular y sin mayúsculas. */
const resource = ({ kind }: Kind) => kind.toLowerCase();

const quote = (word: string) => (/^[\w.,:=/@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
