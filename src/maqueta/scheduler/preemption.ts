import type { Random } from '../clock/random.ts';
import type { Pod, PodDisruptionBudget } from '../schema/types.generated.ts';
import type { FilterContext, Rejection } from './filters/filter.ts';
import { prepareFilters, type Search } from './find-nodes.ts';
import { countReasons, fitMessage } from './fit-message.ts';
import { compileSelector } from './label-matcher.ts';
import type { NodeInfo } from './node-info.ts';
import type { Nominations } from './nominations.ts';
import type { PodInfo } from './pod-info.ts';

/** A quién echar y de dónde, o por qué no sirve. `keepsPromise`: el nodo que se le prometió antes sigue en pie. */
export type PreemptionResult = { kind: 'found'; node: NodeInfo; victims: readonly PodInfo[] } | { kind: 'none'; message: string; keepsPromise: boolean };

interface Candidate {
  node: NodeInfo;
  victims: readonly PodInfo[];
  brokenBudgets: number;
}

const notHelpful = 'Preemption is not helpful for scheduling';
const noVictims = 'No preemption victims found for incoming pod';

/** Busca un nodo donde, echando a Pods de menos prioridad, quepa este. No echa a nadie: solo hace las cuentas. */
// Sigue a kube-scheduler: framework/preemption/preemption.go y framework/plugins/defaultpreemption.
export function findVictims(pod: PodInfo, search: Search, context: FilterContext, random: Random, nominations?: Nominations): PreemptionResult {
  // Un filtro previo que descarta todos los nodos deja sin su estado a otro complemento, y eso es todo lo que el real dice.
  if (search.blocked) return { kind: 'none', message: 'not found', keepsPromise: false };
  if (pod.spec.preemptionPolicy === 'Never') return none('not eligible due to preemptionPolicy=Never.', true);
  const nominated = pod.pod.status?.nominatedNodeName;
  if (nominated && isStillLeaving(pod, nominated, search, context)) return none('not eligible due to a terminating pod on the nominated node.', true);
  const total = context.cluster.nodes().length;
  const potential = [...search.rejections].filter(([, rejection]) => rejection.isResolvable).map(([node]) => node);
  const candidates: Candidate[] = [];
  const failures: (readonly string[])[] = [];
  const enough = Math.min(potential.length, Math.max(100, Math.floor(potential.length / 10)));
  const offset = potential.length > 1 ? random.integer(potential.length) : 0;
  for (let index = 0; index < potential.length && candidates.length < enough; index++) {
    const found = selectVictims(pod, potential[(offset + index) % potential.length] as NodeInfo, context, nominations);
    if ('victims' in found) candidates.push(found);
    else failures.push(found.reasons);
  }
  const best = candidates.sort(compareCandidates(context))[0];
  if (best) return { kind: 'found', node: best.node, victims: best.victims };
  const reasons = countReasons(failures);
  if (total > failures.length) reasons.set(notHelpful, (reasons.get(notHelpful) ?? 0) + total - failures.length);
  return none(fitMessage(total, reasons));
}

const none = (message: string, keepsPromise = false): PreemptionResult => ({ kind: 'none', message: `preemption: ${message}`, keepsPromise });

/** Ya echó a alguien de su nodo y aún no se ha ido: no echa a nadie más. */
function isStillLeaving(pod: PodInfo, nominated: string, search: Search, { cluster, store }: FilterContext): boolean {
  const node = cluster.find(nominated);
  if (!node || search.rejections.get(node)?.isResolvable === false) return false;
  for (const other of node.placed.values()) {
    const isPreempted = statusOf(other, store)?.conditions?.some(
      ({ type, status, reason }) => type === 'DisruptionTarget' && status === 'True' && reason === 'PreemptionByScheduler',
    );
    if (other.isTerminating && isPreempted && other.priority < pod.priority) return true;
  }
  return false;
}

