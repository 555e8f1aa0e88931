import type { Raw } from './site.ts';

/** JSON merge patch (RFC 7386), sin tocar el original. */
export function mergePatch(target: Raw, change: Raw): Raw {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return structuredClone(change);
  const result: Raw = typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}
