import { parseDuration } from '../engine/duration.ts';
import { LabError } from '../engine/lab-error.ts';
import { actor } from './act.ts';
import { buildTrace } from './build-trace.ts';
import { missing } from './conditions.ts';
import { finalLines } from './final-lines.ts';
import { createNames, type Surroundings } from './names.ts';
import { type Observation, observe } from './observe.ts';
import { defaults, type Scenario, type Step } from './scenario.ts';
import type { Raw, Site } from './site.ts';
import type { Lines, Trace } from './trace.ts';

export interface RunOptions {
  site: Site;
  scenario: Scenario;
  /** Nombre del espacio que se crea para él y se borra al acabar. */
  namespace: string;
  signal?: AbortSignal;
}

/** Una espera agotada no rompe la traza de la maqueta: se cuenta en una línea y el resto se compara igual. */
const timeoutKey = 'plazo agotado';

/**
 * Corre un escenario de principio a fin y devuelve su traza. En un clúster de verdad, un plazo agotado es un error: una traza
 * guardada no puede contener una espera que no se cumplió.
 */
export async function runScenario({ site, scenario, namespace, signal }: RunOptions): Promise<Trace> {
  const closing = new AbortController();
  const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const surroundings = await survey(site, scenario, namespace);
  await prepare(site, namespace);
  const perform = actor(site, surroundings);
  try {
    const seen = await observe(site, namespace, stop);
    const answers: Lines[] = [];
    for (const [index, step] of scenario.steps.entries()) {
      seen.beginStep(index);
      const lines: Record<string, string> = {};
      answers.push(lines);
      for (const [number, action] of (step.act ?? []).entries()) {
        Object.assign(lines, await perform(action, `${number + 1}`, seen));
        await caughtUp(site, seen, perform.lastWritten);
      }
      const unmet = await until(site, seen, step, signal);
      if (unmet) {
        const text = `${step.title}: ${unmet}`;
        if (!site.isVirtual)
          throw new LabError(`Escenario ${scenario.id}, paso «${step.title}»: en ${step.within ?? defaults.within} no se cumplió. ${unmet}.`, {
            code: 'NOT_YET',
          });
        lines[timeoutKey] = text;
        break;
      }
    }
    const final = await finalLines(site, namespace, scenario, seen, (text) => createNames(seen.log, surroundings).text(text));
    return buildTrace({ scenario, log: seen.log, answers, final }, createNames(seen.log, surroundings));
  } finally {
    closing.abort();
    for (const action of scenario.cleanup ?? []) await perform(action, '', undefined);
    // El planificador tarda un momento en saber que el nodo está como estaba, y el siguiente escenario no debe notarlo.
    if (scenario.cleanup && !site.isVirtual) await site.sleep('1s');
    if (!site.isVirtual) await site.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` });
  }
}

async function survey(site: Site, scenario: Scenario, namespace: string): Promise<Surroundings> {
  const nodes = ((await site.request({ path: '/api/v1/nodes' })).body.items as Raw[]).map(({ metadata }) => metadata.name as string).sort();
  const classes = (await site.request({ path: '/apis/storage.k8s.io/v1/storageclasses' })).body.items as Raw[];
  const standard = classes.find(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
  const roles = Object.fromEntries((scenario.nodes ?? []).map((role, index) => [role, nodes[index] ?? '']));
  return { namespace, nodes, roles, storageClass: standard?.metadata.name ?? '', provisioner: standard?.provisioner ?? '' };
}

/** Un Pod suelto aplicado antes de que nazca su cuenta se rechaza: se espera a que el espacio esté entero. */
async function prepare(site: Site, namespace: string): Promise<void> {
  await site.request({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'bitacora.lab': 'fidelidad' } } },
  });
  for (let attempt = 0; attempt < 200; attempt++) {
    const paths = [`/api/v1/namespaces/${namespace}/serviceaccounts/default`, `/api/v1/namespaces/${namespace}/configmaps/kube-root-ca.crt`];
    const answers = await Promise.all(paths.map((path) => site.request({ path })));
    if (answers.every(({ status }) => status === 200)) return;
    await site.sleep('100ms');
  }
  throw new LabError(`El espacio ${namespace} no llega a tener su cuenta por defecto en 20 s.`, { code: 'ENVIRONMENT' });
}

/** Tras escribir, lo observado tiene que alcanzar esa versión antes de mirar si algo se cumple: si no, se miraría el pasado. */
async function caughtUp(site: Site, seen: Observation, written: { uid: string; version: string } | undefined): Promise<void> {
  if (!written) return;
  for (let attempt = 0; attempt < 500; attempt++) {
    if (seen.hasSeen('Pod', written.uid, written.version)) return;
    await site.sleep('10ms');
  }
  throw new LabError('Un watch no llega a contar lo que se acaba de escribir.', { code: 'ENVIRONMENT' });
}

/** Espera a que se cumpla todo a la vez, aunque sea un instante, y después a que nada se mueva. Devuelve lo que faltó. */
async function until(
  site: Site,
  seen: Observation,
  { until: conditions = [], within = defaults.within, settle = defaults.settle }: Step,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  // Una máquina cargada tarda más, y eso no cambia la traza.
  const limit = site.now() + parseDuration(within) * (site.isVirtual ? 1 : 3);
  const quiet = parseDuration(settle);
  let lacking: string | undefined;
  const check = () => {
    lacking = undefined;
    for (const condition of conditions) if ((lacking = missing(condition, seen))) return;
  };
  check();
  let isMet = lacking === undefined;
  const stop = seen.onChange(() => {
    if (isMet) return;
    check();
    isMet = lacking === undefined;
  });
  try {
    while (!isMet || site.now() - seen.lastChange < quiet) {
      signal?.throwIfAborted();
      if (seen.lost) throw seen.lost;
      if (site.now() > limit) return isMet ? `se cumplió, pero sigue habiendo cambios menos de ${settle} después` : (lacking ?? 'nada');
      await site.sleep('20ms');
      // Lo que depende solo del tiempo no trae novedad: se mira también al despertar.
      if (!isMet) {
        check();
        isMet = lacking === undefined;
      }
    }
    return undefined;
  } finally {
    stop();
  }
}