function selectVictims(pod: PodInfo, node: NodeInfo, context: FilterContext, nominations: Nominations | undefined): Candidate | Pick<Rejection, 'reasons'> {
  const { cluster } = context;
  const lower = [...node.placed.values()].filter((other) => other.priority < pod.priority);
  if (lower.length === 0) return { reasons: [noVictims] };
  const gone = new Set<PodInfo>();
  const remove = (victim: PodInfo) => {
    cluster.remove(victim.uid);
    gone.add(victim);
  };
  const restore = (victim: PodInfo) => {
    cluster.place(victim, node.name);
    gone.delete(victim);
  };
  try {
    lower.forEach(remove);
    const rejection = tryNode(pod, node, context, nominations);
    if (rejection) return rejection;
    // Se indulta a todos los que se pueda, empezando por los que rompen un presupuesto y por los más importantes.
    const ranked = lower.sort(compareImportance(context));
    const { breaking, others } = splitByBudget(ranked, context);
    let brokenBudgets = 0;
    for (const victim of [...breaking, ...others]) {
      restore(victim);
      if (!tryNode(pod, node, context, nominations)) continue;
      remove(victim);
      if (breaking.includes(victim)) brokenBudgets += 1;
    }
    return { node, victims: ranked.filter((victim) => gone.has(victim)), brokenBudgets };
  } finally {
    for (const victim of [...gone]) restore(victim);
  }
}

/** Cuenta también a los prometidos a ese nodo: si no, dos Pods podrían quedarse esperando el mismo hueco para siempre. */
function tryNode(pod: PodInfo, node: NodeInfo, context: FilterContext, nominations: Nominations | undefined): Rejection | undefined {
  const prepared = prepareFilters(pod, context);
  if (prepared.kind === 'blocked') return prepared.rejection;
  return (nominations?.respect(pod, prepared.check, context) ?? prepared.check)(node);
}

/** Más prioridad y, a igualdad, más tiempo corriendo. */
const compareImportance =
  ({ store }: FilterContext) =>
  (a: PodInfo, b: PodInfo): number =>
    b.priority - a.priority || compareText(startOf(a, store), startOf(b, store));

/** El estado se lee del almacén: la caché no sigue los cambios que no mueven ninguna cuenta. */
const statusOf = ({ namespace, name, pod }: PodInfo, store: FilterContext['store']) => (store.collection<Pod>('pods').get(namespace, name) ?? pod).status;
const startOf = (pod: PodInfo, store: FilterContext['store']): string => statusOf(pod, store)?.startTime ?? '';
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function splitByBudget(victims: readonly PodInfo[], { store }: FilterContext): { breaking: PodInfo[]; others: PodInfo[] } {
  const budgets = [...store.collection<PodDisruptionBudget>('policy/poddisruptionbudgets').list()].map(({ metadata, spec, status }) => ({
    namespace: metadata.namespace,
    selector: compileSelector(spec?.selector),
    left: status?.disruptionsAllowed ?? 0,
  }));
  const breaking: PodInfo[] = [];
  const others: PodInfo[] = [];
  for (const victim of victims) {
    const mine = budgets.filter(({ namespace, selector }) => namespace === victim.namespace && !selector.isEmpty && selector.matches(victim.labels));
    for (const budget of mine) budget.left -= 1;
    (mine.some(({ left }) => left < 0) ? breaking : others).push(victim);
  }
  return { breaking, others };
}

/** Menos presupuestos rotos; víctima más prioritaria menos prioritaria; menos suma; menos víctimas; las más recientes. */
// Sigue a kube-scheduler: framework/preemption/preemption.go (pickOneNodeForPreemption).
function compareCandidates({ store }: FilterContext): (a: Candidate, b: Candidate) => number {
  const highest = ({ victims }: Candidate) => victims[0]?.priority ?? 0;
  const sum = ({ victims }: Candidate) => victims.reduce((total, { priority }) => total + priority + 2 ** 31, 0);
  const earliest = ({ victims }: Candidate) => {
    const important = victims.filter(({ priority }) => priority === victims[0]?.priority);
    return important.map((victim) => startOf(victim, store)).sort()[0] ?? '';
  };
  return (a, b) =>
    a.brokenBudgets - b.brokenBudgets ||
    highest(a) - highest(b) ||
    sum(a) - sum(b) ||
    a.victims.length - b.victims.length ||
    compareText(earliest(b), earliest(a));
}
