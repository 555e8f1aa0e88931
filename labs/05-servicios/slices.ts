import type { Check } from '../engine/check.ts';
import type { KubeObject, ObjectEvent } from '../engine/ports.ts';

interface Endpoint {
  addresses: string[];
  conditions?: { ready?: boolean; serving?: boolean; terminating?: boolean };
  targetRef?: { uid?: string };
}

/** Las condiciones por las que ha ido pasando un Pod en un watch de EndpointSlices, sin repetir seguidas; `fuera` si ya no está. */
export function conditionsSeen(events: readonly ObjectEvent[], { metadata }: KubeObject): string[] {
  const story: string[] = [];
  for (const { object } of events) {
    const endpoint = ((object.endpoints ?? []) as Endpoint[]).find(({ targetRef }) => targetRef?.uid === metadata.uid);
    const said = endpoint ? sayConditions(endpoint) : 'fuera';
    if (said !== story.at(-1)) story.push(said);
  }
  return story;
}

const sayConditions = ({ conditions = {} }: Endpoint): string =>
  (['ready', 'serving', 'terminating'] as const).filter((name) => conditions[name]).join(' + ') || 'ninguna';

/**
 * Se ha ido: dejó de estar listo mientras aún servía, no volvió a estarlo, y ya no está en la lista. Al final puede verse
 * solo `terminating`, si el kubelet cuenta que el contenedor ha acabado antes de que el Pod desaparezca.
 */
export const leftGracefully = (): Check<readonly string[]> => ({
  describe: 'serving + terminating → … → fuera',
  test(story) {
    const start = story.indexOf('serving + terminating');
    const after = story.slice(start);
    if (start >= 0 && story.at(-1) === 'fuera' && !after.some((said) => said.includes('ready'))) return { ok: true };
    return {
      ok: false,
      mismatch: { path: 'condiciones del endpoint', expected: 'serving + terminating → … → fuera', found: story.join(' → ') || 'nada todavía' },
    };
  },
});
