import { LabError } from './lab-error.ts';

/**
 * Lo que un Pod contesta en JSON.
 * @param from Quién contesta: `web-0`.
 * @throws {LabError} `NOT_YET` si no es un 200 o no es JSON: el proceso puede estar arrancando, así que esperar puede curarlo.
 */
export function jsonIn<T>({ status, body }: { status: number; body: string }, from: string): T {
  const no = (what: string, cause?: unknown) => new LabError(`${from} ha contestado ${what}.`, { code: 'NOT_YET', canHeal: true, cause });
  if (status !== 200) throw no(`con un ${status}: ${brief(body)}`);
  try {
    return JSON.parse(body) as T;
  } catch (error) {
    throw no(`algo que no es JSON: ${brief(body)}`, error);
  }
}

const brief = (body: string): string => {
  const text = body.replace(/\s+/g, ' ').trim();
  return text.length > 120 ? `${text.slice(0, 119)}…` : text || 'nada';
};
