/** Causa de un 422 o un 409: qué campo y por qué. `type` es `FieldValueInvalid`, `FieldValueRequired`… */
export interface StatusCause {
  reason: string;
  message: string;
  field: string;
}

/** Un `Status` de la API: lo que recibe quien pidió algo que no se puede hacer. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: { name?: string; group?: string; kind?: string; causes?: StatusCause[]; retryAfterSeconds?: number } | undefined;

  constructor(code: number, reason: string, message: string, details?: ApiError['details']) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  toStatus(): Record<string, unknown> {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: withoutEmpty({ ...this.details, causes: this.details.causes?.map(withoutEmpty) }) } : {}),
      code: this.code,
    };
  }
}

/** Como `omitempty`: el grupo de `core` no se escribe. */
const withoutEmpty = (details: object): object => Object.fromEntries(Object.entries(details).filter(([, value]) => value !== '' && value !== undefined));
