import { parse } from 'yaml';
import { ApiError } from '../registry/api-error.ts';

/** Cuerpo JSON o YAML. Protobuf y CBOR no: el cliente los negocia y cae a JSON. */
export async function readBody(request: Request): Promise<Record<string, unknown>> {
  const type = (request.headers.get('content-type') ?? 'application/json').split(';')[0]?.trim() ?? '';
  const text = await request.text();
  if (type.includes('protobuf') || type.endsWith('cbor')) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: application/json, application/yaml`,
    );
  }
  if (text.trim() === '') return {};
  try {
    const value: unknown = type.includes('yaml') ? parse(text) : JSON.parse(text);
    return value as Record<string, unknown>;
  } catch (error) {
    throw new ApiError(
      400,
      'BadRequest',
      `the object provided is unrecognized (must be of type ${type}): ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
