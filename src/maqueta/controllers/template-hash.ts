import type { PodTemplateSpec } from '../schema/types.generated.ts';

/**
 * Hash de la plantilla con la forma del de Kubernetes: un uint32 en decimal pasado por SafeEncodeString, que solo deja
 * `456789bcdf`. El valor no es el mismo que daría Go (su serialización es otra): lo que importa es que una plantilla dé siempre el mismo.
 */
export function templateHash(template: PodTemplateSpec, collisions = 0): string {
  let hash = 0x811c9dc5;
  for (const byte of stable(withoutHash(template)) + (collisions > 0 ? String(collisions) : '')) hash = Math.imul(hash ^ byte.charCodeAt(0), 0x01000193);
  return safeEncode(String(hash >>> 0));
}

/** apimachinery/pkg/util/rand: cada carácter, por su código, sobre el alfabeto sin vocales. */
export const safeEncode = (text: string): string => [...text].map((letter) => alphabet[letter.charCodeAt(0) % alphabet.length]).join('');
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

const withoutHash = (template: PodTemplateSpec): PodTemplateSpec => {
  const { 'pod-template-hash': _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
};

/** JSON con las claves ordenadas: el mismo contenido da siempre el mismo texto. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${stable(inner)}`)
    .join(',')}}`;
}
