import { parse } from 'yaml';
import { ApiError } from '../registry/api-error.ts';

type JsonObject = Record<string, unknown>;

/** Como `MaxRequestBodyBytes` de apiserver: 3 MiB. */
const limit = 3 * 1024 * 1024;

/**
 * Cuerpo JSON o YAML. Protobuf y CBOR, no.
 *
 * Con CBOR, el 415 basta: client-go lo recuerda y sigue en JSON (rest/client.go: UnsupportedMediaType). Con protobuf no hay código ni
 * descubrimiento que lo consiga: si el programa no fijó ContentType ni AcceptContentTypes, los clientes con tipos de client-go 0.37 lo
 * eligen en cada petición (UseProtobufAsDefault en rest/request.go) y un 415 es un error final. Lo usan `kubectl create ns`,
 * `create deployment`, `create configmap`… Lo que kubectl hace con `apply`, `run`, `scale`, `delete` o `drain` va en JSON. Y toda lectura
 * vale, porque también acepta JSON.
 */
export async function readBody(request: Request): Promise<unknown> {
  const type = mediaType(request) || 'application/json';
  const text = await request.text();
  if (text === '') return undefined;
  if (type.includes('protobuf')) throw new ApiError(415, 'UnsupportedMediaType', protobuf);
  if (type.endsWith('cbor')) throw new ApiError(415, 'UnsupportedMediaType', accepted);
  if (text.length > limit || new TextEncoder().encode(text).length > limit) {
    throw new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${limit}`);
  }
  try {
    return type.includes('yaml') ? (parse(text) as unknown) : (JSON.parse(text) as unknown);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const problem = type.includes('yaml') ? `error converting YAML to JSON: yaml: ${reason}` : `json parse error: ${reason}`;
    throw new ApiError(400, 'BadRequest', `the object provided is unrecognized: couldn't get version/kind; ${problem} (${summary(text)})`);
  }
}

/** Un cuerpo que puede faltar, pero que si viene es un objeto: opciones de borrado, un desalojo… */
export async function readOptions(request: Request): Promise<JsonObject> {
  const body = (await readBody(request)) ?? {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'BadRequest', `the object provided is unrecognized: se esperaba un objeto y hay ${summary(JSON.stringify(body))}`);
  }
  return body as JsonObject;
}

export const mediaType = (request: Request): string => (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const accepted = 'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml';
const protobuf = `${accepted}. La maqueta no lee protobuf: con kubectl, añade «--dry-run=client -o yaml | kubectl apply -f -»; en un programa con client-go, pon ContentType "application/json" en su rest.Config`;

const summary = (text: string): string => (text.length > 30 ? `${text.slice(0, 30)} ...` : text);
