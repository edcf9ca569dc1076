import { appealsEverAgainst } from './appeals.ts';
import type { Item } from './item-rows.ts';
import { resultDayId } from './result-days.ts';
import type { Reads } from './single-write.ts';

/**
 * By what the audit and cards know these items: their own ids, each revision of theirs, the appeals against them, and the days on which
 * what was decided was told.
 */
export async function idsAboutItems(items: readonly Item[], tx?: Reads): Promise<readonly string[]> {
  const ids = items.flatMap(({ itemRef, revision, staffId, judgement }) => [
    ...(judgement === undefined ? [] : [resultDayId(staffId, judgement.dataDate)]),
    itemRef,
    ...Array.from({ length: revision }, (_, index) => `${itemRef}#${index + 1}`),
  ]);
  const appeals = await appealsEverAgainst(
    items.map(({ itemRef }) => itemRef),
    tx,
  );
  return [...new Set([...ids, ...appeals])];
}
