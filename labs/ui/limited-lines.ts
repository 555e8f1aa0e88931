import type { LabEvent } from '../engine/ports.ts';
import { orderLine } from './ending-lines.ts';
import { notTried, toTryThem } from './messages.ts';
import type { Screen } from './screen.ts';
import { wrap } from './width.ts';

type Limited = Extract<LabEvent, { kind: 'labLimited' }>;

/** Los pasos que se van a saltar, antes de empezar: los que se saltan por lo mismo, juntos. */
export function limitedLines({ shortages }: Limited, screen: Screen): string[] {
  const groups = Map.groupBy(shortages, ({ needs, fix }) => JSON.stringify([needs, fix]));
  return [...groups.values()].flatMap((group) => {
    const { needs = '', fix } = group[0] ?? {};
    const text = notTried(
      group.map(({ stepId }) => stepId),
      needs,
    );
    if (fix !== undefined) return orderLine(`${text}${toTryThem(group.length, fix)}`, fix, screen);
    return screen.style === 'interactive' ? wrap(text, screen.columns()) : [text];
  });
}
