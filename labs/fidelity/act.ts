import { type KindName, kinds, pathOf, watched } from './kinds.ts';
import { mergePatch } from './merge-patch.ts';
import type { Surroundings } from './names.ts';
import type { Observation } from './observe.ts';
import { findRef, parseRef } from './refs.ts';
import { type Action, defaults, type Ref } from './scenario.ts';
import type { Raw, Site, SiteRequest } from './site.ts';
import type { Lines } from './trace.ts';
import { valueAt } from './value-at.ts';

export interface Actor {
  (action: Action, number: string, seen: Observation | undefined): Promise<Lines>;
  /** Lo último que la API dijo haber escrito, si se observa. */
  lastWritten: { uid: string; version: string } | undefined;
}

const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
} as const;

/** Cumple las acciones de un escenario y cuenta, para la traza, qué contestó la API. */
export function actor(site: Site, { namespace, roles }: Surroundings): Actor {
  const here = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll(/@nodo-(\w+)/g, (_all, role: string) => roles[role] ?? '')) as T;

  const nameOf = (ref: Ref, seen: Observation | undefined): { kind: KindName; name: string } => {
    const { kind, name } = parseRef(ref);
    if (name === '@espacio') return { kind, name: namespace };
    if (name?.startsWith('@')) return { kind, name: roles[name.slice(1)] ?? '' };
    return { kind, name: name ?? (seen && findRef(seen, ref))?.metadata.name ?? 'no-hay-ninguno' };
  };

  const plan = async (action: Action, seen: Observation | undefined): Promise<{ request: SiteRequest; title: string }> => {
    if ('apply' in action) {
      const { kind, metadata } = action.apply;
      const query = {
        fieldManager: action.manager ?? defaults.manager,
        ...(action.force === undefined ? {} : { force: action.force }),
        fieldValidation: action.validation ?? 'Strict',
        ...(action.dryRun ? { dryRun: 'All' } : {}),
      };
      const path = pathOf(kind, namespace, metadata.name);
      return {
        title: `aplicar ${kind} ${metadata.name}`,
        request: { method: 'PATCH', path, query, contentType: 'application/apply-patch+yaml', body: action.apply },
      };
    }
    if ('create' in action) {
      const { kind, metadata } = action.create;
      const query = { fieldManager: defaults.manager, fieldValidation: action.validation ?? 'Strict', ...(action.dryRun ? { dryRun: 'All' } : {}) };
      return {
        title: `crear ${kind} ${metadata.name ?? metadata.generateName}`,
        request: { method: 'POST', path: pathOf(kind, namespace), query, body: action.create },
      };
    }
    const ref =
      'replace' in action
        ? action.replace
        : 'patch' in action
          ? action.patch
          : 'scale' in action
            ? action.scale
            : 'delete' in action
              ? action.delete
              : 'evict' in action
                ? action.evict
                : action.read;
    const { kind, name } = nameOf(ref, seen);
    const path = pathOf(kind, namespace, name);
    const query = { fieldManager: defaults.manager };
    if ('replace' in action) {
      const { body } = await site.request({ path });
      const changed = mergePatch(body, action.with);
      // La primera versión de todas: existió, pero ya no es la de nadie.
      if (action.staleVersion) changed.metadata.resourceVersion = '1';
      return { title: `sustituir ${kind} ${name}`, request: { method: 'PUT', path, query, body: changed } };
    }
    if ('patch' in action) {
      const target = pathOf(kind, namespace, name, action.subresource);
      return {
        title: `parchear ${kind} ${name}`,
        request: { method: 'PATCH', path: target, query, contentType: patchTypes[action.as ?? 'merge'], body: action.with },
      };
    }
    if ('scale' in action) {
      const body = { spec: { replicas: action.to } };
      return {
        title: `escalar ${kind} ${name}`,
        request: { method: 'PATCH', path: pathOf(kind, namespace, name, 'scale'), query, contentType: patchTypes.merge, body },
      };
    }
    if ('delete' in action) {
      const { propagation, grace } = action;
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(propagation === undefined ? {} : { propagationPolicy: propagation }),
        ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
      };
      return { title: `borrar ${kind} ${name}`, request: { method: 'DELETE', path, body } };
    }
    if ('evict' in action) {
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      return { title: `desalojar ${name}`, request: { method: 'POST', path: pathOf(kind, namespace, name, 'eviction'), body } };
    }
    return { title: `leer ${kind} ${name}`, request: { path } };
  };

  const perform: Actor = Object.assign(
    async (action: Action, number: string, seen: Observation | undefined): Promise<Lines> => {
      const { request, title } = await plan(here(action), seen);
      const { status, body } = await site.request(request);
      perform.lastWritten = request.method && status < 300 ? writtenBy(body, request) : undefined;
      const key = `respuesta ${number} · ${title}`;
      if (status < 300 && 'read' in action)
        return Object.fromEntries(
          action.fields.map((field) => [`lectura ${number} · ${title} · ${field}`, JSON.stringify(steady(valueAt(body, field)) ?? null)]),
        );
      return { [key]: status < 300 ? `${status}` : failureText(status, body) };
    },
    { lastWritten: undefined as Actor['lastWritten'] },
  );
  return perform;
}

/** Lo escrito solo se espera si alguien lo observa. Un borrado inmediato contesta con un Status que lleva el UID. */
function writtenBy(body: Raw, { query, method }: SiteRequest): Actor['lastWritten'] {
  if (query?.dryRun) return undefined;
  if (body?.kind === 'Status') {
    const kind = watched.find((one) => kinds[one].plural === body.details?.kind);
    return method === 'DELETE' && kind && body.details?.uid ? { uid: body.details.uid, version: '0' } : undefined;
  }
  if (!watched.includes(body?.kind)) return undefined;
  return { uid: body.metadata.uid, version: body.metadata.resourceVersion };
}

/** El error entero: código, motivo, mensaje y cada causa con su campo. */
function failureText(status: number, body: Raw): string {
  if (body?.kind !== 'Status') return `${status} ${String(body)}`;
  const causes = (body.details?.causes ?? []).map(({ reason, field, message }: Raw) => `[${[reason, field, message].filter(Boolean).join(' · ')}]`);
  return [`${status} ${body.reason ?? ''}: ${body.message ?? ''}`, ...causes].join(' ');
}

/** Las entradas de managedFields van por fecha, con grano de un segundo: entre dos seguidas el orden depende del reloj. */
const byManager = (a: Raw, b: Raw): number => (a?.fieldsType && b?.fieldsType ? `${a.operation}${a.manager}`.localeCompare(`${b.operation}${b.manager}`) : 0);

/** Sin lo que cambia en cada ejecución, y con las claves ordenadas: dos lecturas iguales se escriben igual. */
function steady(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(steady).sort(byManager);
  if (typeof value !== 'object' || value === null) return value;
  const fleeting = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'time', 'selfLink']);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !fleeting.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, steady(inner)]),
  );
}
