import { parseDuration } from '../engine/duration.ts';
import { Node, Pod } from '../engine/kinds.ts';
import { LabError } from '../engine/lab-error.ts';
import type { ActionsPort, Kind, KubeObject, Taint } from '../engine/ports.ts';
import { applyDocument, fieldManager } from './apply.ts';
import type { Discovery } from './discovery.ts';
import { ApiFailure, explain, toLabError } from './errors.ts';
import type { NodePower } from './node-power.ts';
import type { Rest } from './rest.ts';
import { withRetry } from './retry.ts';

interface ActionsOptions {
  rest: Rest;
  discovery: Discovery;
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  power: NodePower;
}

const strategic = 'application/strategic-merge-patch+json';

const isSame = (one: Taint, other: Taint) => one.key === other.key && one.effect === other.effect;

export function createActions({ rest, discovery, pause, power }: ActionsOptions): ActionsPort {
  /** Con reintentos, y con el error ya en palabras de persona. */
  const attempt = async <T>(doing: string, call: () => Promise<T>): Promise<T> => {
    try {
      return await withRetry(call, { pause });
    } catch (error) {
      throw toLabError(error, doing);
    }
  };

  const patch = async (kind: Kind, namespace: string | undefined, name: string, subresource: string | undefined, contentType: string, body: object) =>
    rest.json<KubeObject>({
      method: 'PATCH',
      path: await discovery.pathOf(kind, namespace, name, subresource),
      query: { fieldManager },
      contentType,
      body: JSON.stringify(body),
    });

  /** La lista de taints se cambia entera: con la versión leída, quien la cambie a la vez no pierde lo suyo. */
  const changeTaints = async (node: string, doing: string, change: (taints: readonly Taint[]) => Taint[]): Promise<void> => {
    for (let turn = 1; ; turn++) {
      const found = await attempt(doing, async () => rest.json<KubeObject>({ path: await discovery.pathOf(Node, undefined, node) }));
      const { resourceVersion } = found.metadata;
      const changes = { metadata: { resourceVersion }, spec: { taints: change((found.spec?.taints ?? []) as Taint[]) } };
      try {
        await withRetry(() => patch(Node, undefined, node, undefined, strategic, changes), { pause });
        return;
      } catch (error) {
        if (!(error instanceof ApiFailure && error.code === 409) || turn >= 5) throw toLabError(error, doing);
      }
    }
  };

  return {
    apply: (manifest, namespace, options) => attempt(`aplicar ${manifest.file}`, () => applyDocument({ rest, discovery }, manifest, namespace, options)),

    async delete(object, { gracePeriod } = {}) {
      const { name, namespace, uid } = object.metadata;
      await attempt(`borrar ${object.kind} ${name}`, async () => {
        try {
          await rest.json({
            method: 'DELETE',
            path: await discovery.pathOf(object, namespace, name),
            body: JSON.stringify({
              apiVersion: 'v1',
              kind: 'DeleteOptions',
              preconditions: { uid },
              propagationPolicy: 'Background',
              ...(gracePeriod === undefined ? {} : { gracePeriodSeconds: Math.ceil(parseDuration(gracePeriod) / 1000) }),
            }),
          });
        } catch (error) {
          // Ya no está, o el que hay es otro con su nombre: lo que se pidió ya es cierto.
          const isGone = error instanceof ApiFailure && (error.code === 404 || (error.code === 409 && /uid/i.test(explain(error).message)));
          if (!isGone) throw error;
        }
      });
    },

    async scale(kind, namespace, name, replicas) {
      await attempt(`escalar ${kind.kind} ${name}`, () => patch(kind, namespace, name, 'scale', 'application/merge-patch+json', { spec: { replicas } }));
    },

    async setImage(kind, namespace, name, container, image) {
      await attempt(`cambiar la imagen de ${kind.kind} ${name}`, async () => {
        const object = await rest.json<KubeObject>({ path: await discovery.pathOf(kind, namespace, name) });
        const isTemplate = object.spec?.template !== undefined;
        const containers = ((isTemplate ? object.spec.template.spec : object.spec)?.containers ?? []) as { name: string }[];
        // El parche añadiría en silencio un contenedor nuevo; kubectl set image tampoco lo permite.
        if (!containers.some((one) => one.name === container)) {
          throw new LabError(
            `${kind.kind} «${name}» no tiene ningún contenedor «${container}»; tiene: ${containers.map((one) => one.name).join(', ') || 'ninguno'}.`,
            { code: 'STOPPED' },
          );
        }
        const spec = { containers: [{ name: container, image }] };
        return patch(kind, namespace, name, undefined, strategic, { spec: isTemplate ? { template: { spec } } : spec });
      });
    },

    async patch(kind, namespace, name, changes) {
      await attempt(`cambiar ${kind.kind} ${name}`, () => patch(kind, namespace, name, undefined, strategic, changes));
    },

    taint: (node, taint) => changeTaints(node, `poner el taint ${taint.key} a ${node}`, (taints) => [...taints.filter((one) => !isSame(one, taint)), taint]),
    untaint: (node, taint) => changeTaints(node, `quitar el taint ${taint.key} a ${node}`, (taints) => taints.filter((one) => !isSame(one, taint))),

    async label(node, key, value) {
      await attempt(`etiquetar ${node}`, () => patch(Node, undefined, node, undefined, strategic, { metadata: { labels: { [key]: value } } }));
    },
    async unlabel(node, key) {
      await attempt(`quitar la etiqueta ${key} a ${node}`, () => patch(Node, undefined, node, undefined, strategic, { metadata: { labels: { [key]: null } } }));
    },

    async cordon(node) {
      await attempt(`acordonar ${node}`, () => patch(Node, undefined, node, undefined, strategic, { spec: { unschedulable: true } }));
    },
    async uncordon(node) {
      await attempt(`quitar el cordón a ${node}`, () => patch(Node, undefined, node, undefined, strategic, { spec: { unschedulable: false } }));
    },

    evict: ({ metadata: { name, namespace = '', uid } }) =>
      attempt(`desalojar ${name}`, async () => {
        const body = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: { preconditions: { uid } } });
        try {
          await rest.json({ method: 'POST', path: await discovery.pathOf(Pod, namespace, name, 'eviction'), body });
          return undefined;
        } catch (error) {
          if (!(error instanceof ApiFailure)) throw error;
          const { message, causes } = explain(error);
          // Ya no está, o el que hay es otro con su nombre.
          if (error.code === 404 || (error.code === 409 && /uid/i.test(message))) return undefined;
          // Un presupuesto agotado contesta 429, como quien pide ir más despacio: solo el primero trae causa.
          if (error.code === 429 && causes[0]) return causes[0].message || message;
          throw error;
        }
      }),

    async logs(namespace, pod, { container, previous } = {}) {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
      const doing = `leer el registro de ${pod}`;
      try {
        const response = await rest.request({ path, query: { container, previous: previous || undefined }, accept: '*/*' });
        if (response.status !== 200) throw new ApiFailure(response.status, response.body);
        return response.body;
      } catch (error) {
        // 400: el contenedor aún se está creando.
        const isEarly = error instanceof ApiFailure && error.code === 400 && /waiting to start|ContainerCreating|PodInitializing/.test(explain(error).message);
        if (isEarly) throw new LabError(`No se puede ${doing}: su contenedor aún no ha arrancado.`, { code: 'ENVIRONMENT', canHeal: true, cause: error });
        throw toLabError(error, doing);
      }
    },

    async proxyGet(namespace, pod, port, path) {
      const target = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}:${port}/proxy/${path.replace(/^\//, '')}`;
      try {
        // Sin reintentos: pedir dos veces lo que mata a un proceso lo mataría dos veces.
        const { status, body } = await rest.request({ path: target, accept: '*/*' });
        return { status, body };
      } catch (error) {
        throw toLabError(error, `pedir ${path} a ${pod}:${port}`);
      }
    },

    createNamespace: (name, labels) =>
      attempt(`crear el espacio ${name}`, async () => {
        const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
        try {
          return await rest.json<KubeObject>({ method: 'POST', path: '/api/v1/namespaces', query: { fieldManager }, body });
        } catch (error) {
          if (error instanceof ApiFailure && error.code === 409)
            throw new LabError(`El espacio ${name} ya existe.`, { code: 'ENVIRONMENT', canHeal: true, cause: error });
          throw error;
        }
      }),

    powerOff: power.off,
    powerOn: power.on,
  };
}
