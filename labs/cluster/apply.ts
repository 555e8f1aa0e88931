import { LabError } from '../engine/lab-error.ts';
import type { KubeObject, ManifestDocument } from '../engine/ports.ts';
import type { Discovery } from './discovery.ts';
import { ApiFailure, explain } from './errors.ts';
import { normalize } from './normalize.ts';
import type { Rest } from './rest.ts';

export const labLabel = 'bitacora.lab';
export const fieldManager = 'bitacora';

/** `lab-04-7x2k` → `04`. Fuera de un espacio de laboratorio, `si`: lleva la etiqueta igualmente. */
export const labOf = (namespace: string): string => /^lab-(.+)-[^-]+$/.exec(namespace)?.[1] ?? 'si';

/**
 * Server-side apply directo del documento: los métodos tipados de client-node pierden en silencio los campos que no conocen.
 * @throws {LabError} `MANIFEST` con archivo, línea y campo si el servidor lo rechaza.
 */
export async function applyDocument(
  { rest, discovery }: { rest: Rest; discovery: Discovery },
  manifest: ManifestDocument,
  namespace: string,
  { dryRun = false }: { dryRun?: boolean } = {},
): Promise<KubeObject> {
  const { object } = manifest;
  const { isNamespaced } = await discovery.typeOf(object);
  const { name, namespace: asked, labels } = object.metadata;
  if (asked !== undefined && asked !== namespace) {
    throw new LabError(`metadata.namespace: el documento pide el espacio «${asked}», y un laboratorio solo escribe en el suyo. Quita ese campo.`, {
      code: 'MANIFEST',
      where: `${manifest.file}:${manifest.lineOf('metadata.namespace')}`,
    });
  }
  const metadata = { ...object.metadata, ...(isNamespaced ? { namespace } : {}), labels: { ...labels, [labLabel]: labOf(namespace) } };
  try {
    const applied = await rest.json<KubeObject>({
      method: 'PATCH',
      path: await discovery.pathOf(object, isNamespaced ? namespace : undefined, name),
      query: { fieldManager, force: true, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
      // JSON es YAML: el documento viaja entero, con los campos que nadie de aquí conoce.
      body: JSON.stringify({ ...object, metadata }),
      contentType: 'application/apply-patch+yaml',
    });
    return normalize(object, applied);
  } catch (error) {
    if (error instanceof ApiFailure && isRejection(error)) throw rejected(manifest, error);
    throw error;
  }
}

/**
 * Un campo fuera del esquema en server-side apply llega como 500 y sin motivo, aunque la culpa sea del documento:
 * repetirlo no lo arregla. Sigue a kubernetes: apimachinery/pkg/util/managedfields/internal/structuredmerge.go.
 */
const isRejection = (failure: ApiFailure): boolean =>
  [400, 403, 409, 413, 422].includes(failure.code) || (failure.code === 500 && explain(failure).message.startsWith('failed to create typed patch object'));

/** El rechazo del servidor, con el archivo y la línea del campo que nombra. */
function rejected(manifest: ManifestDocument, failure: ApiFailure): LabError | ApiFailure {
  const { message, reason, causes, status } = explain(failure);
  // La cuenta del espacio recién creado: lo decide quien reintenta.
  if (status === 403 && /serviceaccount "default" not found|looking up service account/i.test(message)) return failure;
  const field = causes.find((cause) => cause.field)?.field ?? fieldIn(message);
  const { kind, metadata } = manifest.object;
  // Ese 500 no dice su motivo: el mensaje ya lo cuenta.
  const why = failure.code === 500 ? message : `${message} (${reason})`;
  return new LabError(`${field ? `${field}: ` : ''}el clúster rechaza ${kind} «${metadata.name}»: ${why}.`, {
    code: 'MANIFEST',
    where: `${manifest.file}:${field ? manifest.lineOf(field) : manifest.line}`,
    cause: failure,
  });
}

/** `.spec.replicass: field not declared in schema`, `unknown field "spec.replicass"`, `spec.replicas: Invalid value`. */
function fieldIn(message: string): string | undefined {
  const strict = /unknown field "([^"]+)"/.exec(message)?.[1] ?? /duplicate field "([^"]+)"/.exec(message)?.[1];
  if (strict) return strict;
  return /(?:^|[\s:[(])\.?((?:spec|metadata|status|data|stringData|rules|subjects|roleRef|webhooks|type|provisioner|parameters)(?:\.[\w-]+|\[[^\]]*\])*):\s/.exec(
    message,
  )?.[1];
}
